package dev.pawl.domain.text;

import dev.pawl.domain.decide.Loss;
import dev.pawl.domain.decide.Why;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;

/** What people are told of a state that is gone, or can't be used. */
public final class LostText {
    private static final String BY_HAND =
            " A maintainer can have the run forgotten by `/pawl reset`, or run `pawl repair` to see what is left of it.";

    private LostText() {}

    /** What people are told, once, when a state can't be used. */
    public static String notice(Why why, String detail) {
        if (why == Why.NEWER_STATE) {
            return "The state of this issue was written by a newer version of Pawl (" + detail
                    + "). This version changes nothing; use the newer one.";
        }
        if (why == Why.LOST_STATE) {
            return "The state comment is gone, and Pawl can't tell how far it was: " + detail + ". It changes nothing."
                    + BY_HAND;
        }
        return "Pawl can't trust its state comment: " + detail
                + ". It changes nothing until somebody restores that comment from its edit history, or deletes it:"
                + " then Pawl writes it anew from what it left elsewhere." + BY_HAND;
    }

    /** That a state was written again, and from where the run goes on. */
    public static String rebuilt(RunState state, Loss loss) {
        String lost =
                switch (loss.kind()) {
                    case GONE -> "The state comment was gone.";
                    case OLDER -> "The state comment was put back to an older one.";
                    case BROKEN -> "The state comment couldn't be trusted.";
                };
        return lost + " Pawl wrote it anew from its ledger, its branch and its comments: " + position(state)
                + ". Counted as used: " + starts(state.spending().runs()) + " and "
                + state.spending().cost().forPeople()
                + "; what else it cost isn't known any more.\n\nCommands from before "
                + loss.saved() + " count as answered. Please repeat one that wasn't.";
    }

    /** Where a run stands. */
    public static String position(RunState state) {
        if (state.state() == IssueState.COMPLETED || state.state() == IssueState.CLOSED_UNRESOLVED) {
            return "the run is over";
        }
        String waiting = state.waiting()
                .map(w -> ", and it waits for " + withoutStop(Sentences.waiting(w)))
                .orElse("");
        return state.due()
                        .map(d -> "the next stage is *" + d.kind().word() + "*")
                        .orElse("all stages are done")
                + waiting;
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private static String starts(int runs) {
        return runs == 1 ? "1 agent start" : runs + " agent starts";
    }
}
