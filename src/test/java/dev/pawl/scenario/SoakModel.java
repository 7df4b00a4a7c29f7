package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.sandbox.SandboxIssue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one invocation may have changed, told from the world before it and the world after it. */
final class SoakModel {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARKER = "<!-- pawl:state v1 ";

    /** So many requests is one invocation's share (I7). */
    private static final long MOST_REQUESTS = 80;

    private final Story story;
    private final Map<Integer, Facts> before = new HashMap<>();
    private final Set<Integer> workable;
    private final int asked;

    private SoakModel(Story story) {
        this.story = story;
        story.repo.issues().forEach(issue -> facts(issue, before));
        workable = Set.copyOf(story.repo.issues().stream()
                .filter(SandboxIssue::isOpen)
                .filter(i -> !i.labels().contains("pawl:pause"))
                .map(SandboxIssue::number)
                .toList());
        asked = story.agent.asked().size();
    }

    /** The world before an invocation. */
    static SoakModel before(Story story) {
        return new SoakModel(story);
    }

    /**
     * What an issue's state says.
     *
     * @param run the run
     * @param epoch its epoch
     * @param seq its sequence number
     * @param stages its stages' status, by kind
     */
    private record Facts(String run, long epoch, long seq, Map<String, String> stages) {
        /** How many stages are done that weren't, and that didn't only wait for a person. */
        long beyond(Facts older) {
            return stages.entrySet().stream()
                    .filter(e -> e.getValue().equals("succeeded"))
                    .map(e -> older.stages().getOrDefault(e.getKey(), "pending"))
                    .filter(was -> !was.equals("succeeded") && !was.equals("waiting"))
                    .count();
        }
    }

    private static void facts(SandboxIssue issue, Map<Integer, Facts> into) {
        issue.comments().stream()
                .filter(c -> c.author().equals("github-actions[bot]"))
                .map(c -> c.body().lines().findFirst().orElse(""))
                .filter(line -> line.startsWith(MARKER))
                .findFirst()
                .ifPresent(line -> into.put(issue.number(), read(line)));
    }

    private static Facts read(String line) {
        try {
            JsonNode json = JSON.readTree(line.substring(MARKER.length(), line.lastIndexOf('}') + 1));
            var stages = new HashMap<String, String>();
            json.path("stages")
                    .forEach(s ->
                            stages.put(s.path("kind").asText(), s.path("status").asText()));
            return new Facts(
                    json.path("run").asText(),
                    json.path("epoch").asLong(),
                    json.path("seq").asLong(),
                    stages);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Holds the world after the invocation against it. */
    void after(Story.Ended ended, SoakFaults faults, String when) {
        boolean disturbed = !(faults instanceof SoakFaults.None);
        assertThat(ended.exit()).as("%s: exit code of %s", when, ended).isIn(disturbed ? List.of(0, 75) : List.of(0));
        if (!disturbed) {
            assertThat(ended.requests()).as("%s: requests", when).isLessThanOrEqualTo(MOST_REQUESTS);
        }
        oneStageAtMost(when + ": " + ended);
        oneAgentAtMost(when + ": " + ended);
        Invariants.hold(story, when);
    }

    /** I3, and states that never go back. */
    private void oneStageAtMost(String when) {
        var now = new HashMap<Integer, Facts>();
        story.repo.issues().forEach(issue -> facts(issue, now));
        assertThat(now.keySet()).as("%s: issues with a state", when).containsAll(before.keySet());
        long moved = 0;
        int saved = 0;
        for (Map.Entry<Integer, Facts> entry : now.entrySet()) {
            Facts after = entry.getValue();
            Facts old = before.getOrDefault(entry.getKey(), new Facts("", 0, 0, Map.of()));
            assertThat(after.epoch())
                    .as("%s: epoch of #%d", when, entry.getKey())
                    .isGreaterThanOrEqualTo(old.epoch());
            assertThat(after.seq()).as("%s: seq of #%d", when, entry.getKey()).isGreaterThanOrEqualTo(old.seq());
            moved += after.run().equals(old.run()) || old.run().isEmpty() ? after.beyond(old) : 0;
            saved += after.seq() > old.seq() ? 1 : 0;
        }
        assertThat(moved).as("%s: stages", when).isLessThanOrEqualTo(1);
        assertThat(saved).as("%s: issues written to", when).isLessThanOrEqualTo(1);
    }

    /** I5: an agent works where there is a lease, told by the intent in the state, on an issue that people want worked on. */
    private void oneAgentAtMost(String when) {
        List<String> all = story.agent.asked();
        var started = new ArrayList<>(all.subList(asked, all.size()));
        assertThat(started).as("%s: agents", when).hasSizeLessThanOrEqualTo(1);
        if (started.isEmpty()) {
            return;
        }
        int issue = issue(story.agent.request(started.getFirst()));
        assertThat(workable).as("%s: agent on #%d", when, issue).contains(issue);
        var now = new HashMap<Integer, Facts>();
        facts(story.repo.issue(issue), now);
        long old = before.containsKey(issue) ? before.get(issue).epoch() : 0;
        assertThat(now).as("%s: intent", when).containsKey(issue);
        assertThat(now.get(issue).epoch()).as("%s: lease of #%d", when, issue).isGreaterThan(old);
    }

    private static int issue(String request) {
        try {
            return JSON.readTree(request).path("issue").path("number").asInt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
