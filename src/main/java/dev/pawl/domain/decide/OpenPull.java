package dev.pawl.domain.decide;

import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.PullFacts;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.Waiting;
import dev.pawl.domain.state.Waiting.Reason;
import dev.pawl.domain.text.MergeText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What is to be done once the pull request is open: merge it, or say what that waits for. */
record OpenPull(Snapshot snapshot, Policy policy, Instant now, Authority authority, Commands.StartDue starts) {
    /** How long nobody must have said anything on its lines before that is taken up: whoever writes may not be done. */
    static final Duration QUIET = Duration.ofMinutes(2);

    /** Whether the run has come to where its pull request decides how it goes on. */
    static boolean concerns(RunState state) {
        return state.waiting()
                .map(Waiting::reason)
                .filter(r -> r == Reason.REVIEW || r == Reason.MERGE || r == Reason.CHECKS || r == Reason.CONFLICT)
                .isPresent();
    }

    /**
     * What to do with a run whose pull request is open.
     *
     * @param command the comment whose command asks
     */
    Decision decide(RunState before, OptionalLong command) {
        return decide(before, Runs.merging(before, policy), command);
    }

    private Decision decide(RunState before, RunState going, OptionalLong command) {
        if (snapshot.pull().isEmpty()) {
            return waitsForPeople(before, going, command);
        }
        Optional<PullSeen> seen = snapshot.known().pull();
        if (seen.isEmpty()) {
            return new Decision.Ask.Pull();
        }
        Optional<PullFacts> facts = seen.get().facts();
        if (facts.isEmpty()) {
            return waitsForPeople(before, going, command);
        }
        var repairs = new Repairs(policy, facts.get());
        RunState state = new BaseUpdate(facts.get(), repairs.remembered(going), policy).fitting();
        return round(before, state, facts.get(), command)
                .or(() -> update(before, state, facts.get(), command))
                .or(() -> repair(before, state, repairs, command))
                .or(() -> unfinished(state, command))
                .orElseGet(() -> merges(state)
                        ? merging(before, state, seen.get(), facts.get(), command)
                        : waitsForPeople(before, state, command));
    }

    /** What was validated last didn't pass, and whoever was to repair it left it to people: it is validated again. */
    private Optional<Decision> unfinished(RunState state, OptionalLong command) {
        return state.due().filter(s -> s.kind() != StageKind.MERGE).map(_ -> starts.start(state.goingOn(), command));
    }

    /** Takes in what the base has, where there is a conflict or a rule that asks for it. */
    private Optional<Decision> update(RunState before, RunState state, PullFacts facts, OptionalLong command) {
        var update = new BaseUpdate(facts, state, policy);
        if (!update.isDue()) {
            return Optional.empty();
        }
        return update.forPeople()
                .map(why -> waits(
                        before, state, IssueState.WAITING_ON_HUMAN, waiting(state, Reason.CONFLICT, why), command))
                .or(() -> Optional.of(starts.start(update.begun(), command)));
    }

    private Decision waitsForPeople(RunState before, RunState state, OptionalLong command) {
        return waits(before, state, IssueState.WAITING_ON_REVIEW, waiting(state, Reason.REVIEW, ""), command);
    }

    private boolean merges(RunState state) {
        return policy.merge().enabled()
                && state.due()
                        .map(StageRecord::kind)
                        .filter(StageKind.MERGE::equals)
                        .isPresent();
    }

    private Decision merging(RunState before, RunState state, PullSeen seen, PullFacts facts, OptionalLong command) {
        if (command.isEmpty() && isRefused(state)) {
            return new Decision.Wait(state, state.waiting().orElseThrow());
        }
        return switch (new Gates(snapshot, policy, state, authority).look(seen, facts)) {
            case Gates.Looked.Unknown(Decision.Ask ask) -> ask;
            case Gates.Looked.Closed(List<Gate> gates) ->
                gates.isEmpty() ? merge(state, command) : waits(before, state, gates, command);
        };
    }

    /** Answers reviewers, where something waits for an answer. */
    private Optional<Decision> round(RunState before, RunState state, PullFacts facts, OptionalLong command) {
        Optional<Actor> unknown = ReviewRound.unknown(facts, state, authority);
        if (unknown.isPresent()) {
            return Optional.of(new Decision.Ask.PermissionOf(unknown.get()));
        }
        ReviewRound round = ReviewRound.of(facts, state, authority);
        if (round.items().isEmpty()) {
            return Optional.empty();
        }
        Instant quiet = round.newest().orElseThrow().plus(QUIET);
        if (!round.isFinished() && now.isBefore(quiet)) {
            var waiting = new Waiting(
                    Reason.REVIEW, state.waiting().map(Waiting::since).orElse(now), Optional.of(quiet), "");
            return Optional.of(waits(before, state, IssueState.WAITING_ON_REVIEW, waiting, command));
        }
        RunState revising = Runs.revising(state, StageKind.ADDRESS_REVIEW).goingOn();
        int most = policy.attempts(Runs.configured(state, policy, StageKind.ADDRESS_REVIEW));
        if (state.after().rounds() >= most) {
            var waiting = new Waiting(
                    Reason.ROUNDS, now, Optional.empty(), state.after().rounds() + " of " + most);
            return Optional.of(new Decision.Escalate(revising.waiting(IssueState.WAITING_ON_HUMAN, waiting), command));
        }
        return Optional.of(starts.start(revising, command));
    }

