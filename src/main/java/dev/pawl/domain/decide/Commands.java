package dev.pawl.domain.decide;

import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Command;
import dev.pawl.domain.model.Comment;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Permission;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.StageStatus;
import dev.pawl.domain.state.Waiting;
import dev.pawl.domain.state.Waiting.Reason;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** What people's commands mean for the run. */
record Commands(Snapshot snapshot, Policy policy, Instant now, Authority authority, StartDue starts) {
    /** Starts the stage that is due, where nothing stands against it. */
    @FunctionalInterface
    interface StartDue {
        Decision start(RunState state, OptionalLong command);
    }

    /** Obeys the first command of a comment, if its author may. */
    Decision obey(Comment comment, Optional<RunState> state, Supplier<Decision> begin) {
        Command command = Command.parse(comment.commands().getFirst());
        boolean answer = command instanceof Command.Answer
                && comment.author().is(snapshot.issue().author());
        if (!answer) {
            Optional<Boolean> may = authority.maySteer(comment.author());
            if (may.isEmpty()) {
                return new Decision.Ask.PermissionOf(comment.author());
            }
            if (!may.get()) {
                return authority.refuse(comment.author());
            }
        }
        if (state.isEmpty() || state.get().state().ended()) {
            return withoutRun(comment, command, state, begin);
        }
        return on(state.get()).obey(comment, command);
    }

    private Decision withoutRun(Comment comment, Command command, Optional<RunState> ended, Supplier<Decision> begin) {
        return switch (command) {
            case Command.Start _ -> commanded(begin.get(), comment.id());
            case Command.Unknown _ -> reply(comment, Reply.UNKNOWN, ended);
            case Command.Status _ -> reply(comment, ended.isPresent() ? Reply.STATUS : Reply.NO_RUN, ended);
            case Command.Explain _ -> reply(comment, ended.isPresent() ? Reply.EXPLAIN : Reply.NO_RUN, ended);
            case Command.Approve _,
                    Command.Revise _,
                    Command.Retry _,
                    Command.Skip _,
                    Command.Answer _,
                    Command.Pause _,
                    Command.Resume _,
                    Command.Stop _,
                    Command.Merge _,
                    Command.Rebase _,
                    Command.Reset _ -> reply(comment, ended.isPresent() ? Reply.RUN_ENDED : Reply.NO_RUN, ended);
        };
    }

    private static Decision commanded(Decision decision, long comment) {
        return decision instanceof Decision.Start(StageKind stage, RunState state, OptionalLong _)
                ? new Decision.Start(stage, handled(state, comment), OptionalLong.of(comment))
                : decision;
    }

    private static RunState handled(RunState state, long comment) {
        return state.with(state.people().handled(comment));
    }

    private static Decision reply(Comment comment, Reply reply, Optional<RunState> state) {
        return new Decision.Answer(comment.id(), reply, state.map(s -> handled(s, comment.id())));
    }

    /** The commands that a run understands. */
    OnRun on(RunState state) {
        return new OnRun(state);
    }

    /** Commands on a run that isn't over. */
    final class OnRun {
        private final RunState state;

        private OnRun(RunState state) {
            this.state = state;
        }

        Decision obey(Comment comment, Command command) {
            return switch (command) {
                case Command.Start _ ->
                    leaderless() ? retried(comment, Optional.empty()) : say(comment, Reply.ALREADY_STARTED);
                case Command.Approve _ -> approve(comment);
                case Command.Revise _ -> revise(comment);
                case Command.Retry(Optional<StageKind> stage) -> retried(comment, stage);
                case Command.Skip _ -> skip(comment);
                case Command.Answer _ ->
                    waitsFor(Reason.ANSWERS) ? clarifyAgain(comment) : say(comment, Reply.NOTHING_TO_ANSWER);
                case Command.Pause _ -> pause(comment);
                case Command.Resume _ -> resume(comment);
                case Command.Stop _ -> end(comment, Reply.STOPPED);
                case Command.Merge _ -> merge(comment);
                case Command.Status _ -> say(comment, Reply.STATUS);
                case Command.Explain _ -> say(comment, Reply.EXPLAIN);
                case Command.Reset _ -> reset(comment);
                case Command.Rebase _ -> rebase(comment);
                case Command.Unknown _ -> say(comment, Reply.UNKNOWN);
            };
        }

