package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.Snapshot;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.world.WebhookEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** One story in a world of its own: walked once undisturbed, and then from every step once more with a crash in it. */
final class CrashWalk implements AutoCloseable {
    private static final String REMARK = "Any news?";
    private static final Set<String> HEARD = Set.of(
            "issues",
            "issue_comment",
            "pull_request_review",
            "workflow_run",
            "push",
            "repository_dispatch",
            "schedule");

    private final Path folder;
    private final Processes processes;
    private final Story story;
    private final SandboxIssue issue;
    private final List<Step> steps = new ArrayList<>();
    private int runs;

    CrashWalk(Path folder, Processes processes, CrashStory kind) throws Exception {
        this.folder = Files.createDirectories(folder);
        this.processes = processes;
        this.story = new Story(folder, kind.policy());
        this.issue = kind.begin(story);
        var deeds = new ArrayDeque<>(kind.deeds());
        List<WebhookEvent> events = heard();
        while (!events.isEmpty() || !deeds.isEmpty()) {
            if (events.isEmpty()) {
                deeds.removeFirst().accept(new CrashStory.Deed(story, issue));
                events = heard();
            }
            assertThat(events).as("one event at a time").hasSize(1);
            steps.add(undisturbed(events.getFirst()));
            events = steps.getLast().rings();
        }
    }

    /**
     * One invocation of the undisturbed walk.
     *
     * @param event what rings
     * @param before the world before it
     * @param requests how many requests it makes, to API and git
     * @param kept at which request an agent's work is kept, by the first push; 0 where none is
     * @param after the world after it, described
     * @param asked which agents it asked
     * @param programs how many programs it started, agents and the validation's commands
     * @param rings what it rings for
     */
    record Step(
            WebhookEvent event,
            Snapshot before,
            int requests,
            int kept,
            String after,
            List<String> asked,
            int programs,
            List<WebhookEvent> rings) {
        boolean goesOn() {
            return !rings.isEmpty();
        }

        /** Whether an agent's work is safe when it dies there. */
        boolean keeps(CrashPoint point) {
            return kept > 0
                    && point instanceof CrashPoint.AtRequest(int number, CrashPoint.Phase phase)
                    && (number > kept || (number == kept && phase != CrashPoint.Phase.BEFORE));
        }

        /** Whether it ends in questions. */
        boolean asks() {
            return after.contains("pawl:needs-clarification");
        }
    }

    /** How the next invocation comes about. */
    enum Resumption {
        /** The same event, as by "re-run job". */
        SAME_EVENT,
        /** The clock strikes; the crashed run is known to be over. */
        SWEEP,
        /** A person says something; the crashed run is known to be over. */
        REMARK
    }

    /**
     * What became of a crash.
     *
     * @param divergence where the world differs; empty where it is the undisturbed one
     * @param askedAgain agents that were asked although they had been done before the crash
     */
    record Outcome(Optional<String> divergence, int askedAgain) {}

    List<Step> steps() {
        return steps;
    }

    private List<WebhookEvent> heard() {
        return story.github.takeEvents().stream()
                .filter(e -> HEARD.contains(e.name()))
                .toList();
    }

    private Step undisturbed(WebhookEvent event) throws Exception {
        Snapshot before = story.github.snapshot();
        int asked = story.agent.asked().size();
        int allies = story.agent.allies();
        var count = new CrashPoint.Count();
        story.github.faults(count);
        long run = story.repo.startsRun("pawl.yml", event.name());
        Process process = start(event, run, 1);
        assertThat(Processes.end(process)).as("%s: %s", event.name(), log()).isZero();
        story.repo.endsRun(run, "success");
        story.github.faults(Faults.NONE);
        List<String> agents = List.copyOf(
                story.agent.asked().subList(asked, story.agent.asked().size()));
        return new Step(
                event,
                before,
                count.requests(),
                count.firstPush(),
                Worlds.describe(story.github),
                agents,
                agents.size() + story.agent.allies() - allies,
                heard());
    }

