package dev.pawl.domain.stage;

import static dev.pawl.domain.Examples.MAINTAINER;
import static dev.pawl.domain.Examples.NOW;
import static dev.pawl.domain.Examples.doorbell;
import static dev.pawl.domain.Examples.issue;
import static dev.pawl.domain.Examples.labeled;
import static dev.pawl.domain.Examples.mineAndOther;
import static dev.pawl.domain.Examples.plan;
import static dev.pawl.domain.Examples.policy;
import static dev.pawl.domain.Examples.says;
import static dev.pawl.domain.Examples.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.decide.AgentUse;
import dev.pawl.domain.decide.Decider;
import dev.pawl.domain.decide.Decision;
import dev.pawl.domain.decide.Reply;
import dev.pawl.domain.decide.Snapshot;
import dev.pawl.domain.decide.StateFound;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Comment;
import dev.pawl.domain.model.Feedback;
import dev.pawl.domain.model.Issue;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Plan;
import dev.pawl.domain.model.Readiness;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.AgentSession;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.port.Validation;
import dev.pawl.domain.port.Workspace;
import dev.pawl.domain.state.Document;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.Spending;
import dev.pawl.domain.state.Waiting;
import dev.pawl.domain.text.Sentences;
import dev.pawl.domain.text.StateText;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The whole state machine, explored breadth-first: every reachable state has a way out, a name and a sentence. What
 * can happen to a stage is everything that a stage's work can be; what people can do is every command.
 */
class StateMachineTest {
    private static final Policy POLICY = policy(policy(2), mineAndOther());
    private static final BranchName BRANCH = new BranchName("pawl/42-a");
    private static final Sha HEAD = new Sha("a".repeat(40));
    private static final List<String> COMMANDS = List.of(
            "approve", "revise less of it", "retry", "skip", "answer all of them", "pause", "resume", "stop", "status");

    private Plan plan = plan("-");

    @ParameterizedTest
    @CsvSource({"bug", "enhancement", "documentation"})
    void everyReachableStateHasAWayOutANameAndASentence(String label) {
        explore(issue("It times out after sign-in", "Sign in and wait for five minutes.", label, "pawl"));
    }

    @Test
    void researchToo() {
        explore(issue("research: which cache fits best", "Compare the three that we know.", "pawl"));
    }

    @Test
    void anIssueWithoutATypeToo() {
        explore(issue("Something about the basket is off", "It shows strange numbers at times.", "pawl"));
    }

    /** Three legs, and each may fail, be cut short, be retried, or come back from validation and review. */
    @Test
    void aPlanOfSeveralLegsToo() {
        plan = plan("-", "other", "-");

        Set<String> tasks = explore(issue("fix: It times out", "Sign in and wait for five minutes.", "pawl"));

        assertThat(tasks).containsExactlyInAnyOrder("tasks 1 of 3", "tasks 2 of 3");
    }

    /** Goes through all states, and gives what was said of tasks in them. */
    private Set<String> explore(Issue issue) {
        var start = (Decision.Start) Decider.decide(snapshot(issue, labeled(MAINTAINER)), POLICY, NOW);
        var queue = new ArrayDeque<RunState>(ends(issue, start));
        Set<String> seen = new HashSet<>();
        Set<IssueState> names = new HashSet<>();
        Set<String> tasks = new HashSet<>();
        while (!queue.isEmpty()) {
            RunState state = queue.poll().with(Spending.NONE);
            if (!seen.add(shape(state))) {
                continue;
            }
            assertThat(seen.size()).as("the machine is finite").isLessThan(60_000);
            names.add(state.state());
            assertThat(StateText.of(state, POLICY, Optional.empty()))
                    .contains(state.state().word());
            Sentences.tasks(state.work()).ifPresent(tasks::add);
            if (state.state().ended()) {
                continue;
            }
            assertThat(left(state)).as("tasks left over in %s", shape(state)).isZero();
            List<RunState> next = new ArrayList<>(moved(issue, decide(issue, state, List.of())));
            if (next.isEmpty()) {
                assertThat(state.waiting())
                        .as("a state that stands still says for what it waits: %s", shape(state))
                        .isPresent();
                assertThat(Sentences.waiting(state.waiting().get())).isNotBlank();
            }
            boolean wayOut = !next.isEmpty();
            for (String command : COMMANDS) {
                Decision decision = decide(issue, state, List.of(says(fresh(state), MAINTAINER, "/pawl " + command)));
                List<RunState> then = moved(issue, decision);
                wayOut = wayOut
                        || decision instanceof Decision.Start
                        || (decision instanceof Decision.Answer answer && answer.answer() == Reply.RESUMED);
                next.addAll(then);
            }
            boolean ends = state.waiting()
                    .filter(w -> w.reason() == Waiting.Reason.REVIEW)
                    .isPresent();
            assertThat(wayOut || ends).as("a way out of %s", shape(state)).isTrue();
            queue.addAll(next);
        }
        assertThat(names).contains(IssueState.BLOCKED, IssueState.CLOSED_UNRESOLVED);
        assertThat(seen.size()).as("states seen").isGreaterThan(50);
        return tasks;
    }

