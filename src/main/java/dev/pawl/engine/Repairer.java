package dev.pawl.engine;

import dev.pawl.domain.port.Forge;
import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.domain.port.Policies;
import dev.pawl.domain.report.Diagnosis;
import dev.pawl.domain.report.Outcome;
import dev.pawl.domain.report.Report;
import java.util.OptionalInt;

/**
 * Repairs an issue's state by hand. Never throws for what lies outside of us.
 *
 * @param forge the forge
 * @param policies reads the policy
 * @param engine does the rest
 * @param settings what holds for this invocation
 */
public record Repairer(Forge forge, Policies policies, Engine engine, Settings settings) {
    /** What came of it. */
    public sealed interface Repaired {
        /**
         * The state was looked at, and mended if that was wished for.
         *
         * @param diagnosis what was found
         */
        record Done(Diagnosis diagnosis) implements Repaired {}

        /**
         * It couldn't be looked at.
         *
         * @param report why
         */
        record Failed(Report report) implements Repaired {}
    }

    /**
     * Looks at an issue's state.
     *
     * @param issue its number
     * @param write whether to write it anew where it is lost or can't be believed
     */
    public Repaired repair(int issue, boolean write) {
        try {
            return switch (policies.read(forge.defaultBranchFile(settings.policyPath()))) {
                case Policies.Reading.Invalid(var errors) ->
                    new Repaired.Failed(
                            Report.of(Outcome.CONFIGURATION, OptionalInt.of(issue), String.join("\n", errors)));
                case Policies.Reading.Valid(var policy) ->
                    new Repaired.Done(engine.repair(policy, new Repair.Wish(issue, write)));
            };
        } catch (ForgeFailure failure) {
            return new Repaired.Failed(Failures.report(failure, OptionalInt.of(issue)));
        }
    }
}