    /** Crashes a step at that point, lets the next invocation come, and compares. */
    Outcome crash(int index, CrashPoint point, Resumption resumption) throws Exception {
        Step step = steps.get(index);
        story.github.restore(step.before());
        story.github.takeEvents();
        int asked = story.agent.asked().size();
        long run = story.repo.startsRun("pawl.yml", step.event().name());
        kill(step, run, point);
        List<String> first = List.copyOf(
                story.agent.asked().subList(asked, story.agent.asked().size()));
        var ringing = new ArrayList<>(resume(step, run, resumption));
        ringing.addAll(heard());
        List<String> all = List.copyOf(
                story.agent.asked().subList(asked, story.agent.asked().size()));
        String world = Worlds.describe(story.github);
        // Two legs of one stage bear the same name: whoever came a stage further asked for that one, too.
        var due = new ArrayList<>(step.asked());
        if (!world.equals(step.after()) && step.goesOn()) {
            due.addAll(steps.get(index + 1).asked());
        }
        return new Outcome(divergence(index, world, ringing), askedAgain(due, first, all));
    }

    /** The world must be the one after this step, or after the next where that needs no person; and what is due must ring. */
    private Optional<String> divergence(int index, String world, List<WebhookEvent> ringing) throws IOException {
        Step step = steps.get(index);
        Optional<Step> next = step.goesOn() ? Optional.of(steps.get(index + 1)) : Optional.empty();
        boolean here = world.equals(step.after());
        boolean ahead = next.filter(n -> world.equals(n.after())).isPresent();
        if (!here && !ahead) {
            return Optional.of(Worlds.difference(step.after(), world) + "\n" + log());
        }
        boolean due = here ? step.goesOn() : next.orElseThrow().goesOn();
        boolean rung = ringing.stream().anyMatch(e -> e.name().equals("repository_dispatch"));
        return due && !rung ? Optional.of("nobody rings for the next stage\n" + log()) : Optional.empty();
    }

    private static int askedAgain(List<String> due, List<String> first, List<String> all) {
        return (int) first.stream()
                .filter(stage -> all.stream().filter(stage::equals).count()
                        > due.stream().filter(stage::equals).count())
                .count();
    }

    private void kill(Step step, long run, CrashPoint point) throws Exception {
        switch (point) {
            case CrashPoint.AtRequest at -> {
                var victim = new AtomicReference<Process>();
                var kill = new CrashPoint.Kill(victim, at);
                synchronized (kill) {
                    story.github.faults(kill);
                    victim.set(start(step.event(), run, 1));
                }
                Processes.end(victim.get());
                assertThat(kill.done()).as("%s was reached", at).isTrue();
            }
            case CrashPoint.AtProgram(boolean first) -> {
                story.agent.kills(first);
                Process process = start(step.event(), run, 1);
                assertThat(Processes.end(process)).as("killed by its program").isEqualTo(128 + 9);
                story.agent.spares();
            }
        }
        story.github.faults(Faults.NONE);
    }

    /** The next invocation; returns what rang already. */
    private List<WebhookEvent> resume(Step step, long run, Resumption resumption) throws Exception {
        List<WebhookEvent> ringing = heard();
        switch (resumption) {
            case SAME_EVENT -> ends(step.event(), run, story.repo.repeatsRun(run));
            case SWEEP -> {
                story.repo.endsRun(run, "failure");
                story.repo.scheduleEvent("0 * * * *", "pawl.yml");
                ends(heard().getLast(), story.repo.startsRun("pawl.yml", "schedule"), 1);
            }
            case REMARK -> {
                story.repo.endsRun(run, "failure");
                long remark = story.maintainer.comments(issue, REMARK);
                ends(heard().getLast(), story.repo.startsRun("pawl.yml", "issue_comment"), 1);
                story.maintainer.deletesComment(issue, remark);
            }
        }
        return ringing;
    }

    private void ends(WebhookEvent event, long run, int attempt) throws Exception {
        assertThat(Processes.end(start(event, run, attempt)))
                .as("the invocation after the crash: %s", log())
                .isZero();
    }

    private Process start(WebhookEvent event, long run, int attempt) throws IOException {
        Path place = Files.createDirectories(folder.resolve("process-" + ++runs));
        Path workspace = Files.createDirectories(place.resolve("workspace"));
        Files.writeString(place.resolve("event.json"), event.payload());
        return processes.start(story.environment(event, run, attempt, place, workspace), place.resolve("log"));
    }

    private String log() throws IOException {
        Path log = folder.resolve("process-" + runs).resolve("log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    @Override
    public void close() {
        story.close();
    }
}
