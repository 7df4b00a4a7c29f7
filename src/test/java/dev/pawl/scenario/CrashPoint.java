package dev.pawl.scenario;

import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.http.Incoming;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Where an invocation is killed. */
sealed interface CrashPoint {
    /**
     * At a request, of the API or of git.
     *
     * @param number the invocation's first is 1
     * @param phase when
     */
    record AtRequest(int number, Phase phase) implements CrashPoint {}

    /**
     * While a program of its runs: the agent, or a command of the validation.
     *
     * @param first before that does anything, or when it is done
     */
    record AtProgram(boolean first) implements CrashPoint {}

    /** When, seen from the forge. */
    enum Phase {
        /** Before the request is applied. */
        BEFORE,
        /** After it is applied, and before its answer. */
        APPLIED,
        /** After its answer. */
        ANSWERED
    }

    /** All points of an invocation with so many requests. */
    static List<CrashPoint> all(int requests, boolean program) {
        var points = new ArrayList<CrashPoint>();
        for (int number = 1; number <= requests; number++) {
            for (Phase phase : Phase.values()) {
                points.add(new AtRequest(number, phase));
            }
        }
        if (program) {
            points.add(new AtProgram(true));
            points.add(new AtProgram(false));
        }
        return points;
    }

    /** Counts requests of every kind. */
    final class Count implements Faults {
        private int requests;
        private int firstPush;

        @Override
        public synchronized Fate beforeApplied(Incoming request) {
            requests++;
            boolean push = request.area() == Incoming.Area.GIT && request.isWrite();
            if (firstPush == 0 && push && !request.body().text().contains("refs/pawl/daybook")) {
                firstPush = requests;
            }
            return new Fate.Proceed();
        }

        synchronized int requests() {
            return requests;
        }

        /** Which of them was the first push of work; 0 where there was none. The daybook's page before it says what will be paid for. */
        synchronized int firstPush() {
            return firstPush;
        }
    }

    /** Kills a process at a request. */
    final class Kill implements Faults {
        private final AtomicReference<Process> victim;
        private final AtRequest point;
        private @Nullable Incoming target;
        private int seen;
        private boolean done;

        Kill(AtomicReference<Process> victim, AtRequest point) {
            this.victim = victim;
            this.point = point;
        }

        /** Whether the point was reached. */
        synchronized boolean done() {
            return done;
        }

        @Override
        public synchronized Fate beforeApplied(Incoming request) {
            if (++seen == point.number()) {
                target = request;
            }
            return done || is(request, Phase.BEFORE) ? kill() : new Fate.Proceed();
        }

        @Override
        public synchronized Fate beforeAnswered(Incoming request, Answer answer) {
            return is(request, Phase.APPLIED) ? kill() : new Fate.Proceed();
        }

        @Override
        public synchronized void answered(Incoming request) {
            if (is(request, Phase.ANSWERED)) {
                kill();
            }
        }

        /** By the request itself: the next one may come before we are told that this one was answered. */
        private boolean is(Incoming request, Phase phase) {
            return request == target && point.phase() == phase;
        }

        private Fate kill() {
            done = true;
            Process process = victim.get();
            process.destroyForcibly();
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Fate.Abort();
        }
    }
}
