package dev.pawl.engine;

import dev.pawl.domain.report.Outcome;
import dev.pawl.domain.report.Report;
import java.util.OptionalInt;

/** Somebody else took over the issue: whoever meets this writes nothing more. Caught where the lease was taken. */
final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    LeaseLost(int issue) {
        super("the lease on issue " + issue + " is another invocation's");
    }

    /** What an invocation reports that lost its lease. */
    static Report report(int issue) {
        return Report.of(
                Outcome.BUSY,
                OptionalInt.of(issue),
                "Another invocation took over this issue while this one worked; nothing more was written.");
    }
}
