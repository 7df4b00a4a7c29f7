package dev.pawl.engine;

import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.port.Ci;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings about what should be so of the repository's own workflows. */
final class CiEffects {
    private static final Logger LOG = LoggerFactory.getLogger(CiEffects.class);

    private CiEffects() {}

    /**
     * Brings it about.
     *
     * @return what GitHub said, where it refused something that the stage can't go on without
     */
    static Optional<String> perform(Effect.OnCi effect, Ci ci) {
        return switch (effect) {
            case Effect.EnsureRerun(long run) -> {
                boolean again = ci.run(run)
                        .filter(r -> r.attempt() > 1 || ci.ensureRerun(r))
                        .isPresent();
                LOG.info("run={} again={}", run, again);
                yield again ? Optional.empty() : Optional.of("run " + run + " can't be started once more");
            }
            case Effect.EnsureStarted(String workflow, var branch, var head) ->
                ci.ensureStarted(workflow, branch.value(), head) instanceof Ci.Started.Refused(String said)
                        ? Optional.of(workflow + " can't be started: " + said)
                        : Optional.empty();
        };
    }

    static String describe(Effect.OnCi effect) {
        return switch (effect) {
            case Effect.EnsureRerun(long run) -> "would run the failed jobs of run " + run + " again";
            case Effect.EnsureStarted(String workflow, var branch, var head) ->
                "would start " + workflow + " on " + branch.value() + " at " + head.abbreviated();
        };
    }
}
