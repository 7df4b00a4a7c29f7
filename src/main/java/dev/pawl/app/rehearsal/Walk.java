package dev.pawl.app.rehearsal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The walk itself: people act, each event has its invocation, first come first served, until nothing more happens. */
final class Walk {
    /** More invocations than any workflow needs. */
    static final int MOST_INVOCATIONS = 40;

    private final Scene scene;
    private final People people;
    private final Runner runner;
    private final Report report;
    private final List<Invocation> past = new ArrayList<>();

    Walk(Scene scene, People people, Runner runner, Report report) {
        this.scene = scene;
        this.people = people;
        this.runner = runner;
        this.report = report;
    }

    /** The invocations so far, oldest first. */
    List<Invocation> past() {
        return List.copyOf(past);
    }

    /** Walks to the end. */
    Ending go(Scenario scenario) {
        while (true) {
            Optional<People.Deed> deed = people.act(past);
            if (deed.isEmpty()) {
                return Ending.of(scene, people.issue(), scenario, past);
            }
            report.person(deed.get());
            Optional<Ending> broken = drain();
            if (broken.isPresent()) {
                return broken.get();
            }
        }
    }

    /** Answers all events that wait, and those that come of it. */
    private Optional<Ending> drain() {
        var waiting = new ArrayDeque<Bell>();
        while (true) {
            scene.github().takeEvents().stream()
                    .map(Bell::of)
                    .filter(Bell::rings)
                    .forEach(waiting::add);
            if (waiting.isEmpty()) {
                return Optional.empty();
            }
            if (past.size() == MOST_INVOCATIONS) {
                return Optional.of(Ending.limit(MOST_INVOCATIONS));
            }
            Bell bell = waiting.removeFirst();
            report.starting(bell);
            Invocation invocation = runner.answer(bell);
            past.add(invocation);
            report.ended(invocation);
            if (!invocation.isClean()) {
                return Optional.of(Ending.broken(invocation));
            }
        }
    }
}
