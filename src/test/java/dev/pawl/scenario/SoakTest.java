package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.git.Folders;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.world.WebhookEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A random walk: events that come late, twice, in another order or never; deaths and faults at any request; agents in every
 * mood; people who do anything. After each step the invariants are checked, and from time to time everything is let go well,
 * whereupon every issue has to come to an end. The whole walk follows from its seed:
 * {@code ./mvnw -B test -Dtest=SoakTest -Dpawl.soak.steps=10000 -Dpawl.soak.seed=1}.
 */
class SoakTest {
    /** After so many steps all is let go well, and the next world begins. */
    private static final int CHAPTER = 120;

    private static final int PATIENCE = 60;
    private static final Set<String> ENDS =
            Set.of("pawl:waiting-on-review", "pawl:completed", "pawl:closed-unresolved");

    @TempDir
    Path folder;

    private final List<WebhookEvent> waiting = new ArrayList<>();
    private final List<WebhookEvent> past = new ArrayList<>();
    private final Deque<String> trace = new ArrayDeque<>();
    private final Map<String, Integer> tally = new HashMap<>();

    @Test
    @DisplayName("REL-48: a random walk breaks no invariant, and every issue comes to an end")
    void aRandomWalkBreaksNothing() throws IOException {
        int steps = Integer.getInteger("pawl.soak.steps", 250);
        long seed = Long.getLong("pawl.soak.seed", 1);
        System.out.println("soak: seed " + seed + ", " + steps + " steps");
        var random = new Random(seed);
        for (int step = 1; step <= steps; step += CHAPTER) {
            chapter(step, Math.min(step + CHAPTER - 1, steps), random, "seed " + seed);
            System.out.println("soak: seed " + seed + ", step " + step);
        }
        System.out.println("soak: seed " + seed + ", 0 violations in " + steps + " steps, " + tally);
    }

    /** A world of its own, so that none grows old: what was pushed stays in a repository for good. */
    private void chapter(int first, int last, Random random, String seed) throws IOException {
        waiting.clear();
        past.clear();
        Path place = folder.resolve("chapter-" + first);
        int step = first;
        try (var story = new Story(place)) {
            var people = new SoakPeople(story, random);
            for (; step <= last; step++) {
                note(step + " " + step(story, people, random));
            }
            settle(story, people);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(seed + ", step " + step + ", after:\n" + String.join("\n", trace), e);
        }
        Folders.remove(place);
    }

    private void note(String what) {
        trace.addLast(what);
        if (trace.size() > 40) {
            trace.removeFirst();
        }
    }

    private String step(Story story, SoakPeople people, Random random) {
        waiting.addAll(story.heard());
        int dice = random.nextInt(100);
        if (dice < 50 && !waiting.isEmpty()) {
            int which = random.nextInt(5) == 0 ? random.nextInt(waiting.size()) : 0;
            WebhookEvent event = waiting.remove(which);
            int fate = random.nextInt(20);
            if (fate < 2) {
                tally.merge("lost events", 1, Integer::sum);
                return "lost: " + event.name();
            }
            if (fate < 5) {
                waiting.add(event);
            }
            past.add(event);
            return invoked(story, event, random);
        }
        if (dice < 60) {
            return invoked(story, story.sweep(), random);
        }
        if (dice < 66 && !past.isEmpty()) {
            return "once more " + invoked(story, past.get(random.nextInt(past.size())), random);
        }
        if (dice < 74) {
            int minutes = random.nextInt(90);
            story.hours.pass(Duration.ofMinutes(minutes));
            return minutes + " minutes pass";
        }
        if (dice < 79) {
            return "agents are " + people.mood();
        }
        tally.merge("acts", 1, Integer::sum);
        return people.act();
    }

    private String invoked(Story story, WebhookEvent event, Random random) {
        SoakFaults faults = SoakFaults.any(random);
        SoakModel model = SoakModel.before(story);
        story.github.faults(faults.faults());
        long run = story.repo.startsRun("pawl.yml", event.name());
        Story.Ended ended = story.deliver(event, run, 1);
        story.github.faults(Faults.NONE);
        if (random.nextInt(3) > 0 || faults instanceof SoakFaults.None) {
            story.repo.endsRun(run, "success");
        }
        String what = event.name() + " " + faults + " → " + ended.exit() + " " + ended.outputs();
        note("  " + what);
        model.after(ended, faults, what);
        tally.merge("invocations", 1, Integer::sum);
        tally.merge(faults.getClass().getSimpleName(), 1, Integer::sum);
        tally.merge(ended.output("outcome"), 1, Integer::sum);
        return what;
    }

    /** All goes well from here on; people say what they are asked to say. */
    private void settle(Story story, SoakPeople people) {
        people.wellBehaved();
        waiting.addAll(story.heard());
        for (int round = 0; round < PATIENCE; round++) {
            List<SandboxIssue> unfinished =
                    story.repo.issues().stream().filter(SoakTest::isUnfinished).toList();
            if (unfinished.isEmpty() && waiting.isEmpty()) {
                Invariants.hold(story, "settled");
                return;
            }
            for (WebhookEvent event : List.copyOf(waiting)) {
                quietly(story, event);
            }
            waiting.clear();
            story.hours.pass(Duration.ofHours(1));
            unfinished.forEach(issue -> helps(story, issue));
            waiting.addAll(story.heard());
            quietly(story, story.sweep());
            waiting.addAll(story.heard());
        }
        assertThat(story.repo.issues().stream()
                        .filter(SoakTest::isUnfinished)
                        .map(i -> i + " " + i.labels() + " " + story.saidOn(i)))
                .as("issues that never end")
                .isEmpty();
    }

    private void quietly(Story story, WebhookEvent event) {
        SoakModel model = SoakModel.before(story);
        Story.Ended ended = story.deliver(event);
        note("  settling: " + event.name() + " → " + ended.exit() + " " + ended.outputs());
        model.after(ended, new SoakFaults.None(), "settling, " + event.name());
    }

    private static boolean isUnfinished(SandboxIssue issue) {
        boolean begun = issue.comments().stream()
                .anyMatch(c ->
                        c.author().equals("github-actions[bot]") && c.body().startsWith("<!-- pawl:state"));
        return issue.isOpen() && begun && issue.labels().stream().noneMatch(ENDS::contains);
    }

    private static void helps(Story story, SandboxIssue issue) {
        List<String> labels = issue.labels();
        if (labels.contains("pawl:pause")) {
            story.maintainer.unlabels(issue, "pawl:pause");
        }
        if (shows(story, issue, "waiting-on-human")) {
            boolean paused =
                    story.saidOn(issue).stream().anyMatch(s -> s.startsWith("**Pawl**") && s.contains("resume"));
            story.maintainer.comments(issue, paused ? "/pawl resume" : "/pawl approve");
        } else if (shows(story, issue, "needs-clarification")) {
            story.author.comments(issue, "The one in sum.txt.");
        } else if (shows(story, issue, "blocked")) {
            story.maintainer.comments(issue, "/pawl retry");
        }
    }

    /** By its label or, where somebody took that off, by the state comment. */
    private static boolean shows(Story story, SandboxIssue issue, String state) {
        return issue.labels().contains("pawl:" + state)
                || story.saidOn(issue).stream().anyMatch(said -> said.startsWith("**Pawl** · " + state + " ·"));
    }
}
