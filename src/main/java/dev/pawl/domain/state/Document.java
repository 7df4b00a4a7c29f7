package dev.pawl.domain.state;

import dev.pawl.domain.model.Note;
import java.util.Optional;

/**
 * A comment of ours that the run depends on.
 *
 * @param comment its id
 * @param hash the comment's {@link dev.pawl.domain.model.Note#documentHash() hash} as we wrote it
 */
public record Document(long comment, String hash) {
    /** The plan. */
    public static final String PLAN = "plan";
    /** What validation or review said of the last commit. */
    public static final String FEEDBACK = "feedback";
    /** Why the last attempt wasn't accepted. */
    public static final String REJECTED = "rejected";
    /** What research found. */
    public static final String RESEARCH = "research";
    /** The report. */
    public static final String REPORT = "report";

    /** The name under which a comment with data is remembered; empty for those that are never read again. */
    public static Optional<String> nameOf(Note.Topic topic) {
        return switch (topic) {
            case PLAN -> Optional.of(PLAN);
            case VALIDATION, REVIEW -> Optional.of(FEEDBACK);
            case NOTICE -> Optional.of(REJECTED);
            case RESEARCH -> Optional.of(RESEARCH);
            case REPORT -> Optional.of(REPORT);
            case QUESTIONS, REPLY -> Optional.empty();
        };
    }
}