    /** Repairs failing checks, or turns to a person where that is no use any more. */
    private Optional<Decision> repair(RunState before, RunState state, Repairs repairs, OptionalLong command) {
        Optional<String> givenUp = repairs.givenUp(state);
        if (!repairs.areDue() || (givenUp.isPresent() && merges(state) && !repairs.holdUpAMerge())) {
            return Optional.empty();
        }
        return Optional.of(givenUp.map(why ->
                        waits(before, state, IssueState.WAITING_ON_HUMAN, waiting(state, Reason.CHECKS, why), command))
                .orElseGet(() ->
                        starts.start(Runs.revising(state, StageKind.FIX_CI).goingOn(), command)));
    }

    /** What a stage that revises the pull request has to see of it before it starts. */
    Optional<Decision> unseen(StageKind kind, RunState state) {
        if (!kind.revises()) {
            return Optional.empty();
        }
        Optional<PullSeen> seen = snapshot.known().pull();
        return seen.isEmpty()
                ? Optional.of(new Decision.Ask.Pull())
                : seen.get()
                        .facts()
                        .filter(_ -> kind != StageKind.UPDATE_BRANCH)
                        .flatMap(facts -> ReviewRound.unknown(facts, state, authority))
                        .map(Decision.Ask.PermissionOf::new);
    }

    /** Somebody who may opened the pull request again, whose closing had ended the run: the run goes on where it was. */
    Optional<Decision> reopened(RunState ended) {
        boolean open = snapshot.pull()
                .filter(p -> p.status() == PullRequest.Status.OPEN)
                .isPresent();
        if (!open
                || ended.state() != IssueState.CLOSED_UNRESOLVED
                || !(snapshot.trigger() instanceof Trigger.PullTouched(int _, Actor actor, boolean reopened))
                || !reopened) {
            return Optional.empty();
        }
        Optional<Boolean> may = authority.maySteer(actor);
        if (may.isEmpty()) {
            return Optional.of(new Decision.Ask.PermissionOf(actor));
        }
        return may.filter(yes -> yes).map(_ -> goesOn(ended));
    }

    private Decision goesOn(RunState ended) {
        boolean done = ended.due().filter(s -> s.kind() != StageKind.MERGE).isEmpty();
        if (!done) {
            return starts.start(ended.in(IssueState.IN_PROGRESS), OptionalLong.empty());
        }
        var waiting = new Waiting(Reason.REVIEW, now, Optional.empty(), "");
        RunState open = Runs.merging(ended.waiting(IssueState.WAITING_ON_REVIEW, waiting), policy);
        return decide(ended, open, OptionalLong.empty());
    }

    /** GitHub refused the merge a moment ago. */
    private boolean isRefused(RunState state) {
        return state.waiting()
                .filter(w -> w.reason() == Reason.MERGE)
                .flatMap(Waiting::until)
                .filter(until -> now.isBefore(until))
                .isPresent();
    }

    private static Decision merge(RunState state, OptionalLong command) {
        RunState started =
                state.goingOn().change(StageKind.MERGE, StageRecord::started).in(Runs.during(StageKind.MERGE));
        return new Decision.Start(StageKind.MERGE, started, command);
    }

    private Decision waits(RunState before, RunState state, List<Gate> gates, OptionalLong command) {
        boolean people = gates.stream().allMatch(Gate::isForPeople);
        return waits(
                before,
                state,
                people ? IssueState.WAITING_ON_HUMAN : IssueState.WAITING_ON_REVIEW,
                waiting(state, Reason.MERGE, MergeText.closed(gates)),
                command);
    }

    /** A wait that was said before keeps its beginning, and isn't written again. */
    private Waiting waiting(RunState state, Reason reason, String detail) {
        return state.waiting()
                .filter(w -> w.reason() == reason && w.detail().equals(detail))
                .filter(w -> w.until().isEmpty())
                .orElseGet(() -> new Waiting(reason, now, Optional.empty(), detail));
    }

    private static Decision waits(
            RunState before, RunState state, IssueState in, Waiting waiting, OptionalLong command) {
        RunState next = state.waiting(in, waiting);
        return command.isEmpty() && next.equals(before)
                ? new Decision.Wait(before, waiting)
                : new Decision.Escalate(next, command);
    }
}
