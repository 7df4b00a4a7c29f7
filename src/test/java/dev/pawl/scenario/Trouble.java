package dev.pawl.scenario;

import dev.pawl.sandbox.fault.Fault;
import dev.pawl.sandbox.fault.FaultPlan;
import dev.pawl.sandbox.fault.Rule;
import dev.pawl.sandbox.fault.Target;
import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.http.Incoming;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Faults that depend on what came before them. */
final class Trouble {
    private Trouble() {}

    /** Git asks for objects: a stage is about to begin its work. */
    static boolean beginsWork(Incoming request) {
        return request.area() == Incoming.Area.GIT && request.path().endsWith("/git-upload-pack");
    }

    /** Git sends commits: an agent's work is done, and kept. */
    static boolean keepsWork(Incoming request) {
        return request.area() == Incoming.Area.GIT && request.path().endsWith("/git-receive-pack");
    }

    /**
     * Strikes each request that differs from those before it once: when it is sent for the first time. What each suffers is
     * the next of a list of faults. Reads are others in each invocation.
     */
    static final class FirstSendings implements Faults {
        private final Map<String, FaultPlan> plans = new HashMap<>();
        private final Story story;
        private final Target target;
        private final List<Fault> faults;
        private int next;

        FirstSendings(Story story, Target target, List<Fault> faults) {
            this.story = story;
            this.target = target;
            this.faults = List.copyOf(faults);
        }

        private synchronized FaultPlan plan(Incoming request) {
            String name = request.isWrite() ? request.body().text() : Integer.toString(story.invocations());
            return plans.computeIfAbsent(
                    request + " " + name,
                    _ -> FaultPlan.of(story.hours, Rule.once(target, faults.get(next++ % faults.size()))));
        }

        /** How many requests were struck. */
        synchronized int struck() {
            return plans.values().stream().mapToInt(FaultPlan::struck).sum();
        }

        @Override
        public Fate beforeApplied(Incoming request) {
            return plan(request).beforeApplied(request);
        }

        @Override
        public Fate beforeAnswered(Incoming request, Answer answer) {
            return plan(request).beforeAnswered(request, answer);
        }
    }

    /** Nothing goes wrong until a certain request was answered; from then on all that the other faults say. */
    static final class Since implements Faults {
        private final Predicate<Incoming> sign;
        private final Faults then;
        private boolean begun;

        Since(Predicate<Incoming> sign, Faults then) {
            this.sign = sign;
            this.then = then;
        }

        private synchronized boolean hasBegun() {
            return begun;
        }

        @Override
        public Fate beforeApplied(Incoming request) {
            return hasBegun() ? then.beforeApplied(request) : new Fate.Proceed();
        }

        @Override
        public synchronized Fate beforeAnswered(Incoming request, Answer answer) {
            if (begun) {
                return then.beforeAnswered(request, answer);
            }
            begun = sign.test(request);
            return new Fate.Proceed();
        }
    }

    /** Somebody does something, once, just before a certain request is answered. */
    static final class Meanwhile implements Faults {
        private final Predicate<Incoming> sign;
        private final Runnable deed;
        private boolean done;

        Meanwhile(Predicate<Incoming> sign, Runnable deed) {
            this.sign = sign;
            this.deed = deed;
        }

        private synchronized boolean isNow(Incoming request) {
            boolean now = !done && sign.test(request);
            done = done || now;
            return now;
        }

        synchronized boolean done() {
            return done;
        }

        @Override
        public Fate beforeApplied(Incoming request) {
            if (isNow(request)) {
                deed.run();
            }
            return new Fate.Proceed();
        }
    }
}
