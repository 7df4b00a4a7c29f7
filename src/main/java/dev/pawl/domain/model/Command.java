package dev.pawl.domain.model;

import dev.pawl.domain.policy.StageKind;
import java.util.Optional;

/** What a person tells Pawl in a comment. */
public sealed interface Command {
    /** Start, where the label isn't there. */
    record Start() implements Command {}

    /** Approve what was shown. */
    record Approve() implements Command {}

    /**
     * Write the plan anew.
     *
     * @param text what should be different
     */
    record Revise(Untrusted text) implements Command {}

    /**
     * Try again.
     *
     * @param stage from which stage; empty for the one that failed
     */
    record Retry(Optional<StageKind> stage) implements Command {}

    /** Go past the stage that is due. */
    record Skip() implements Command {}

    /**
     * Answer the questions.
     *
     * @param text the answer
     */
    record Answer(Untrusted text) implements Command {}

    /** Stop until resumed. */
    record Pause() implements Command {}

    /** Go on. */
    record Resume() implements Command {}

    /** End the run. */
    record Stop() implements Command {}

    /** Say where it stands. */
    record Status() implements Command {}

    /** Say why it isn't moving. */
    record Explain() implements Command {}

    /** Merge the pull request, once nothing else stands in the way. */
    record Merge() implements Command {}

    /** Forget the run's state. */
    record Reset() implements Command {}

    /** Take what the base has into the pull request's branch. */
    record Rebase() implements Command {}

    /** Anything else. */
    record Unknown() implements Command {}

    /**
     * Reads a line.
     *
     * @param line what a person wrote
     * @return the command; {@link Unknown} when it is none
     */
    static Command parse(Comment.CommandLine line) {
        String words = line.words().strip();
        int space = words.indexOf(' ');
        String verb = space < 0 ? words : words.substring(0, space);
        String rest = space < 0 ? "" : words.substring(space + 1).strip();
        String text = (rest + "\n" + line.below().raw()).strip();
        return switch (verb) {
            case "start" -> new Start();
            case "approve" -> new Approve();
            case "revise" -> new Revise(new Untrusted(text));
            case "retry" -> retry(rest);
            case "skip" -> new Skip();
            case "answer" -> new Answer(new Untrusted(text));
            case "pause" -> new Pause();
            case "resume" -> new Resume();
            case "stop" -> new Stop();
            case "status" -> new Status();
            case "explain" -> new Explain();
            case "reset" -> new Reset();
            case "merge" -> new Merge();
            case "rebase" -> new Rebase();
            default -> new Unknown();
        };
    }

    private static Command retry(String stage) {
        if (stage.isEmpty()) {
            return new Retry(Optional.empty());
        }
        return StageKind.parse(stage)
                .filter(StageKind::available)
                .<Command>map(kind -> new Retry(Optional.of(kind)))
                .orElseGet(Unknown::new);
    }
}
