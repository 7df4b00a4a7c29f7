package dev.pawl.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.sandbox.Client.Reply;
import dev.pawl.sandbox.fault.Delivery;
import dev.pawl.sandbox.fault.Fault;
import dev.pawl.sandbox.fault.FaultPlan;
import dev.pawl.sandbox.fault.Mangling;
import dev.pawl.sandbox.fault.Point;
import dev.pawl.sandbox.fault.Refusals;
import dev.pawl.sandbox.fault.Rule;
import dev.pawl.sandbox.fault.Span;
import dev.pawl.sandbox.fault.Target;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.http.Reply.Ending;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each declared fault does what it says, and ends when it says. */
class FaultsTest {
    private static final String COMMENTS = World.REPO + "/issues/1/comments";
    private static final String HELLO = "{'body':'hello'}";

    private World world;
    private SandboxIssue issue;
    private Client bot;

    @BeforeEach
    void open(@TempDir Path folder) {
        world = new World(folder);
        issue = world.alice.opensIssue(world.repo, "Bug", "");
        bot = world.asActions();
    }

    @AfterEach
    void close() {
        world.github.close();
    }

    private FaultPlan plan(Rule... rules) {
        FaultPlan plan = FaultPlan.of(world.clock(), rules);
        world.github.faults(plan);
        return plan;
    }

