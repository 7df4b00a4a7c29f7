package dev.pawl.domain;

import dev.pawl.domain.decide.Snapshot;
import dev.pawl.domain.decide.StateFound;
import dev.pawl.domain.decide.Trigger;
import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Comment;
import dev.pawl.domain.model.Issue;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Permission;
import dev.pawl.domain.model.Plan;
import dev.pawl.domain.model.Repository;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.DefaultWorkflows;
import dev.pawl.domain.policy.IsolationRule;
import dev.pawl.domain.policy.Limits;
import dev.pawl.domain.policy.MergeRules;
import dev.pawl.domain.policy.PathRules;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.Stage;
import dev.pawl.domain.policy.ValidationRules;
import dev.pawl.domain.policy.Workflow;
import dev.pawl.domain.state.RunState;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Values that tests begin with. */
public final class Examples {
    public static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    public static final Actor MAINTAINER = new Actor(11, "maintainer", Actor.Kind.USER);
    public static final Actor AUTHOR = new Actor(12, "author", Actor.Kind.USER);
    public static final Actor STRANGER = new Actor(13, "stranger", Actor.Kind.USER);
    public static final Actor BOT = new Actor(14, "helper[bot]", Actor.Kind.BOT);
    public static final Repository REPOSITORY = new Repository(1296269, "octo", "shop");

    private Examples() {}

    public static Policy policy() {
        return policy(List.of(new ValidationRules.Command(
                "test", List.of("./test"), ValidationRules.Command.DEFAULT_TIMEOUT, true, List.of())));
    }

    public static Policy policy(List<ValidationRules.Command> commands) {
        return policy(commands, Limits.DEFAULT);
    }

    /** With so many attempts for each stage. */
    public static Policy policy(int attempts) {
        Limits limits = Limits.DEFAULT;
        return policy(
                policy().validation().commands(),
                new Limits(
                        attempts,
                        limits.runsPerIssue(),
                        limits.runsPerHour(),
                        limits.costPerIssue(),
                        limits.costPerDay(),
                        limits.questions(),
                        limits.concurrent(),
                        limits.lease(),
                        limits.waitForForge()));
    }

    private static Policy policy(List<ValidationRules.Command> commands, Limits limits) {
        return new Policy(
                new Policy.Start("pawl", Permission.WRITE, List.of("needs-design"), List.of()),
                DefaultWorkflows.types(),
                DefaultWorkflows.workflows(),
                Map.of(
                        "mine",
                        new AgentSpec("mine", AgentSpec.Kind.COMMAND, Optional.empty(), List.of("./a"), List.of())),
                Map.of("default", "mine"),
                new ValidationRules(commands),
                new Policy.Branch("pawl", Optional.empty()),
                new Policy.Author("pawl[bot]", "pawl@users.noreply.github.com"),
                new Policy.PullRequests(false, List.of(), List.of()),
                PathRules.DEFAULT,
                limits,
                Policy.DEFAULT_LEDGER,
                Map.of(),
                IsolationRule.BEST_EFFORT,
                MergeRules.DEFAULT,
                false);
    }

    /** The same policy with these agents, the first of which does what no other is named for. */
    public static Policy policy(Policy other, AgentSpec... agents) {
        return new Policy(
                other.start(),
                other.types(),
                other.workflows(),
                Arrays.stream(agents).collect(Collectors.toMap(AgentSpec::name, a -> a)),
                Map.of("default", agents[0].name()),
                other.validation(),
                other.branch(),
                other.author(),
                other.pullRequest(),
                other.paths(),
                other.limits(),
                other.ledgerPrefix(),
                other.prices(),
                IsolationRule.BEST_EFFORT,
                MergeRules.DEFAULT,
                false);
    }

    /** The same policy, whose bugs have that stage instead of the one of its kind. */
    public static Policy policy(Policy other, Stage stage) {
        var workflows = new HashMap<>(other.workflows());
        workflows.computeIfPresent(
                "bug",
                (name, bug) -> new Workflow(
                        name,
                        bug.stages().stream()
                                .map(s -> s.kind() == stage.kind() ? stage : s)
                                .toList(),
                        bug.close()));
        return new Policy(
                other.start(),
                other.types(),
                workflows,
                other.agents(),
                other.roles(),
                other.validation(),
                other.branch(),
                other.author(),
                other.pullRequest(),
                other.paths(),
                other.limits(),
                other.ledgerPrefix(),
                other.prices(),
                IsolationRule.BEST_EFFORT,
                MergeRules.DEFAULT,
                false);
    }

    /** Two programs that do what they are told: {@code mine} and {@code other}. */
    public static AgentSpec[] mineAndOther() {
        return Stream.of("mine", "other")
                .map(name ->
                        new AgentSpec(name, AgentSpec.Kind.COMMAND, Optional.empty(), List.of("./" + name), List.of()))
                .toArray(AgentSpec[]::new);
    }

    /** A plan whose tasks are given as {@code agent/tier}, either of them {@code -} for none. */
    public static Plan plan(String... tasks) {
        return new Plan(
                new Untrusted("Read it from the settings."),
                IntStream.range(0, tasks.length)
                        .mapToObj(i -> task(i + 1, tasks[i].split("/")))
                        .toList(),
                List.of(),
                List.of(new Untrusted("The tests pass.")));
    }

    private static Plan.Task task(int number, String... wishes) {
        return new Plan.Task(
                "T" + number,
                new Untrusted("Step " + number),
                "implement",
                Optional.empty(),
                List.of(),
                Optional.of(wishes[0]).filter(w -> !w.equals("-")),
                Optional.of(wishes[wishes.length - 1]).filter(w -> wishes.length > 1 && !w.equals("-")));
    }

    public static Issue issue(String title, String body, String... labels) {
        return new Issue(
                4200,
                42,
                new Untrusted(title),
                new Untrusted(body),
                AUTHOR,
                true,
                false,
                List.of(labels),
                Optional.empty(),
                0,
                NOW);
    }

    public static Issue bug() {
        return issue(
                "Login times out", "Sign in, wait for five minutes, click anything: an error page.", "bug", "pawl");
    }

    public static Comment says(long id, Actor author, String text) {
        var commands = text.startsWith("/pawl")
                ? List.of(new Comment.CommandLine(text.substring(5).strip(), Untrusted.EMPTY))
                : List.<Comment.CommandLine>of();
        return new Comment(id, author, new Untrusted(text), commands, NOW.plusSeconds(id), NOW.plusSeconds(id));
    }

    public static Trigger labeled(Actor by) {
        return new Trigger.IssueTouched(42, "labeled", by, Optional.of("pawl"), Optional.empty(), Optional.empty());
    }

    public static Trigger doorbell() {
        return new Trigger.Continued(42, 1);
    }

    public static Snapshot snapshot(Issue issue, Trigger trigger) {
        return new Snapshot(
                REPOSITORY,
                issue,
                List.of(),
                List.of(),
                new StateFound.None(),
                Optional.empty(),
                trigger,
                Snapshot.Known.NOTHING
                        .with(MAINTAINER, Permission.WRITE)
                        .with(AUTHOR, Permission.READ)
                        .with(STRANGER, Permission.NONE));
    }

    public static Snapshot snapshot(RunState state, List<Comment> comments, List<Note> notes) {
        Snapshot bare = snapshot(bug(), doorbell());
        return new Snapshot(
                REPOSITORY,
                bare.issue(),
                comments,
                notes,
                new StateFound.Found(100, state),
                Optional.empty(),
                bare.trigger(),
                bare.known());
    }
}