        /** The first answer to the questions that are open, by the issue's author or somebody who may. */
        Optional<Decision> answered() {
            long asked = snapshot.notes().stream()
                    .filter(n -> n.topic() == Note.Topic.QUESTIONS
                            && n.run().equals(state.id().run()))
                    .mapToLong(Note::id)
                    .max()
                    .orElse(Long.MAX_VALUE);
            for (Comment comment : snapshot.comments()) {
                if (comment.id() < asked
                        || !comment.author().isPerson()
                        || !comment.commands().isEmpty()
                        || comment.body().isBlank()) {
                    continue;
                }
                if (comment.author().is(snapshot.issue().author())) {
                    return Optional.of(clarifyAgain(comment));
                }
                Optional<Boolean> may = authority.maySteer(comment.author());
                if (may.isEmpty()) {
                    return Optional.of(new Decision.Ask.PermissionOf(comment.author()));
                }
                if (may.get()) {
                    return Optional.of(clarifyAgain(comment));
                }
            }
            return Optional.empty();
        }

        private Decision clarifyAgain(Comment comment) {
            return start(
                    state.goingOn()
                            .with(state.spending().progressed())
                            .with(state.people().hearing(now)),
                    comment);
        }

        private Decision approve(Comment comment) {
            if (waitsFor(Reason.TEXT_CHANGED)) {
                return start(led(comment).goingOn().with(state.spending().progressed()), comment);
            }
            if (!waitsFor(Reason.PLAN_APPROVAL)) {
                return say(comment, Reply.NOTHING_TO_APPROVE);
            }
            var plan = Optional.ofNullable(state.documents().get(Note.Topic.PLAN.word()));
            Optional<Note> shown = plan.flatMap(d ->
                    snapshot.notes().stream().filter(n -> n.id() == d.comment()).findFirst());
            boolean asShown = plan.isPresent()
                    && shown.filter(n -> n.hash().equals(plan.get().hash())).isPresent();
            if (!asShown
                    || comment.id() < shown.get().id()
                    || comment.created().isBefore(shown.get().edited())) {
                return say(comment, Reply.STALE_APPROVAL);
            }
            return start(
                    led(comment)
                            .goingOn()
                            .change(StageKind.PLAN, s -> s.ended(StageStatus.SUCCEEDED, "approved", 0, Usd.ZERO))
                            .with(state.spending().progressed()),
                    comment);
        }

        private Decision revise(Comment comment) {
            boolean planned = state.stage(StageKind.PLAN)
                    .filter(s -> s.status() != StageStatus.PENDING)
                    .isPresent();
            boolean implemented = state.work().head().isPresent();
            if (!planned || implemented) {
                return say(comment, Reply.NOTHING_TO_REVISE);
            }
            return start(Retries.from(led(comment), StageKind.PLAN), comment);
        }

        private Decision retried(Comment comment, Optional<StageKind> stage) {
            return new OnRun(led(comment))
                    .again(stage)
                    .map(next -> start(next, comment))
                    .orElseGet(() -> say(comment, stage.isPresent() ? Reply.NO_SUCH_STAGE : Reply.NOTHING_TO_RETRY));
        }

        /** Runs a stage again for somebody who asked without a comment; nothing where there is none to run. */
        Decision retry(Optional<StageKind> stage) {
            return again(stage)
                    .map(next -> starts.start(next, OptionalLong.empty()))
                    .orElseGet(() -> new Decision.Nothing(Why.ENDED));
        }

        /** The run with that stage due again, and the counter that stopped it forgiven. */
        private Optional<RunState> again(Optional<StageKind> stage) {
            if (waitsFor(Reason.CHECKS)
                    && stage.filter(s -> s != StageKind.FIX_CI).isEmpty()) {
                return Optional.of(Runs.revising(state.with(state.after().repaired()), StageKind.FIX_CI)
                        .goingOn()
                        .with(state.spending().progressed()));
            }
            Optional<StageKind> usual =
                    waitsFor(Reason.CONFLICT) ? Optional.of(StageKind.UPDATE_BRANCH) : Optional.empty();
            return stage.or(() -> usual)
                    .or(() -> state.due().map(StageRecord::kind))
                    .filter(from -> state.stage(from).isPresent())
                    .filter(from -> state.stages().stream()
                            .takeWhile(s -> s.kind() != from)
                            .allMatch(s -> s.status().passed()))
                    .map(from -> Retries.from(state, Retries.back(state, from)));
        }

