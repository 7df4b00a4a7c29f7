package dev.pawl.domain.decide;

import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Command;
import dev.pawl.domain.model.Comment;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Permission;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What is done where the state is gone, was put back to an older one, or can't be believed. */
record LostState(Snapshot snapshot, Policy policy, Instant now, Authority authority) {
    /** Whether there seems to have been a run, and nobody asked yet what is left of it. */
    boolean isToBeAskedAfter() {
        boolean labelled =
                Stream.of(IssueState.values()).anyMatch(s -> snapshot.issue().has("pawl:" + s.word()));
        boolean noted = snapshot.notes().stream().map(Note::run).anyMatch(run -> run.startsWith("r-"));
        boolean older = snapshot.state() instanceof StateFound.Older;
        return snapshot.known().remains().isEmpty() && (labelled || noted || older);
    }

    /** The decision to write the state again. */
    Decision rebuild(RunState state) {
        if (snapshot.issue().has(Decider.PAUSE_LABEL)) {
            return new Decision.Nothing(Why.PAUSED);
        }
        return rewritten(state, snapshot.state() instanceof StateFound.Older ? Loss.Kind.OLDER : Loss.Kind.GONE);
    }

    /** The same, whatever the state's comment says. */
    Decision rewritten(RunState state, Loss.Kind kind) {
        Loss loss = Rebuilding.loss(snapshot, kind);
        return led(
                state,
                leader -> answered(
                        leader,
                        c -> !c.created().isAfter(loss.saved()),
                        known -> new Decision.Rebuild(paused(known), loss)));
    }

    /** What follows, once it is known. */
    @FunctionalInterface
    interface Then {
        Decision with(RunState state);
    }

    /** The run, answered for by whoever put the label on, where the state that knew is gone. */
    private Decision led(RunState state, Then then) {
        boolean labelled = snapshot.issue().has(policy.start().label());
        if (state.people().startedBy() != 0 || !labelled) {
            return then.with(state);
        }
        Optional<Optional<Actor>> labeler = snapshot.known().labeler();
        if (labeler.isEmpty()) {
            return new Decision.Ask.Labeler();
        }
        return then.with(labeler.get()
                .map(by -> state.with(state.people().ledBy(by.id(), by.login())))
                .orElse(state));
    }

    /**
     * The run, with those commands answered that people who may wrote then. Those of others are refused as ever; and what
     * they said must not be taken for heard.
     */
    private Decision answered(RunState state, Predicate<Comment> then, Then next) {
        RunState.People people = state.people();
        for (Comment comment : commands(then)) {
            boolean byAuthor = comment.author().is(snapshot.issue().author())
                    && Command.parse(comment.commands().getFirst()) instanceof Command.Answer;
            Optional<Boolean> may = byAuthor ? Optional.of(true) : authority.maySteer(comment.author());
            if (may.isEmpty()) {
                return new Decision.Ask.PermissionOf(comment.author());
            }
            people = may.get() ? people.handled(comment.id()) : people;
        }
        return next.with(state.with(people));
    }

    private List<Comment> commands(Predicate<Comment> which) {
        return snapshot.comments().stream()
                .filter(c -> !c.commands().isEmpty())
                .filter(which)
                .toList();
    }

    /** Only a person can lift a pause: the last word of those that were answered counts. */
    private RunState paused(RunState state) {
        Optional<Command> last = Optional.empty();
        for (Comment comment : commands(c -> state.people().handled().contains(c.id()))) {
            Command command = Command.parse(comment.commands().getFirst());
            last = command instanceof Command.Pause
                            || command instanceof Command.Resume
                            || command instanceof Command.Retry
                    ? Optional.of(command)
                    : last;
        }
        return last.orElse(null) instanceof Command.Pause && !state.state().ended()
                ? state.waiting(
                        IssueState.WAITING_ON_HUMAN,
                        new Waiting(
                                Waiting.Reason.PAUSED,
                                now,
                                Optional.empty(),
                                state.state().word()))
                : state;
    }

    /** The run as it ended, with all commands until then answered. */
    Decision over(RunState state, Then next) {
        Instant saved = Rebuilding.loss(snapshot, Loss.Kind.GONE).saved();
        return answered(state, c -> !c.created().isAfter(saved), next);
    }

    /** The first {@code /pawl reset} that nobody answered: the one command that is heard where no state can be believed. */
    Optional<Decision> reset() {
        Optional<Decision> refused = Optional.empty();
        for (Comment comment : new Unanswered(snapshot, authority, now).oldestFirst(Optional.empty())) {
            if (!(Command.parse(comment.commands().getFirst()) instanceof Command.Reset)) {
                continue;
            }
            Decision decision = reset(comment);
            if (!new Decision.Nothing(Why.SAID_BEFORE).equals(decision)) {
                return Optional.of(decision);
            }
            refused = Optional.of(decision);
        }
        return refused;
    }

    private Decision reset(Comment comment) {
        Optional<Boolean> may = authority.may(comment.author(), Permission.MAINTAIN);
        if (may.isEmpty()) {
            return new Decision.Ask.PermissionOf(comment.author());
        }
        if (!may.get()) {
            return authority.maySteer(comment.author()).orElse(false)
                    ? new Decision.Answer(comment.id(), Reply.NEEDS_MAINTAIN, Optional.empty())
                    : authority.refuse(comment.author());
        }
        if (snapshot.known().remains().isEmpty()) {
            return new Decision.Ask.Left();
        }
        RunState forgotten = Rebuilding.forgotten(snapshot, policy, now);
        return answered(
                forgotten,
                c -> c.id() <= comment.id(),
                known -> new Decision.Answer(comment.id(), Reply.RESET, Optional.of(known)));
    }
}
