package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.actions.EventReader;
import dev.pawl.program.Program;
import dev.pawl.sandbox.http.RequestCount;
import dev.pawl.sandbox.world.WebhookEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every official example of a webhook's payload ends without a crash, and without a write while nothing is wished. */
@Tag(Program.TAG)
class PayloadsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OFFICIAL = 329;

    /** What stands in a field's place; the empty text stands for a field that isn't there. */
    private static final List<String> ODD = List.of("", "null", "\"\"", "[]", "{}", "-1", "1e99");

    /** The fields of the second level that somebody reads: they get every replacement, the others one each. */
    private static final Set<String> READ = Set.of(
            "id",
            "number",
            "login",
            "type",
            "name",
            "labels",
            "pull_request",
            "head_branch",
            "check_suite",
            "issue",
            "stage",
            "hop");

    private static List<Example> examples = List.of();

    @TempDir
    Path folder;

    /**
     * One example.
     *
     * @param event the event's name
     * @param payload its payload
     */
    private record Example(String event, ObjectNode payload) {
        WebhookEvent of(ObjectNode changed) {
            return new WebhookEvent(event, "octo/shop", "Codertocat", changed.toString());
        }

        /** As if it had happened in that repository. */
        WebhookEvent in(long repository) {
            ObjectNode ours = payload.deepCopy();
            if (ours.get("repository") instanceof ObjectNode theirs) {
                theirs.put("id", repository);
            }
            return of(ours);
        }
    }

    @BeforeAll
    static void read() throws IOException {
        String name = "/payloads/webhooks-examples-7.6.1.json.gz";
        var all = new ArrayList<Example>();
        try (InputStream file =
                new GZIPInputStream(Objects.requireNonNull(PayloadsTest.class.getResourceAsStream(name), name))) {
            for (JsonNode event : JSON.readTree(file)) {
                for (JsonNode payload : event.path("examples")) {
                    all.add(new Example(event.path("name").asText(), (ObjectNode) payload));
                }
            }
        }
        examples = List.copyOf(all);
        assertThat(examples).hasSize(OFFICIAL);
        assertThat(examples.stream().map(Example::event).distinct()).hasSize(58);
    }

    @Test
    void anotherRepositorysEventIsNotOurs() {
        try (var story = quietWorld()) {
            List<Story.Ended> ended =
                    deliver(story, examples.stream().map(e -> e.of(e.payload())).toList());

            assertThat(ended).allSatisfy(e -> assertThat(e.requests()).isZero());
        }
    }

    @Test
    void anEventOfOursThatWishesNothingCostsTwoRequestsAtMost() {
        try (var story = quietWorld()) {
            List<Story.Ended> ended = deliver(
                    story, examples.stream().map(e -> e.in(story.repo.id())).toList());

            assertThat(ended)
                    .filteredOn(e -> !e.event().equals("workflow_dispatch")) // a sweep, without an issue
                    .allSatisfy(e -> assertThat(e.requests()).isLessThanOrEqualTo(2));
            assertThat(ended.stream().filter(e -> e.requests() > 0).map(Story.Ended::event))
                    .as("the events that were taken for ours")
                    .contains("issues", "issue_comment", "pull_request", "pull_request_review", "workflow_dispatch");
        }
    }

    /** A world like that of the examples: #1 an issue, #2 a pull request, neither of them Pawl's. */
    private Story quietWorld() {
        var story = new Story(folder).checked();
        var issue = story.author.opensIssue(story.repo, "Spelling error in the README file", "It says *Codertocat*.");
        story.maintainer.labels(issue, "bug");
        story.stranger.comments(issue, "You are totally right! I'll get this fixed right away.");
        story.maintainer.pushes(story.repo, "changes", Map.of("README.md", "Hello\n"));
        story.maintainer.opensPullRequest(story.repo, "changes", "Update the README with new information", "Simple.");
        story.author.opensIssue(story.repo, "Another one", "Nobody has asked Pawl for it.");
        story.github.takeEvents();
        return story;
    }

    private static List<Story.Ended> deliver(Story story, List<WebhookEvent> events) {
        RequestCount before = story.github.requests();
        List<Story.Ended> ended = events.stream().map(story::deliver).toList();
        assertThat(ended).hasSize(OFFICIAL).allSatisfy(e -> {
            assertThat(e.exit()).as("%s", e).isZero();
            assertThat(e.output("outcome")).as("%s", e).isEqualTo("nothing");
            assertThat(e.output("reason")).as("%s", e).isNotBlank();
            assertThat(e.writes()).as("%s", e).isZero();
        });
        assertThat(story.github.requests().since(before).git()).isZero();
        assertThat(story.repo.branches()).containsExactlyInAnyOrder("main", "changes");
        assertThat(story.github.takeEvents()).isEmpty();
        return ended;
    }

    @Test
    void noMissingOrOddFieldThrows() {
        var kinds = new TreeSet<String>();
        int turn = 0;
        int seen = 0;
        for (Example example : examples) {
            for (String key : names(example.payload())) {
                for (String odd : ODD) {
                    ObjectNode changed = example.payload().deepCopy();
                    put(changed, key, odd);
                    kinds.add(read(example.event(), changed.toString()));
                    seen++;
                }
                if (!(example.payload().get(key) instanceof ObjectNode inner)) {
                    continue;
                }
                ObjectNode changed = example.payload().deepCopy();
                for (String name : names(inner)) {
                    for (String odd : READ.contains(name) ? ODD : List.of(ODD.get(turn++ % ODD.size()))) {
                        ObjectNode with = inner.deepCopy();
                        put(with, name, odd);
                        changed.set(key, with);
                        kinds.add(read(example.event(), changed.toString()));
                        seen++;
                    }
                }
            }
        }
        assertThat(seen).isGreaterThan(40_000);
        assertThat(kinds)
                .contains("NotOurs", "IssueTouched", "Commented", "PullTouched", "ChecksDone", "Pushed", "Sweep");
    }

    @Test
    void aPayloadThatIsCutOffIsNotOurs() {
        for (Example example : examples) {
            String whole = example.payload().toString();
            for (int part = 0; part < 8; part++) {
                String cut = whole.substring(0, whole.length() * part / 8);
                assertThat(read(example.event(), cut))
                        .as("%s %s", example.event(), part)
                        .isEqualTo("NotOurs");
            }
        }
        for (String event : examples.stream().map(Example::event).distinct().toList()) {
            for (String odd : ODD) {
                if (!odd.equals("{}")) {
                    assertThat(read(event, odd)).as("%s %s", event, odd).isEqualTo("NotOurs");
                }
            }
            read(event, "{}");
            assertThat(read(event, "[".repeat(100_000))).isEqualTo("NotOurs");
            assertThat(read(event, "{\"a\":".repeat(100_000))).isEqualTo("NotOurs");
        }
    }

    private static List<String> names(ObjectNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void put(ObjectNode object, String name, String odd) {
        if (odd.isEmpty()) {
            object.remove(name);
            return;
        }
        try {
            object.set(name, JSON.readTree(odd));
        } catch (IOException e) {
            throw new AssertionError(odd, e);
        }
    }

    /** The kind of trigger that it is read as; once for its own repository, once for another one. */
    private static String read(String event, String payload) {
        try {
            assertThat(reader(OptionalLong.of(4711)).read(event, payload)).isNotNull();
            return reader(OptionalLong.empty()).read(event, payload).getClass().getSimpleName();
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(event + " " + payload, e);
        }
    }

    private static EventReader reader(OptionalLong repository) {
        return new EventReader(repository, Optional.empty(), Optional.empty());
    }
}
