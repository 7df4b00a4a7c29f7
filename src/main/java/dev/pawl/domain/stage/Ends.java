package dev.pawl.domain.stage;

import dev.pawl.domain.decide.Runs;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.Feedback;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.AgentSession;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.state.Document;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.StageStatus;
import dev.pawl.domain.state.Waiting;
import dev.pawl.domain.text.Documents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ways in which a stage can end, each the same for all kinds. */
final class Ends {
    /** How long to wait for a provider that names no time. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private Ends() {}

    /** The agent's usage and session are on the books. */
    static RunState booked(Context context, Usage usage, AgentSession session) {
        RunState state = context.state();
        var tokens = new StageRecord.Tokens(usage.inputTokens(), usage.outputTokens(), usage.unpricedTokens());
        RunState spent = state.with(state.spending().use(usage.cost(), usage.inputTokens(), usage.outputTokens()))
                .change(context.kind(), s -> s.used(tokens));
        Optional<String> key = context.agent().map(a -> sessionKey(context.kind(), a.name()));
        return key.map(k -> spent.session(
                        k,
                        session.id()
                                .or(() -> Optional.ofNullable(spent.sessions().get(k)))))
                .orElse(spent);
    }

    /** Where an agent's session for a stage is kept. */
    static String sessionKey(StageKind kind, String agent) {
        return kind.word() + "/" + agent;
    }

    /** The stage is done; the next one is due. */
    static Conclusion succeeded(Context context, RunState state, Usage usage, String result, List<Effect> effects) {
        RunState done = state.change(
                        context.kind(), s -> s.ended(StageStatus.SUCCEEDED, result, context.seconds(), usage.cost()))
                .with(state.spending().progressed())
                .without(Document.REJECTED);
        return new Conclusion(Conclusion.Result.ADVANCED, next(done, context), effects);
    }

    /** Some of the stage's work is done, and it is due again for the rest; the attempts are given back. */
    static Conclusion goesOn(Context context, RunState state, Usage usage, String result, List<Effect> effects) {
        Conclusion done = succeeded(context, state, usage, result, effects);
        RunState again = done.state()
                .change(context.kind(), s -> s.as(StageStatus.PENDING))
                .in(Runs.during(context.kind()));
        return new Conclusion(done.result(), again, done.effects());
    }

    /** The run between two stages: what stands in the way of nothing is passed over. */
    static RunState next(RunState state, Context context) {
        RunState next = Runs.skippingIdle(state, context.policy());
        return next.due()
                .map(due -> next.in(Runs.before(next, due.kind())))
                .orElseGet(() -> next.work().pull().isPresent()
                        ? next.waiting(
                                IssueState.WAITING_ON_REVIEW,
                                new Waiting(Waiting.Reason.REVIEW, context.now(), Optional.empty(), ""))
                        : next.in(IssueState.COMPLETED));
    }

    /** The stage waits for people. */
    static Conclusion waits(
            Context context, RunState state, Usage usage, IssueState in, Waiting.Reason reason, List<Effect> effects) {
        String result =
                switch (reason) {
                    case PLAN_APPROVAL -> "waiting for approval";
                    case ANSWERS -> "waiting for answers";
                    default -> reason.word();
                };
        RunState waiting = state.change(
                        context.kind(), s -> s.ended(StageStatus.WAITING, result, context.seconds(), usage.cost()))
                .waiting(in, new Waiting(reason, context.now(), Optional.empty(), ""));
        return new Conclusion(Conclusion.Result.WAITING, waiting, effects);
    }

    /** The agent failed; how that counts follows from the kind of failure alone. */
    static Conclusion failed(Context context, AgentOutcome.Failed failure) {
        RunState booked = booked(context, failure.usage(), failure.session());
        return switch (failure.kind().cost()) {
            case ATTEMPT ->
                attempt(context, booked, failure.kind(), failure.reason(), failure.details(), failure.usage());
            case NOTHING -> uncounted(context, booked, failure);
            case OWN_COUNTER ->
                throw new IllegalArgumentException(
                        "no agent fails like that: " + failure.kind().word());
        };
    }

    /** How a stage ends whose agent asks people, or gave up; empty where it did its work. */
    static Optional<Conclusion> undone(Context context, RunState state, AgentResult result, Usage usage) {
        return switch (result.status()) {
            case OK -> Optional.empty();
            case NEEDS_INPUT -> Optional.of(Clarify.ask(context, state, result.questions(), usage));
            case FAILED -> Optional.of(attempt(context, state, FailureKind.AGENT_RESULT, "the agent gave up", usage));
        };
    }

    /** One attempt is used up, for a reason that needs no more words. */
    static Conclusion attempt(Context context, RunState state, FailureKind kind, String reason, Usage usage) {
        return attempt(context, state, kind, reason, List.of(), usage);
    }

