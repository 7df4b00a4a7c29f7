package dev.pawl.scenario;

import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.http.Incoming;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * From one moment on nothing of an invocation arrives any more: to the world it is dead, and the process that it runs in
 * lives on. It holds for the one invocation that begins next.
 */
final class Dead implements Faults {
    private final CrashPoint.AtRequest point;
    private final BooleanSupplier cause;
    private @Nullable Incoming target;
    private int seen;
    private boolean dead;

    private Dead(CrashPoint.AtRequest point, BooleanSupplier cause) {
        this.point = point;
        this.cause = cause;
    }

    /** At that request. */
    static Dead at(CrashPoint.AtRequest point) {
        return new Dead(point, () -> false);
    }

    /** At the first request that finds this true. */
    static Dead when(BooleanSupplier cause) {
        return new Dead(new CrashPoint.AtRequest(Integer.MAX_VALUE, CrashPoint.Phase.BEFORE), cause);
    }

    /** Whether it came to that. */
    synchronized boolean died() {
        return dead;
    }

    @Override
    public synchronized Fate beforeApplied(Incoming request) {
        seen++;
        if (seen == point.number()) {
            target = request;
        }
        dead = dead || seen > point.number() || cause.getAsBoolean() || is(request, CrashPoint.Phase.BEFORE);
        return dead ? new Fate.Abort() : new Fate.Proceed();
    }

    @Override
    public synchronized Fate beforeAnswered(Incoming request, Answer answer) {
        dead = dead || is(request, CrashPoint.Phase.APPLIED);
        return dead ? new Fate.Abort() : new Fate.Proceed();
    }

    private boolean is(Incoming request, CrashPoint.Phase phase) {
        return request == target && point.phase() == phase;
    }
}
