package dev.pawl.domain.stage;

import dev.pawl.domain.decide.ReviewRound;
import dev.pawl.domain.decide.Runs;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Feedback;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.AgentSession;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.port.Workspace;
import dev.pawl.domain.state.Document;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.text.ReviewText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Answers reviewers: one commit, a reply in each conversation, and a request to look again. What the agent says is
 * written on the issue before the push, so that an invocation that dies behind it leaves the replies to the next one.
 */
record AddressReview() implements StageWork {
    @Override
    public Conclusion conclude(Context context, Work work) {
        return switch (work) {
            case Work.Asked(AgentOutcome.Failed failure, var _) -> Ends.failed(context, failure);
            case Work.Asked(AgentOutcome.Finished(AgentResult result, Usage usage), var change) ->
                worked(context, result, usage, change.orElseThrow());
            case Work.Found(BranchName branch, Sha head, Usage usage, OptionalInt _) -> {
                RunState state = Ends.booked(context, usage, AgentSession.NONE);
                yield done(context, state, usage, new Done(Optional.of(new Pushed(branch, head)), noted(context)));
            }
            case Work.Rules _, Work.Validated _, Work.Dispatched _, Work.Repeatable _ ->
                throw new IllegalArgumentException("address_review does no such work");
        };
    }

    private static Conclusion worked(Context context, AgentResult result, Usage usage, Work.Change change) {
        RunState state = Ends.booked(context, usage, result.session());
        Optional<Conclusion> undone = Ends.undone(context, state, result, usage);
        if (undone.isPresent()) {
            return undone.get();
        }
        List<Feedback> replies = result.replies().stream()
                .map(r -> new Feedback(r.id(), Feedback.Kind.REVIEW, r.text(), Optional.empty(), OptionalInt.empty()))
                .toList();
        return switch (change.changes()) {
            case Workspace.Changes.None() ->
                replies.isEmpty()
                        ? Ends.attempt(
                                context,
                                state,
                                FailureKind.AGENT_RESULT,
                                "nothing was changed, and nothing answered",
                                usage)
                        : done(context, state, usage, new Done(Optional.empty(), replies));
            case Workspace.Changes.Refused(List<String> reasons) ->
                Ends.attempt(context, state, FailureKind.AGENT_RESULT, "a change was refused", reasons, usage);
            case Workspace.Changes.Accepted _ -> {
                var pushed = new Pushed(change.branch(), change.commit().orElseThrow());
                yield done(context, state, usage, new Done(Optional.of(pushed), replies));
            }
        };
    }

    /**
     * What was done.
     *
     * @param pushed the commit, where there is one
     * @param replies what the agent says to what it was told, by its id
     */
    private record Done(Optional<Pushed> pushed, List<Feedback> replies) {
        Optional<Untrusted> to(String id) {
            return replies.stream()
                    .filter(r -> r.id().equals(id))
                    .map(Feedback::text)
                    .findFirst();
        }
    }

    private record Pushed(BranchName branch, Sha head) {}

    private static String key(Context context) {
        int attempt =
                context.state().stage(context.kind()).map(StageRecord::attempts).orElse(1);
        return "round-" + attempt;
    }

    /** What an invocation that died behind its push had written before it. */
    private static List<Feedback> noted(Context context) {
        return context.snapshot().notes().stream()
                .filter(n -> n.topic() == Note.Topic.REPLY)
                .filter(n -> n.run().equals(context.state().id().run()))
                .filter(n -> n.key().equals(key(context)))
                .flatMap(n -> n.data().stream())
                .flatMap(d ->
                        d instanceof Note.Data.Said(List<Feedback> said) ? said.stream() : List.<Feedback>of().stream())
                .toList();
    }

    private static Conclusion done(Context context, RunState state, Usage usage, Done done) {
        ReviewRound round = ReviewRound.told(context.snapshot(), context.state(), context.policy());
        var effects = new ArrayList<Effect>();
        if (!round.items().isEmpty()) {
            effects.add(Ends.note(
                    context,
                    Note.Topic.REPLY,
                    key(context),
                    ReviewText.round(round, done::to),
                    Optional.of(new Note.Data.Said(done.replies()))));
        }
        done.pushed().ifPresent(p -> effects.add(new Effect.EnsureBranch(p.branch(), p.head())));
        effects.addAll(answers(context, round, done));
        RunState heard = round.newest()
                .map(at -> state.with(state.after().answering(at)))
                .orElse(state)
                .without(Document.FEEDBACK);
        RunState next = done.pushed()
                .map(p -> Runs.validatingAgain(heard.with(heard.work().at(p.branch(), p.head()))))
                .orElse(heard);
        String result = done.pushed().map(p -> p.head().abbreviated()).orElse("answered without a change");
        return Ends.succeeded(context, next, usage, result, effects);
    }

    private static List<Effect> answers(Context context, ReviewRound round, Done done) {
        var effects = new ArrayList<Effect>();
        int pull = context.state().work().pull().orElseThrow();
        for (ReviewRound.Item item : round.items()) {
            item.comment()
                    .ifPresent(comment -> effects.add(new Effect.EnsureReply(
                            pull,
                            comment,
                            key(context),
                            context.state().id().run(),
                            ReviewText.reply(
                                    done.to(item.feedback().id()), done.pushed().isPresent()))));
        }
        if (done.pushed().isPresent() && context.policy().pullRequest().resolveThreads()) {
            round.items()
                    .forEach(item ->
                            item.thread().map(Effect.EnsureResolved::new).ifPresent(effects::add));
        }
        if (!round.items().isEmpty()) {
            effects.add(new Effect.EnsureAsked(pull, round.reviewers()));
        }
        return effects;
    }
}
