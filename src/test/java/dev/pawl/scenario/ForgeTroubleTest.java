package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.forge.github.http.Timeouts;
import dev.pawl.sandbox.SandboxIssue;
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
import dev.pawl.sandbox.world.Access;
import dev.pawl.sandbox.world.Scope;
import dev.pawl.sandbox.world.WebhookEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stories while GitHub breaks, lags and mixes up: each ends in the very world that it would have ended in anyway. */
class ForgeTroubleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Timeouts HASTY = new Timeouts(Duration.ofSeconds(2), Duration.ofMillis(500));
    private static final Set<String> HEARD = Set.of("issues", "issue_comment", "repository_dispatch", "pull_request");

    @TempDir
    Path folder;

    /** The world that the bug's story ends in, undisturbed; the story is then where it was before. */
    private static String undisturbed(Story story) {
        var before = story.github.snapshot();
        List<WebhookEvent> waiting = story.github.takeEvents();
        walk(story, waiting);
        String world = Worlds.describe(story.github);
        assertThat(story.repo.pullRequests()).hasSize(1);
        story.github.restore(before);
        return world;
    }

    /** Delivers all events; one that was to be tried again later is. Nobody waits longer than the budget. */
    private static String walk(Story story, List<WebhookEvent> first) {
        int deliveries = 0;
        var log = new StringBuilder();
        for (List<WebhookEvent> events = first; !events.isEmpty(); events = story.github.takeEvents()) {
            for (WebhookEvent event : events) {
                if (!HEARD.contains(event.name())) {
                    continue;
                }
                Story.Ended ended;
                do {
                    Duration before = story.hours.waited();
                    ended = story.deliver(event);
                    log.append(ended).append('\n');
                    assertThat(story.hours.waited().minus(before)).isLessThanOrEqualTo(PATIENCE);
                    assertThat(ended.exit()).as("%s", ended).isIn(0, 75);
                    assertThat(++deliveries).as("%s", ended).isLessThan(60);
                } while (ended.exit() == 75);
            }
        }
        return log.toString();
    }

    private static WebhookEvent next(Story story) {
        return story.github.takeEvents().stream()
                .filter(e -> HEARD.contains(e.name()))
                .findFirst()
                .orElseThrow();
    }

    private void endsTheSame(Story story, Faults faults) {
        story.bug();
        String world = undisturbed(story);
        int asked = story.agent.asked().size();
        story.github.faults(faults);

        String log = walk(story, story.github.takeEvents());

        story.github.faults(Faults.NONE);
        assertThat(Worlds.difference(world, Worlds.describe(story.github)))
                .as(log)
                .isEmpty();
        assertThat(story.agent.asked().size() - asked)
                .as("agents are paid once")
                .isEqualTo(asked);
    }

    /** Every way in which a request can break, at one end of it. */
    private static List<Fault> breaks(Point point) {
        var faults = new ArrayList<Fault>();
        for (int status : List.of(500, 502, 503, 504)) {
            faults.add(new Fault.Trouble(status, point));
        }
        for (Ending how : List.of(Ending.CLOSED, Ending.RESET, Ending.SILENT)) {
            faults.add(new Fault.Lost(how, point));
        }
        for (Mangling how : Mangling.values()) {
            faults.add(new Fault.Mangled(how, point));
        }
        return faults;
    }

    /** The same, beginning elsewhere: so that each request meets several of them. */
    private static List<Fault> from(List<Fault> faults, int first) {
        var turned = new ArrayList<>(faults);
        Collections.rotate(turned, -first);
        return turned;
    }

    @ParameterizedTest
    @CsvSource({"BEFORE,0", "BEFORE,4", "BEFORE,9", "AFTER,0", "AFTER,4", "AFTER,9"})
    @DisplayName(
            "REL-21, REL-22: every write breaks when it is first sent, before or after it is done, and is done once")
    void rel21_rel22_everyWriteThatBreaksIsDoneOnce(Point point, int first) {
        try (var story = new Story(folder, Story.POLICY, HASTY)) {
            var faults = new Trouble.FirstSendings(story, Target.writes(), from(breaks(point), first));
            endsTheSame(story, faults);
            assertThat(faults.struck()).isGreaterThan(40);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7})
    @DisplayName("REL-21, REL-22: every read of every invocation breaks, and is repeated after a wait")
    void rel21_rel22_everyReadThatBreaksIsRepeated(int first) {
        try (var story = new Story(folder, Story.POLICY, HASTY)) {
            var faults = new Trouble.FirstSendings(story, Target.reads(), from(breaks(Point.AFTER), first));
            endsTheSame(story, faults);
            assertThat(faults.struck()).isGreaterThan(20);
            assertThat(story.hours.waits()).hasSizeGreaterThan(20);
            assertThat(Set.copyOf(story.hours.waits())).as("by chance").hasSizeGreaterThan(10);
        }
    }

    @ParameterizedTest
    @CsvSource({"fetches,BEFORE", "fetches,AFTER", "pushes,BEFORE", "pushes,AFTER"})
    @DisplayName("REL-22: git's exchanges break, before and after they are done, and are repeated")
    void rel22_gitBreaksToo(String which, Point point) {
        try (var story = new Story(folder)) {
            Target target = which.equals("pushes") ? Target.pushes() : Target.fetches();
            var faults = new Trouble.FirstSendings(
                    story, target, List.of(Fault.reset(point), new Fault.Trouble(502, point)));
            endsTheSame(story, faults);
            assertThat(faults.struck()).isPositive();
        }
    }

    @Test
    @DisplayName("REL-21: a read is repeated four times at most")
    void rel21_aReadIsGivenUpInTheEnd() {
        try (var story = new Story(folder)) {
            story.bug();
            var plan = FaultPlan.of(story.hours, Rule.of(Target.reads(), new Fault.Trouble(502, Point.BEFORE)));
            story.github.faults(plan);
            var ended = story.rings();
            assertThat(ended).singleElement().satisfies(e -> {
                assertThat(e.output("outcome")).isEqualTo("retry-later");
                assertThat(e.writes()).isZero();
            });
            assertThat(plan.struck()).isEqualTo(5);
        }
    }

    static Stream<Arguments> lags() {
        return Stream.of(
                        Fault.hidden(1),
                        Fault.hidden(3),
                        Fault.hidden(Duration.ofSeconds(5)),
                        Fault.hidden(Duration.ofSeconds(30)),
                        Fault.stale(1),
                        Fault.stale(Duration.ofSeconds(30)))
                .map(Arguments::of);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lags")
    @DisplayName("REL-23: what was written shows late, in lists and by itself, and nothing is written twice")
    void rel23_lagMakesNothingTwice(Fault lag) {
        try (var story = new Story(folder)) {
            endsTheSame(story, FaultPlan.of(story.hours, Rule.of(Target.writes(), lag)));
        }
    }

    @Test
    @DisplayName("REL-23: an answer is lost and what it made shows late: it is still made once")
    void rel23_lostAndLate() {
        try (var story = new Story(folder)) {
            story.bug();
            String world = undisturbed(story);
            story.github.faults(FaultPlan.of(
                    story.hours,
                    Rule.of(Target.api("POST", ".*/comments|/pulls"), Fault.hidden(Duration.ofSeconds(25))),
                    Rule.of(Target.api("POST", ".*/comments|/pulls"), new Fault.Trouble(502, Point.AFTER))));
            walk(story, story.github.takeEvents());
            assertThat(Worlds.difference(world, Worlds.describe(story.github))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 0, 1})
    @DisplayName("REL-24: pages come in any order, and shift while they are read")
    void rel24_pagesThatAreShuffledAndShift(int by) {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.author.opensIssue(story.repo, "The sum is wrong", "2 + 2 isn't 5.");
            story.maintainer.labels(issue, "bug");
            for (int i = 0; i < 105; i++) {
                story.stranger.comments(issue, "me too " + i);
            }
            story.github.takeEvents();
            story.maintainer.labels(issue, "pawl");
            String world = undisturbed(story);
            story.github.faults(FaultPlan.of(
                    story.hours, Rule.of(Target.reads(), by == 0 ? new Fault.Shuffled() : new Fault.Shifted(by))));

            walk(story, story.github.takeEvents());

            assertThat(Worlds.difference(world, Worlds.describe(story.github))).isEmpty();
        }
    }

    @Test
    @DisplayName("REL-14: a missing permission is named once, and asked for again only when something happens")
    void rel14_aMissingPermissionIsNamedOnce() {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.bug();
            story.repo.settings(s -> s.tokenScope(Scope.CONTENTS, Access.READ));
            var plan = FaultPlan.of(story.hours);
            story.github.faults(plan);

            var ended = story.rings();

            assertThat(ended).singleElement().satisfies(e -> {
                assertThat(e.output("outcome")).as("%s", e).isEqualTo("blocked");
                assertThat(e.output("reason")).contains("contents: write");
            });
            assertThat(story.saidOn(issue))
                    .as("%s", ended)
                    .singleElement()
                    .asString()
                    .contains("contents: write");
            assertThat(story.hours.waits()).as("no retry").isEmpty();
            story.maintainer.comments(issue, "hm");
            story.rings();
            assertThat(story.saidOn(issue)).as("said once").hasSize(1);

            story.repo.settings(s -> s.tokenScope(Scope.CONTENTS, Access.WRITE));
            story.maintainer.unlabels(issue, "pawl");
            story.maintainer.labels(issue, "pawl");
            story.rings();
            assertThat(story.repo.pullRequests()).hasSize(1);
        }
    }

    @Test
    @DisplayName("REL-17: an issue that is 404 at first is looked for again; one that stays so is gone")
    void rel17_aFreshIssueMayBeMissingAtFirst() {
        try (var story = new Story(folder)) {
            story.bug();
            WebhookEvent event = next(story);
            Target issue = Target.api("GET", "/issues/1");
            Fault missing = Refusals.refused(404, "Not Found");
            var plan = FaultPlan.of(story.hours, Rule.of(issue, missing));
            story.github.faults(plan);

            Story.Ended gone = story.deliver(event);
            assertThat(gone.output("outcome")).as("%s", gone).isEqualTo("nothing");
            assertThat(gone.writes()).isZero();
            assertThat(plan.struck()).as("three looks more").isEqualTo(4);
            assertThat(story.hours.waits()).hasSize(3).doesNotHaveDuplicates();

            story.github.faults(FaultPlan.of(story.hours, new Rule(issue, Span.first(3), missing)));
            assertThat(story.deliver(event).output("outcome")).isEqualTo("advanced");
        }
    }

    @Test
    @DisplayName("REL-17: a write that finds nothing isn't repeated")
    void rel17_aWriteThatFindsNothingStops() {
        try (var story = new Story(folder)) {
            story.bug();
            var plan = FaultPlan.of(
                    story.hours, Rule.of(Target.api("POST", ".*/comments"), Refusals.refused(404, "Not Found")));
            story.github.faults(plan);
            var ended = story.rings();
            assertThat(ended)
                    .singleElement()
                    .satisfies(e -> assertThat(e.output("outcome")).as("%s", e).isNotEqualTo("advanced"));
            assertThat(story.hours.waits()).isEmpty();
            assertThat(plan.struck())
                    .as("the state, and the attempt to say why")
                    .isLessThanOrEqualTo(2);
        }
    }

    @Test
    @DisplayName("REL-20: a pull request that exists is adopted, though the list doesn't show it yet")
    void rel20_anExistingPullRequestIsAdopted() {
        try (var story = new Story(folder)) {
            story.bug();
            String world = undisturbed(story);
            Target pulls = Target.api("POST", "/pulls");
            story.github.faults(FaultPlan.of(
                    story.hours,
                    Rule.once(pulls, Fault.hidden(1)),
                    Rule.once(pulls, new Fault.Trouble(502, Point.AFTER))));
            walk(story, story.github.takeEvents());
            assertThat(Worlds.difference(world, Worlds.describe(story.github))).isEmpty();
        }
    }

    @Test
    @DisplayName("REL-20: what GitHub finds invalid, as spam, isn't sent again, and the lease is given back")
    void rel20_whatIsInvalidStops() {
        try (var story = new Story(folder)) {
            story.bug();
            WebhookEvent event = next(story);
            var plan = FaultPlan.of(
                    story.hours,
                    Rule.of(Target.api("POST", ".*/comments"), Refusals.refused(422, "Validation Failed: spam")));
            story.github.faults(plan);
            Story.Ended ended = story.deliver(event);
            assertThat(ended.exit()).as("%s", ended).isNotZero();
            assertThat(ended.output("reason")).isNotBlank();
            assertThat(plan.struck()).isLessThanOrEqualTo(2);
            story.github.faults(Faults.NONE);
            assertThat(story.deliver(event).output("outcome")).isEqualTo("advanced");
        }
    }

    @Test
    @DisplayName("REL-20: labels that exist, or were made by somebody in between, are used")
    void rel20_aLabelThatExistsIsUsed() {
        try (var story = new Story(folder)) {
            for (String label : List.of("pawl:planning", "pawl:implementing", "pawl:waiting-on-review")) {
                story.maintainer.labels(story.author.opensIssue(story.repo, "Another", ""), label);
            }
            story.github.takeEvents();
            SandboxIssue issue = story.bug();
            story.rings();
            assertThat(issue.labels()).contains("pawl:waiting-on-review");
            assertThat(story.repo.pullRequests()).hasSize(1);
        }
    }

    @Test
    @DisplayName("REL-18: a base that moves on doesn't matter to a program that merges nothing")
    void rel18_nothingIsEverMerged() {
        try (var story = new Story(folder)) {
            var merges = new java.util.concurrent.atomic.AtomicInteger();
            story.github.observe(exchange -> {
                if (exchange.path().endsWith("/merge")) {
                    merges.incrementAndGet();
                }
            });
            story.bug();
            story.rings();
            story.maintainer.pushes(story.repo, "main", Map.of("other.txt", "moved on\n"));
            story.rings();
            assertThat(story.repo.pullRequests())
                    .singleElement()
                    .satisfies(p -> assertThat(p.isMerged()).isFalse());
            assertThat(merges).hasValue(0);
        }
    }
}