    private List<String> bodies() {
        return StreamSupport.stream(bot.get(COMMENTS).json().spliterator(), false)
                .map(c -> c.path("body").asText())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void troubleIsBeforeOrAfterTheDeed(Point point) {
        FaultPlan plan = plan(Rule.once(Target.writes(), new Fault.Trouble(502, point)));

        assertThat(bot.post(COMMENTS, HELLO).status()).isEqualTo(502);
        assertThat(issue.comments()).hasSize(point == Point.AFTER ? 1 : 0);
        assertThat(bot.post(COMMENTS, HELLO).status()).as("only once").isEqualTo(201);
        assertThat(plan.struck()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Ending.class,
            names = {"CLOSED", "RESET"})
    void aConnectionEndsWithoutAnAnswer(Ending how) {
        plan(Rule.once(Target.writes(), new Fault.Lost(how, Point.AFTER)));
        assertThatThrownBy(() -> bot.post(COMMENTS, HELLO)).isInstanceOf(UncheckedIOException.class);
        assertThat(issue.comments()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mangling.class,
            names = {"EMPTY", "HTML", "INVALID_JSON", "BROKEN_GZIP"})
    void aBodyIsNoJson(Mangling how) {
        plan(Rule.once(Target.writes(), new Fault.Mangled(how, Point.AFTER)));
        Reply reply = bot.post(COMMENTS, HELLO);
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().isContainerNode()).isFalse();
        assertThat(issue.comments()).hasSize(1);
        if (how == Mangling.BROKEN_GZIP) {
            assertThat(reply.raw().headers().firstValue("Content-Encoding")).contains("gzip");
        }
    }

    @Test
    void aTruncatedBodyIsShorterThanItsHeadSays() {
        plan(Rule.once(Target.reads(), new Fault.Mangled(Mangling.TRUNCATED, Point.AFTER)));
        assertThatThrownBy(() -> bot.get(World.REPO)).isInstanceOf(UncheckedIOException.class);
        assertThat(bot.get(World.REPO).status()).isEqualTo(200);
    }

    @Test
    void aTokenEndsAtSomeRequestForTheApiAndForGit() {
        plan(new Rule(Target.everything(), Span.from(3), Refusals.badCredentials()));
        assertThat(bot.get(World.REPO).status()).isEqualTo(200);
        assertThat(bot.get(World.REPO).status()).isEqualTo(200);
        Reply refused = bot.get(World.REPO);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.message()).isEqualTo("Bad credentials");
        assertThat(bot.get(COMMENTS).status()).isEqualTo(401);
    }

    @Test
    void limitsSayWhatGitHubSays() {
        var reset = World.START.plus(Duration.ofHours(1));
        plan(
                new Rule(Target.api(), Span.at(1), Refusals.secondaryLimit(403)),
                new Rule(Target.api(), Span.at(2), Refusals.secondaryLimit(429, Duration.ofSeconds(7))),
                new Rule(Target.api(), Span.at(3), Refusals.primaryLimit(403, reset)));
        assertThat(bot.get(World.REPO).message()).contains("secondary rate limit");
        assertThat(bot.get(World.REPO).raw().headers().firstValue("Retry-After"))
                .contains("7");
        Reply primary = bot.get(World.REPO);
        assertThat(primary.raw().headers().firstValue("X-RateLimit-Remaining")).contains("0");
        assertThat(primary.raw().headers().firstValue("X-RateLimit-Reset"))
                .contains(Long.toString(reset.getEpochSecond()));
        assertThat(bot.get(World.REPO).status()).isEqualTo(200);
    }

    @Test
    void whatIsNewIsHiddenForSoManyReads() {
        plan(Rule.once(Target.api("POST", ".*/comments"), Fault.hidden(2)));
        String url = bot.post(COMMENTS, HELLO).json().path("url").asText();
        bot.post(COMMENTS, "{'body':'second'}");

        assertThat(bodies()).containsExactly("second");
        assertThat(bot.get(url.substring(url.indexOf("/repos/"))).status()).isEqualTo(404);
        assertThat(bodies()).containsExactly("hello", "second");
        assertThat(bot.get(url.substring(url.indexOf("/repos/"))).status()).isEqualTo(200);
    }

    @Test
    void whatIsNewIsHiddenForSoLong() {
        plan(Rule.of(Target.api("POST", ".*/comments|/pulls"), Fault.hidden(Duration.ofSeconds(20))));
        bot.post(COMMENTS, HELLO);
        world.alice.pushes(world.repo, "topic", Map.of("a.txt", "x"));
        bot.post(World.REPO + "/pulls", "{'title':'t','head':'topic','base':'main'}");

        assertThat(bodies()).isEmpty();
        assertThat(bot.get(World.REPO + "/pulls").json()).isEmpty();
        assertThat(bot.get(World.REPO + "/pulls/2").status()).isEqualTo(404);
        world.pass(Duration.ofSeconds(20));
        assertThat(bodies()).containsExactly("hello");
        assertThat(bot.get(World.REPO + "/pulls").json()).hasSize(1);
        assertThat(bot.get(World.REPO + "/pulls/2").status()).isEqualTo(200);
    }

    @Test
    void aNewRefIsHiddenToo() {
        plan(Rule.of(Target.api("POST", "/git/refs"), Fault.hidden(1)));
        String sha = world.repo.ref("refs/heads/main").orElseThrow();
        bot.post(World.REPO + "/git/refs", "{'ref':'refs/pawl/issues/1','sha':'" + sha + "'}");
        assertThat(bot.get(World.REPO + "/git/ref/pawl/issues/1").status()).isEqualTo(404);
        assertThat(bot.get(World.REPO + "/git/ref/pawl/issues/1").status()).isEqualTo(200);
    }

    @Test
    void whatIsChangedShowsAsBefore() {
        plan(Rule.of(Target.api("PATCH", ".*"), Fault.stale(1)));
        JsonNode comment = bot.post(COMMENTS, HELLO).json();
        Reply edited =
                bot.patch(World.REPO + "/issues/comments/" + comment.path("id").asLong(), "{'body':'other'}");
        assertThat(edited.json().path("body").asText()).isEqualTo("other");
        assertThat(bodies()).containsExactly("hello");
        assertThat(bodies()).containsExactly("other");
    }

    @Test
    void pagesAreShuffledAndShift() {
        for (int i = 0; i < 6; i++) {
            world.alice.comments(issue, "comment " + i);
        }
        List<String> all = bodies();

        plan(Rule.of(Target.reads(), new Fault.Shuffled()));
        assertThat(bodies()).containsExactlyInAnyOrderElementsOf(all).isNotEqualTo(all);

        plan(Rule.of(Target.reads(), new Fault.Shifted(1)));
        assertThat(twoPages()).containsExactly("comment 0", "comment 1", "comment 2", "comment 4", "comment 5");

        plan(Rule.of(Target.reads(), new Fault.Shifted(-1)));
        assertThat(twoPages())
                .containsExactly(
                        "comment 0", "comment 1", "comment 2", "comment 2", "comment 3", "comment 4", "comment 5");
    }

    private List<String> twoPages() {
        var texts = new ArrayList<String>();
        for (int page = 1; page <= 2; page++) {
            bot.get(COMMENTS + "?per_page=3&page=" + page)
                    .json()
                    .forEach(c -> texts.add(c.path("body").asText()));
        }
        return texts;
    }

    @Test
    void chanceIsTheSameEachTime() {
        assertThat(statuses(1)).isEqualTo(statuses(1)).contains(200, 502).isNotEqualTo(statuses(2));
    }

    private List<Integer> statuses(long seed) {
        var rule = new Rule(Target.reads(), new Span.Chance(50), new Fault.Trouble(502, Point.BEFORE));
        world.github.faults(FaultPlan.of(world.clock(), rule).seeded(seed));
        var statuses = new ArrayList<Integer>();
        for (int i = 0; i < 20; i++) {
            statuses.add(bot.get(World.REPO).status());
        }
        return statuses;
    }

    @Test
    void rulesAddUpAndOneOfThemEnds() {
        plan(
                new Rule(
                        Target.reads(),
                        new Span.Until(World.START.plusSeconds(5)),
                        new Fault.Slow(Duration.ofMillis(1))),
                new Rule(Target.reads(), Span.first(2), new Fault.Trouble(503, Point.BEFORE)));
        assertThat(bot.get(World.REPO).status()).isEqualTo(503);
        assertThat(bot.get(World.REPO).status()).isEqualTo(503);
        assertThat(bot.get(World.REPO).status()).isEqualTo(200);
        world.github.faults(Faults.NONE);
        assertThat(bot.get(World.REPO).status()).isEqualTo(200);
    }

    @Test
    void eventsComeTwiceInAnotherOrderOrNotAtAll() {
        world.alice.labels(issue, "bug");
        world.github.takeEvents();
        List<String> orderly = events(Delivery.ORDERLY);
        assertThat(orderly).hasSize(3);
        assertThat(events(Delivery.ORDERLY.copies(2))).hasSize(6);
        assertThat(events(Delivery.ORDERLY.shuffled(3))).hasSize(3).isNotEqualTo(orderly);
        assertThat(events(Delivery.ORDERLY.losing(100))).isEmpty();
    }

    private List<String> events(Delivery how) {
        world.github.delivers(how);
        SandboxIssue other = world.alice.opensIssue(world.repo, "Another", "");
        world.alice.labels(other, "bug");
        world.alice.comments(other, "hm");
        return world.events();
    }

    @Test
    void aRenamedRepositoryIsFoundByItsNumber() {
        world.octo.renames(world.repo, "shed");
        Reply reply = bot.get(COMMENTS);
        assertThat(reply.status()).isEqualTo(301);
        assertThat(reply.raw().headers().firstValue("Location").orElseThrow())
                .endsWith("/repositories/" + world.repo.id() + "/issues/1/comments");
        assertThat(bot.get("/repos/octo/shed/issues/1").status()).isEqualTo(200);
        assertThat(issue.title()).as("handles stay good").isEqualTo("Bug");
    }

    @Test
    void aTransferredIssueIsElsewhereWithItsComments() {
        var other = world.github.createRepository("octo/other", Map.of("a.txt", "x"));
        world.alice.comments(issue, "hm");
        SandboxIssue there = world.octo.transfers(issue, other);
        assertThat(bot.get(World.REPO + "/issues/1").raw().headers().firstValue("Location"))
                .hasValueSatisfying(l -> assertThat(l).endsWith("/repositories/" + other.id() + "/issues/1"));
        assertThat(there.comments())
                .singleElement()
                .satisfies(c -> assertThat(c.body()).isEqualTo("hm"));
        assertThat(bot.get(World.REPO + "/issues?state=all").json()).isEmpty();
    }

    @Test
    void aRepositoryIsArchivedTakenDownOrWithoutIssues() {
        world.repo.settings(s -> s.isArchived(true));
        assertThat(bot.get(COMMENTS).status()).isEqualTo(200);
        assertThat(bot.post(COMMENTS, HELLO).message()).isEqualTo("Repository was archived so is read-only.");

        world.repo.settings(s -> s.isArchived(false).hasIssues(false));
        assertThat(bot.get(World.REPO + "/issues/1").status()).isEqualTo(410);
        assertThat(bot.get(World.REPO + "/issues").status()).isEqualTo(410);
        assertThat(bot.get(World.REPO + "/pulls").status()).isEqualTo(200);

        world.repo.settings(s -> s.isBlocked(true));
        assertThat(bot.get(World.REPO).status()).isEqualTo(451);
    }

    @Test
    void anIssueThatBecameADiscussionIsClosedAndLocked() {
        world.octo.makesDiscussion(issue);
        JsonNode json = bot.get(World.REPO + "/issues/1").json();
        assertThat(json.path("state").asText()).isEqualTo("closed");
        assertThat(json.path("locked").asBoolean()).isTrue();
    }
}
