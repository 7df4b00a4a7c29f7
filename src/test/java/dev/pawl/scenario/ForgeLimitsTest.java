package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.fault.Fault;
import dev.pawl.sandbox.fault.FaultPlan;
import dev.pawl.sandbox.fault.Refusals;
import dev.pawl.sandbox.fault.Rule;
import dev.pawl.sandbox.fault.Span;
import dev.pawl.sandbox.fault.Target;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.world.WebhookEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A token that ends, and a forge that limits: waited for within the budget, and nothing that was paid for is lost. */
class ForgeLimitsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Faults since(Fault fault) {
        return new Trouble.Since(Trouble::keepsWork, FaultPlan.of(Instant::now, Rule.of(Target.everything(), fault)));
    }

    /** The event that starts the plan. */
    private WebhookEvent planning(Story story) {
        WebhookEvent label = story.next();
        assertThat(story.deliver(label).output("stage")).isEqualTo("triage");
        return story.next();
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of("401", Refusals.badCredentials()),
                Arguments.of("secondary 403", Refusals.secondaryLimit(403)),
                Arguments.of("secondary 429", Refusals.secondaryLimit(429, Duration.ofMinutes(5))),
                Arguments.of("primary", Refusals.primaryLimit(403, Instant.now().plus(Duration.ofHours(1)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    @DisplayName(
            "REL-13, REL-15, REL-16: what an agent finished before the token ended or a limit came isn't asked for again")
    void rel13_finishedWorkIsKeptAndNotPaidForTwice(String name, Fault fault) {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.bug();
            WebhookEvent event = planning(story);
            story.github.faults(since(fault));

            Story.Ended stopped = story.deliver(event);

            assertThat(stopped.output("outcome")).as("%s", stopped).isEqualTo("retry-later");
            assertThat(stopped.exit()).isEqualTo(75);
            assertThat(story.agent.asked()).containsExactly("plan");
            assertThat(story.hours.waited()).isLessThanOrEqualTo(PATIENCE);

            story.github.faults(Faults.NONE);
            story.hours.pass(Duration.ofHours(1));
            Story.Ended resumed = story.deliver(event);

            assertThat(resumed.output("outcome")).as("%s", resumed).isEqualTo("advanced");
            assertThat(story.agent.asked()).as("not again").containsExactly("plan");
            assertThat(story.saidOn(issue)).hasSize(2);
            story.rings();
            assertThat(story.repo.pullRequests()).hasSize(1);
        }
    }

    @Test
    @DisplayName(
            "REL-13: a token that ends before anything could be kept stops the run, which goes on with the next token")
    void rel13_aTokenThatEndsWhileTheAgentWorksIsResumable() {
        try (var story = new Story(folder)) {
            story.bug();
            WebhookEvent event = planning(story);
            story.github.faults(new Trouble.Since(
                    Trouble::beginsWork,
                    FaultPlan.of(story.hours, Rule.of(Target.everything(), Refusals.badCredentials()))));

            Story.Ended stopped = story.deliver(event);
            assertThat(stopped.output("outcome")).as("%s", stopped).isEqualTo("retry-later");
            assertThat(stopped.output("reason")).contains("token");

            story.github.faults(Faults.NONE);
            story.hours.pass(Duration.ofHours(1));
            assertThat(story.deliver(event).output("outcome")).isEqualTo("advanced");
            story.rings();
            assertThat(story.repo.pullRequests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"403,", "403,7", "429,", "429,7"})
    @DisplayName("REL-15: a secondary limit is waited for: as long as it says, else a minute")
    void rel15_aSecondaryLimitIsWaitedFor(int status, Integer seconds) {
        try (var story = new Story(folder)) {
            story.bug();
            Fault limit = seconds == null
                    ? Refusals.secondaryLimit(status)
                    : Refusals.secondaryLimit(status, Duration.ofSeconds(seconds));
            story.github.faults(FaultPlan.of(story.hours, Rule.once(Target.writes(), limit)));

            Story.Ended ended = story.deliver(story.next());

            assertThat(ended.output("outcome")).as("%s", ended).isEqualTo("advanced");
            assertThat(story.hours.waits()).containsExactly(Duration.ofSeconds(seconds == null ? 60 : seconds));
        }
    }

    @Test
    @DisplayName("REL-15: without Retry-After each wait is twice the last, and the budget ends them")
    void rel15_withoutRetryAfterTheWaitsDouble() {
        try (var story = new Story(folder, Story.POLICY + "limits: {wait_for_forge: 4m}\n")) {
            story.bug();
            WebhookEvent event = story.next();
            story.github.faults(
                    FaultPlan.of(story.hours, new Rule(Target.writes(), Span.first(2), Refusals.secondaryLimit(403))));
            assertThat(story.deliver(event).output("outcome")).isEqualTo("advanced");
            assertThat(story.hours.waits()).containsExactly(Duration.ofSeconds(60), Duration.ofSeconds(120));
        }
    }

    @Test
    @DisplayName("REL-15: beyond the budget the lease is given back, so that the next event goes on")
    void rel15_beyondTheBudgetTheLeaseIsGivenBack() {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.bug();
            WebhookEvent event = story.next();
            // Only comments are limited, as GitHub limits content: the ledger isn't.
            story.github.faults(FaultPlan.of(
                    story.hours,
                    Rule.of(Target.api("POST", ".*/comments"), Refusals.secondaryLimit(403, Duration.ofMinutes(3)))));
            Story.Ended stopped = story.deliver(event);
            assertThat(stopped.output("outcome")).as("%s", stopped).isEqualTo("retry-later");
            assertThat(stopped.output("reason")).isNotBlank();
            assertThat(story.hours.waited()).isLessThanOrEqualTo(PATIENCE);
            assertThat(issue.comments()).isEmpty();

            story.github.faults(Faults.NONE);
            story.hours.pass(Duration.ofMinutes(3));
            assertThat(story.deliver(event).output("outcome")).isEqualTo("advanced");
        }
    }

    @Test
    @DisplayName("REL-16: a primary limit that ends in an hour isn't slept through")
    void rel16_thePrimaryLimitIsNotSleptThrough() {
        try (var story = new Story(folder)) {
            story.bug();
            WebhookEvent event = story.next();
            Instant reset = story.hours.instant().plus(Duration.ofHours(1));
            story.github.faults(FaultPlan.of(
                    story.hours, new Rule(Target.api(), new Span.Until(reset), Refusals.primaryLimit(403, reset))));

            Story.Ended stopped = story.deliver(event);

            assertThat(stopped.output("outcome")).as("%s", stopped).isEqualTo("retry-later");
            assertThat(stopped.exit()).isEqualTo(75);
            assertThat(story.hours.waited()).isLessThanOrEqualTo(PATIENCE);
            assertThat(story.github.requests().writes()).as("one at most").isLessThanOrEqualTo(1);
            story.hours.pass(Duration.ofMinutes(61));
            assertThat(Story.moves(List.of(story.deliver(event)))).containsExactly("triage advanced");
        }
    }

    @ParameterizedTest
    @CsvSource({"90m,true", "40m,false"})
    @DisplayName("REL-13: doctor says which stages may outlive a GitHub App's token")
    void rel13_stagesThatOutliveATokenAreNamed(String timeout, boolean named) throws IOException {
        Path policy = Files.writeString(folder.resolve("pawl.yml"), """
                agents: {mine: {kind: command, run: [sh, ./agent]}}
                validation: {commands: [{name: test, run: [./test.sh]}]}
                workflows: {bug: {stages: [triage, {implement: {timeout: TIME}}, validate, open_pr]}}
                """.replace("TIME", timeout));
        var ended = Program.underTest()
                .run(
                        List.of("doctor", "--policy", policy.toString()),
                        Map.of(
                                "PATH",
                                "/usr/bin:/bin",
                                "RUNNER_TEMP",
                                folder.resolve("temp").toString()),
                        Path.of(""));
        assertThat(ended.exit()).as("%s", ended).isZero();
        assertThat(ended.out().contains("implement: 90m")).as("%s", ended).isEqualTo(named);
    }
}
