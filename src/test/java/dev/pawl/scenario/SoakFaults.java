package dev.pawl.scenario;

import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.http.Incoming;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What goes wrong with one invocation of a soak. */
sealed interface SoakFaults {
    /** Nothing does. */
    record None() implements SoakFaults {}

    /**
     * It dies.
     *
     * @param point where
     */
    record Death(CrashPoint.AtRequest point) implements SoakFaults {}

    /**
     * One request is answered with a gateway's error, or its connection is cut.
     *
     * @param number which request
     * @param applied whether it was done before
     * @param cut whether no answer comes at all
     */
    record Trouble(int number, boolean applied, boolean cut) implements SoakFaults {}

    /** By chance: half of them are undisturbed. */
    static SoakFaults any(RandomGenerator random) {
        int number = 1 + random.nextInt(45);
        int dice = random.nextInt(10);
        if (dice < 5) {
            return new None();
        }
        return dice < 8
                ? new Death(new CrashPoint.AtRequest(number, CrashPoint.Phase.values()[random.nextInt(3)]))
                : new Trouble(number, random.nextBoolean(), random.nextBoolean());
    }

    /** The same for the forge. */
    default Faults faults() {
        return switch (this) {
            case None() -> Faults.NONE;
            case Death(CrashPoint.AtRequest point) -> Dead.at(point);
            case Trouble trouble -> new Troubled(trouble);
        };
    }

    /** Once. */
    final class Troubled implements Faults {
        private final Trouble trouble;
        private @Nullable Incoming target;
        private int seen;

        private Troubled(Trouble trouble) {
            this.trouble = trouble;
        }

        @Override
        public synchronized Fate beforeApplied(Incoming request) {
            if (++seen == trouble.number()) {
                target = request;
            }
            return request == target && !trouble.applied() ? strike() : new Fate.Proceed();
        }

        @Override
        public synchronized Fate beforeAnswered(Incoming request, Answer answer) {
            return request == target && trouble.applied() ? strike() : new Fate.Proceed();
        }

        private Fate strike() {
            return trouble.cut()
                    ? new Fate.Abort()
                    : new Fate.AnswerWith(Answer.of(502, "{\"message\":\"Server Error\"}"));
        }
    }
}
