package dev.pawl.domain.state;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What a run waits for, where it waits.
 *
 * @param reason why
 * @param since since when
 * @param until the time to go on by itself, where there is one
 * @param detail our own words: a missing permission, a limit's value; empty where the reason says all
 */
public record Waiting(Reason reason, Instant since, Optional<Instant> until, String detail) {
    /** The detail of {@link Reason#BRANCH_MOVED} where there is no such branch any more. */
    public static final String BRANCH_GONE = "it is gone";

    /** The detail of {@link Reason#CONFLICT} where no agent may try. */
    public static final String FOR_PEOPLE = "in files that an agent may not or can't solve it in";

    /** Whether the work itself is gone, and has to be done anew. */
    public boolean isBranchGone() {
        return reason == Reason.BRANCH_MOVED && detail.equals(BRANCH_GONE);
    }

    /** Why a run waits. */
    public enum Reason {
        /** A plan waits for approval. */
        PLAN_APPROVAL,
        /** Questions wait for answers. */
        ANSWERS,
        /** The pull request waits for people and checks. */
        REVIEW,
        /** The merge waits for people, checks or settings. */
        MERGE,
        /** Reviewers were answered as often as the limit allows. */
        ROUNDS,
        /** The pull request conflicts with its base, and a person has to solve that. */
        CONFLICT,
        /** Checks fail that were repaired as often as the limit allows, or that an agent left as they are. */
        CHECKS,
        /** One of the repository's workflows validates the work. */
        WORKFLOW,
        /** A stage used up its attempts. */
        ATTEMPTS,
        /** The issue used up its agent starts. */
        RUNS,
        /** Agent starts without progress. */
        NO_PROGRESS,
        /** The issue used up its money. */
        COST,
        /** Too many agent starts within an hour. */
        HOURLY,
        /** The repository's issues together used up the day's money. */
        DAILY,
        /** Agents work on as many other issues as may be. */
        CONCURRENT,
        /** A permission or setting is missing. */
        ACCESS,
        /** The model's provider limits us or is out. */
        PROVIDER,
        /** Another issue must be closed first. */
        DEPENDENCY,
        /** Triage says blocked. */
        BLOCKED,
        /** Triage says duplicate. */
        DUPLICATE,
        /** Triage says out of scope. */
        OUT_OF_SCOPE,
        /** Triage says that somebody works on it already. */
        ALREADY_IN_PROGRESS,
        /** Questions were asked as often as the limit allows. */
        QUESTIONS,
        /** Somebody else moved our branch. */
        BRANCH_MOVED,
        /** A document of ours was changed by somebody else. */
        DOCUMENT_CHANGED,
        /** The text was changed after a person last asked the run to go on. */
        TEXT_CHANGED,
        /** A person paused it. */
        PAUSED;

        /** The word in the state. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Reads the word; empty when there is no such reason. */
        public static Optional<Reason> parse(String word) {
            for (Reason reason : values()) {
                if (reason.word().equals(word)) {
                    return Optional.of(reason);
                }
            }
            return Optional.empty();
        }
    }
}