    /** One attempt is used up; the last one stops the run. The details are said on the issue, and to the next attempt. */
    static Conclusion attempt(
            Context context, RunState state, FailureKind kind, String reason, List<String> details, Usage usage) {
        List<Effect> effects = details.isEmpty() ? List.of() : List.of(rejection(context, reason, details));
        boolean alike = state.stage(context.kind())
                .flatMap(s -> s.last())
                .filter(kind::equals)
                .isPresent();
        RunState counted = state.change(
                context.kind(),
                s -> s.withFailure(kind)
                        .ended(StageStatus.FAILED, kind.word() + " (" + reason + ")", context.seconds(), usage.cost()));
        RunState cold = alike
                ? context.agent()
                        .map(a -> counted.session(sessionKey(context.kind(), a.name()), Optional.empty()))
                        .orElse(counted)
                : counted;
        int used = cold.stage(context.kind()).map(s -> s.attemptsUsed()).orElse(0);
        int allowed = context.policy().attempts(context.stage());
        if (used >= allowed && context.stage().optional()) {
            RunState passed = cold.change(
                    context.kind(), s -> s.ended(StageStatus.SKIPPED, "it failed, and is optional", 0, Usd.ZERO));
            return new Conclusion(Conclusion.Result.ADVANCED, next(passed, context), effects);
        }
        if (used >= allowed) {
            return blocked(
                            context,
                            cold,
                            Waiting.Reason.ATTEMPTS,
                            context.kind().word() + ": " + used + " of " + allowed)
                    .after(effects);
        }
        return new Conclusion(Conclusion.Result.FAILED, cold.in(Runs.during(context.kind())), effects);
    }

    private static Effect rejection(Context context, String reason, List<String> details) {
        int attempt =
                context.state().stage(context.kind()).map(s -> s.attempts()).orElse(1);
        var feedback = new Feedback(
                "attempt-" + attempt,
                Feedback.Kind.REJECTED,
                new Untrusted(reason + ":\n- " + String.join("\n- ", details)),
                Optional.empty(),
                OptionalInt.empty());
        return note(
                context,
                Note.Topic.NOTICE,
                context.kind().word() + "-" + attempt,
                Documents.rejection(context.kind(), attempt, reason, details),
                Optional.of(new Note.Data.Said(List.of(feedback))));
    }

    private static Conclusion uncounted(Context context, RunState state, AgentOutcome.Failed failure) {
        RunState pending = state.change(
                context.kind(),
                s -> s.ended(
                        StageStatus.PENDING,
                        "",
                        context.seconds(),
                        failure.usage().cost()));
        FailureKind kind = failure.kind();
        if (kind == FailureKind.PROVIDER_LIMIT || kind == FailureKind.PROVIDER_OUTAGE) {
            Instant latest = context.now().plus(Duration.ofHours(24));
            Instant until = failure.retryAt()
                    .filter(t -> t.isAfter(context.now()))
                    .map(t -> t.isBefore(latest) ? t : latest)
                    .orElse(context.now().plus(PATIENCE));
            String detail = Stream.concat(Stream.of(kind.word()), failure.details().stream())
                    .collect(Collectors.joining(": "));
            var waiting = new Waiting(Waiting.Reason.PROVIDER, context.now(), Optional.of(until), detail);
            return new Conclusion(
                    Conclusion.Result.WAITING, pending.waiting(Runs.during(context.kind()), waiting), List.of());
        }
        return blocked(context, pending, Waiting.Reason.ACCESS, failure.reason());
    }

    /** The run stops until a person acts. */
    static Conclusion blocked(Context context, RunState state, Waiting.Reason reason, String detail) {
        RunState stopped =
                state.waiting(IssueState.BLOCKED, new Waiting(reason, context.now(), Optional.empty(), detail));
        return new Conclusion(Conclusion.Result.BLOCKED, stopped, List.of());
    }

    /** The work goes back to the stage that made it, with what this one found; its own counter says how often. */
    static Conclusion sentBack(
            Context context, RunState state, FailureKind kind, String result, Usage usage, Effect.EnsureNote findings) {
        if (context.stage().optional()) {
            RunState passed = state.change(
                    context.kind(),
                    s -> s.ended(StageStatus.SKIPPED, result + ", and optional", context.seconds(), usage.cost()));
            return new Conclusion(Conclusion.Result.ADVANCED, next(passed, context), List.of(findings));
        }
        StageKind producer = Runs.producer(state);
        RunState counted = state.change(
                        context.kind(), s -> s.ended(StageStatus.FAILED, result, context.seconds(), usage.cost()))
                .change(producer, s -> s.withFailure(kind));
        RunState back = Runs.back(counted, producer, context.kind());
        List<Effect> effects = List.of(findings);
        int used = back.stage(producer).map(s -> s.failed(kind)).orElse(0);
        int allowed = context.policy().attempts(Runs.configured(state, context.policy(), producer));
        if (used >= allowed) {
            return blocked(context, back, Waiting.Reason.ATTEMPTS, kind.word() + ": " + used + " of " + allowed)
                    .after(effects);
        }
        return new Conclusion(
                Conclusion.Result.FAILED,
                back.in(IssueState.IN_PROGRESS).with(back.spending().progressed()),
                effects);
    }

    /** A comment of ours that the run will read again. */
    static Effect.EnsureNote note(
            Context context, Note.Topic topic, String key, String body, Optional<Note.Data> data) {
        return new Effect.EnsureNote(topic, key, context.state().id().run(), body, data);
    }

    /** An end that has no money in it. */
    static Usage free() {
        return new Usage(Optional.empty(), 0, 0, Usd.ZERO, 0);
    }
}