    /** Tasks of the plan that the stages behind implement would find undone. */
    private int left(RunState state) {
        boolean planned = state.documents().containsKey(Document.PLAN);
        boolean implemented = state.stage(StageKind.IMPLEMENT)
                .filter(s -> s.status().passed())
                .isPresent();
        return planned && implemented ? plan.tasks().size() - state.work().tasks() : 0;
    }

    /** A comment that nobody handled yet. */
    private static long fresh(RunState state) {
        return state.people().handled().stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(900)
                + 1;
    }

    private static Decision decide(Issue issue, RunState state, List<Comment> comments) {
        Snapshot bare = snapshot(issue, doorbell());
        var notes = new ArrayList<Note>();
        Document plan = state.documents().get(Document.PLAN);
        if (plan != null) {
            notes.add(new Note(
                    plan.comment(), Note.Topic.PLAN, "plan", state.id().run(), Optional.empty(), plan.hash(), "", NOW));
        }
        return Decider.decide(
                new Snapshot(
                        bare.repository(),
                        issue,
                        comments,
                        notes,
                        new StateFound.Found(100, state),
                        Optional.empty(),
                        bare.trigger(),
                        bare.known()),
                POLICY,
                NOW.plusSeconds(90_000));
    }

    private List<RunState> moved(Issue issue, Decision decision) {
        return switch (decision) {
            case Decision.Start start -> ends(issue, start);
            case Decision.Escalate(RunState state, var _) -> List.of(state);
            case Decision.Finish(RunState state) -> List.of(state);
            case Decision.Rebuild(RunState state, var _) -> List.of(state);
            case Decision.Answer(long _, var _, Optional<RunState> state) ->
                state.stream().toList();
            case Decision.Wait _, Decision.Nothing _, Decision.Refuse _, Decision.Notify _, Decision.Ask _ -> List.of();
        };
    }

    /** Every way in which a started stage can end, the crash that leaves it running among them. */
    private List<RunState> ends(Issue issue, Decision.Start start) {
        RunState based = start.state().with(start.state().work().onto("main"));
        Snapshot snapshot = asking(snapshot(issue, doorbell()), start);
        Optional<Plan> known = Optional.of(plan).filter(_ -> based.documents().containsKey(Document.PLAN));
        var bare = new Context(
                start.stage(), snapshot, POLICY, based, known, feedback(), List.of(), NOW, 1, Optional.empty());
        Context context = bare.assigned(Assignment.of(bare, Optional.empty()));
        var ends = new ArrayList<RunState>();
        ends.add(start.state());
        for (Work work : works(context)) {
            Conclusion conclusion = StageWork.of(start.stage()).conclude(context, work);
            ends.add(brought(conclusion));
        }
        return ends;
    }

    /** Every attempt before this one asked, the most that can be. */
    private static Snapshot asking(Snapshot bare, Decision.Start start) {
        int attempts = start.state().stage(start.stage()).orElseThrow().attempts();
        List<Note> notes = IntStream.range(1, attempts)
                .mapToObj(attempt -> new Note(
                        200 + attempt,
                        Note.Topic.QUESTIONS,
                        start.stage().word() + "-" + attempt,
                        start.state().id().run(),
                        Optional.empty(),
                        "",
                        "",
                        NOW))
                .toList();
        return new Snapshot(
                bare.repository(),
                bare.issue(),
                bare.comments(),
                notes,
                bare.state(),
                bare.pull(),
                bare.trigger(),
                bare.known());
    }

    private static RunState brought(Conclusion conclusion) {
        RunState state = conclusion.state();
        for (var effect : conclusion.effects()) {
            if (effect instanceof Effect.EnsureNote note && note.topic() == Note.Topic.PLAN) {
                state = state.with(Document.PLAN, new Document(200, "shown"));
            }
        }
        return state;
    }