        /** The run, led by whoever commented: that person may, and is asked about from now on. */
        private RunState led(Comment comment) {
            var author = comment.author();
            RunState.People people = state.people();
            return state.with(people.ledBy(author.id(), author.login())
                    .approving(Approval.by(comment, snapshot, people.approved())));
        }

        private Decision skip(Comment comment) {
            Optional<StageKind> due = state.due().map(StageRecord::kind);
            if (due.isEmpty() || !Retries.skippable(due.get())) {
                return say(comment, Reply.NOTHING_TO_SKIP);
            }
            return start(led(comment).goingOn().change(due.get(), s -> s.as(StageStatus.SKIPPED)), comment);
        }

        /** Asks for the merge of the head that is there now. */
        private Decision merge(Comment comment) {
            if (!policy.merge().enabled()) {
                return say(comment, Reply.PEOPLE_MERGE);
            }
            RunState merging = Runs.merging(state, policy);
            boolean due = merging.due()
                    .map(StageRecord::kind)
                    .filter(StageKind.MERGE::equals)
                    .isPresent();
            if (!due || snapshot.pull().isEmpty()) {
                return say(comment, Reply.NOTHING_TO_MERGE);
            }
            var head = snapshot.pull().get().head();
            return start(merging.with(merging.after().wishing(head)), comment);
        }

        /** Takes in what the base has, whether or not its rules ask for that. */
        private Decision rebase(Comment comment) {
            if (snapshot.pull().isEmpty()) {
                return say(comment, Reply.NOTHING_TO_UPDATE);
            }
            Optional<PullSeen> seen = snapshot.known().pull();
            if (seen.isEmpty()) {
                return new Decision.Ask.Pull();
            }
            if (seen.get().facts().isEmpty()) {
                return say(comment, Reply.NOTHING_TO_UPDATE);
            }
            RunState forgiven = state.with(state.after().fitting());
            var update = new BaseUpdate(seen.get().facts().get(), forgiven, policy);
            if (!update.isOnItsBase()) {
                return say(comment, Reply.NOT_ITS_BASE);
            }
            if (!update.conflicts() && seen.get().behind().isEmpty()) {
                return new Decision.Ask.Behind();
            }
            if (!update.conflicts() && !seen.get().behind().get()) {
                return say(comment, Reply.UP_TO_DATE);
            }
            RunState begun = update.begun();
            return begun.due().filter(s -> s.kind() == StageKind.UPDATE_BRANCH).isPresent()
                    ? start(begun, comment)
                    : say(comment, Reply.NOT_YET_UPDATED);
        }

        private Decision pause(Comment comment) {
            var waiting = new Waiting(
                    Reason.PAUSED, now, Optional.empty(), state.state().word());
            return answer(comment, Reply.PAUSED, state.waiting(IssueState.WAITING_ON_HUMAN, waiting));
        }

        private Decision resume(Comment comment) {
            if (!waitsFor(Reason.PAUSED)) {
                return say(comment, Reply.NOTHING_TO_RESUME);
            }
            return Resumption.of(state, now)
                    .<Decision>map(waiting -> answer(comment, Reply.RESUMED, waiting))
                    .orElseGet(() -> start(led(comment).goingOn(), comment));
        }

        private Decision reset(Comment comment) {
            Optional<Boolean> may = authority.may(comment.author(), Permission.MAINTAIN);
            return may.orElse(false) ? end(comment, Reply.RESET) : say(comment, Reply.NEEDS_MAINTAIN);
        }

        private Decision end(Comment comment, Reply reply) {
            return answer(comment, reply, state.goingOn().in(IssueState.CLOSED_UNRESOLVED));
        }

        private Decision start(RunState next, Comment comment) {
            return starts.start(handled(next, comment.id()), OptionalLong.of(comment.id()));
        }

        private Decision say(Comment comment, Reply reply) {
            return answer(comment, reply, state);
        }

        private Decision answer(Comment comment, Reply reply, RunState next) {
            return new Decision.Answer(comment.id(), reply, Optional.of(handled(next, comment.id())));
        }

        /** The state that knew who started the run was lost: whoever says start takes it on. */
        private boolean leaderless() {
            return state.people().startedBy() == Actor.GHOST.id();
        }

        private boolean waitsFor(Reason reason) {
            return state.waiting().filter(w -> w.reason() == reason).isPresent();
        }
    }
}
