package dev.pawl.agent;

import dev.pawl.domain.Examples;
import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Feedback;
import dev.pawl.domain.model.Leg;
import dev.pawl.domain.model.Plan;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.AgentRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Requests for tests. */
public final class Requests {
    private static final Actor ANN = new Actor(7, "ann", Actor.Kind.USER);
    private static final Actor BOB = new Actor(8, "bob-b", Actor.Kind.USER);

    private Requests() {}

    /** An agent with this command line. */
    public static AgentSpec agent(List<String> run, String... env) {
        return new AgentSpec("mine", AgentSpec.Kind.COMMAND, Optional.empty(), run, List.of(env));
    }

    /** The least that a request can hold. */
    public static AgentRequest least(StageKind stage, AgentSpec agent, Duration time) {
        var issue = new AgentRequest.IssueText(
                42, new Untrusted("Login times out"), Untrusted.EMPTY, Optional.empty(), List.of(), List.of());
        return new AgentRequest(
                agent,
                stage,
                Optional.empty(),
                issue,
                Optional.empty(),
                List.of(),
                base(),
                new AgentRequest.Bounds(time, OptionalInt.empty(), Usd.ofMicros(420_000)),
                AgentRequest.Conversation.NONE,
                Optional.empty());
    }

    /** The least, with another title and body. */
    public static AgentRequest saying(StageKind stage, String title, String body) {
        var least = least(stage, agent(List.of("true")), Duration.ofMinutes(30));
        return with(least, new Untrusted(title), new Untrusted(body), List.of());
    }

    /** A request in which everything is there. */
    public static AgentRequest full(StageKind stage) {
        var issue = new AgentRequest.IssueText(
                42,
                new Untrusted("Login times out"),
                new Untrusted("The login fails when the directory is slow.\n\n    $ app login\n    error: time-out\n"),
                Optional.of("bug"),
                List.of("bug", "area/login"),
                List.of(
                        new AgentRequest.Said(9001, ANN, new Untrusted("Since version 2.1.")),
                        new AgentRequest.Said(9002, BOB, new Untrusted("Happens here as well, with 3 s."))));
        var first = new Plan.Task(
                "T1",
                new Untrusted("Make the time-out a setting"),
                "implement",
                Optional.of(new Untrusted("Zero is refused.")),
                List.of("src/login.py", "tests/test_login.py"),
                Optional.of("mine"),
                Optional.of("small"));
        var second = new Plan.Task(
                "T2",
                new Untrusted("Document it"),
                "implement",
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        var plan = new Plan(
                new Untrusted("The constant becomes a setting."),
                List.of(first, second),
                List.of(new Untrusted("Old settings files")),
                List.of(new Untrusted("A login that takes 5 s succeeds.")));
        return new AgentRequest(
                agent(List.of("./tools/agent"), "MODEL_KEY"),
                stage,
                stage == StageKind.IMPLEMENT ? Optional.of(Leg.of(plan, 0, 1)) : Optional.empty(),
                issue,
                Optional.of(plan),
                List.of(
                        new Feedback(
                                "F1",
                                Feedback.Kind.VALIDATION,
                                new Untrusted("test_slow: expected True, got False"),
                                Optional.of("tests/test_login.py"),
                                OptionalInt.of(12)),
                        new Feedback(
                                "answer-9002",
                                Feedback.Kind.ANSWER,
                                new Untrusted("Ten seconds by default."),
                                Optional.empty(),
                                OptionalInt.empty())),
                base(),
                new AgentRequest.Bounds(Duration.ofMinutes(30), OptionalInt.of(40), Usd.ofMicros(4_580_000)),
                new AgentRequest.Conversation(1296269, "0".repeat(64), Optional.of("session-1")),
                stage == StageKind.REVIEW || stage == StageKind.OPEN_PR
                        ? Optional.of(
                                new Untrusted(
                                        "--- a/src/login.py\n+++ b/src/login.py\n@@ -1 +1 @@\n-TIMEOUT = 1\n+TIMEOUT = settings.timeout\n"))
                        : Optional.empty());
    }

    /** A request to do some tasks of a plan that has four: from one, counted from 0, up to another. */
    public static AgentRequest leg(int from, int to) {
        AgentRequest full = full(StageKind.IMPLEMENT);
        Plan plan = Examples.plan("-", "-", "other", "-");
        return new AgentRequest(
                full.agent(),
                full.stage(),
                Optional.of(Leg.of(plan, from, to)),
                full.issue(),
                Optional.of(plan),
                List.of(),
                full.base(),
                full.limits(),
                full.conversation(),
                full.diff());
    }

    /** The same request with other words of people. */
    public static AgentRequest with(
            AgentRequest request, Untrusted title, Untrusted body, List<AgentRequest.Said> comments) {
        var issue = new AgentRequest.IssueText(
                request.issue().number(),
                title,
                body,
                request.issue().type(),
                request.issue().labels(),
                comments);
        return new AgentRequest(
                request.agent(),
                request.stage(),
                request.leg(),
                issue,
                request.plan(),
                request.feedback(),
                request.base(),
                request.limits(),
                request.conversation(),
                request.diff());
    }

    /** The same request as part of that conversation. */
    public static AgentRequest in(AgentRequest request, AgentRequest.Conversation conversation) {
        return new AgentRequest(
                request.agent(),
                request.stage(),
                request.leg(),
                request.issue(),
                request.plan(),
                request.feedback(),
                request.base(),
                request.limits(),
                conversation,
                request.diff());
    }

    /** A comment. */
    public static AgentRequest.Said said(long id, String body) {
        return new AgentRequest.Said(id, ANN, new Untrusted(body));
    }

    private static AgentRequest.Base base() {
        return new AgentRequest.Base("main", new Sha("0123456789abcdef0123456789abcdef01234567"));
    }
}