    private static List<Feedback> feedback() {
        return List.of(new Feedback(
                "report", Feedback.Kind.ANSWER, new Untrusted("found"), Optional.empty(), OptionalInt.empty()));
    }

    private List<Work> works(Context context) {
        StageKind kind = context.kind();
        boolean byRules = kind == StageKind.TRIAGE && !AgentUse.of(kind, context.snapshot(), context.state(), POLICY);
        if (kind == StageKind.COMMENT_ISSUE || byRules) {
            return List.of(new Work.Rules());
        }
        if (kind == StageKind.VALIDATE) {
            var command = POLICY.validation().commands().getFirst();
            return List.of(
                    new Work.Validated(List.of(new Validation.Result(
                            command, Validation.Result.Status.PASSED, Duration.ZERO, List.of(), Untrusted.EMPTY))),
                    new Work.Validated(List.of(new Validation.Result(
                            command, Validation.Result.Status.FAILED, Duration.ZERO, List.of(), Untrusted.EMPTY))));
        }
        var works = new ArrayList<Work>();
        for (FailureKind failure : List.of(FailureKind.AGENT_CRASH, FailureKind.PROVIDER_LIMIT, FailureKind.ACCESS)) {
            works.add(new Work.Asked(
                    new AgentOutcome.Failed(failure, "it failed", List.of(), Optional.empty(), Usage.NONE),
                    change(kind)));
        }
        for (Readiness readiness : kind == StageKind.TRIAGE ? Readiness.values() : new Readiness[] {Readiness.READY}) {
            works.add(asked(kind, result(AgentResult.Status.OK, readiness, false)));
        }
        works.add(asked(kind, result(AgentResult.Status.OK, Readiness.READY, true)));
        if (kind == StageKind.IMPLEMENT) {
            works.add(new Work.Asked(
                    new AgentOutcome.Finished(result(AgentResult.Status.OK, Readiness.READY, false), Usage.NONE),
                    Optional.of(new Work.Change(new Workspace.Changes.None(), BRANCH, Optional.empty()))));
            works.add(new Work.Found(BRANCH, HEAD, Usage.NONE, OptionalInt.of(context.reaches())));
        }
        works.add(asked(kind, result(AgentResult.Status.NEEDS_INPUT, Readiness.READY, false)));
        works.add(asked(kind, result(AgentResult.Status.FAILED, Readiness.READY, false)));
        return works;
    }

    private static Work asked(StageKind kind, AgentResult result) {
        return new Work.Asked(new AgentOutcome.Finished(result, Usage.NONE), change(kind));
    }

    private static Optional<Work.Change> change(StageKind kind) {
        return kind.changesFiles()
                ? Optional.of(new Work.Change(new Workspace.Changes.Accepted(List.of("a")), BRANCH, Optional.of(HEAD)))
                : Optional.empty();
    }

    private AgentResult result(AgentResult.Status status, Readiness readiness, boolean blocking) {
        var text = new Untrusted("text");
        return new AgentResult(
                status,
                text,
                List.of(new AgentResult.Question(text, Optional.empty())),
                Optional.of(new AgentResult.Verdict(readiness, Optional.of("bug"), OptionalInt.empty(), text)),
                Optional.of(plan),
                List.of(new AgentResult.Finding(
                        blocking, Optional.empty(), OptionalInt.empty(), text, Optional.empty())),
                Optional.of(text),
                Optional.empty(),
                Optional.of(new AgentResult.PullRequestText(text, text, AgentResult.PullRequestText.Risk.LOW)),
                List.of(),
                AgentSession.NONE,
                text);
    }

    /** What of a state decides how it goes on: not its counts of money, time and handled commands. */
    private String shape(RunState state) {
        var shape = new StringBuilder(state.id().workflow())
                .append(' ')
                .append(state.state().word());
        state.waiting().ifPresent(w -> shape.append(" waits:").append(w.reason().word()));
        state.stages()
                .forEach(s -> shape.append(' ')
                        .append(
                                s.status().passed()
                                        ? "passed"
                                        : s.kind().word() + ":" + s.status().word())
                        .append(Math.min(2, s.attemptsUsed()))
                        .append(Math.min(2, s.failed(FailureKind.VALIDATION)))
                        .append(Math.min(2, s.failed(FailureKind.REVIEW_FINDINGS)))
                        .append(s.kind() == StageKind.CLARIFY ? Math.min(s.attempts(), 3) : 0));
        return shape.append(state.work().head().isPresent())
                .append(plan.tasks().size() > 1 ? state.work().tasks() : 0)
                .toString();
    }
}
