package dev.pawl.domain.decide;

import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.CiRun;
import dev.pawl.domain.model.Comment;
import dev.pawl.domain.model.Issue;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Permission;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.model.Repository;
import dev.pawl.domain.state.Daybook;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of an issue at the time of deciding.
 *
 * @param repository the repository
 * @param issue the issue
 * @param comments other people's comments, oldest first
 * @param notes our own, oldest first
 * @param state the run's state
 * @param pull the run's pull request, where the state names one
 * @param trigger who rang
 * @param known what was learned by asking
 */
public record Snapshot(
        Repository repository,
        Issue issue,
        List<Comment> comments,
        List<Note> notes,
        StateFound state,
        Optional<PullRequest> pull,
        Trigger trigger,
        Known known) {
    public Snapshot {
        comments = List.copyOf(comments);
        notes = List.copyOf(notes);
    }

    /**
     * What the forge is asked only where a decision depends on it.
     *
     * @param permissions by account id
     * @param labeler who put the start label on: asked or not, known or not
     * @param remains what is left of a run whose state is gone
     * @param daybook what agents cost the repository lately; read only once the issue is claimed
     * @param pull what was seen of the run's pull request, where more of it counts than that it is open
     * @param blockers the open issues that this one waits for, in our words
     * @param run the newest run of the repository's own workflow on what was made: asked or not, there or not
     */
    public record Known(
            Map<Long, Permission> permissions,
            Optional<Optional<Actor>> labeler,
            Optional<Remains> remains,
            Optional<Daybook> daybook,
            Optional<PullSeen> pull,
            Optional<List<String>> blockers,
            Optional<Optional<CiRun>> run) {
        /** Nothing was asked yet. */
        public static final Known NOTHING = new Known(
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        public Known {
            permissions = Map.copyOf(permissions);
        }

        /** Also knowing what that account may do. */
        public Known with(Actor actor, Permission permission) {
            var all = new HashMap<>(permissions);
            all.put(actor.id(), permission);
            return new Known(all, labeler, remains, daybook, pull, blockers, run);
        }

        /** Also knowing who put the label on. */
        public Known withLabeler(Optional<Actor> actor) {
            return new Known(permissions, Optional.of(actor), remains, daybook, pull, blockers, run);
        }

        /** Also knowing what is left of a run, or not knowing it any more. */
        public Known with(Optional<Remains> left) {
            return new Known(permissions, labeler, left, daybook, pull, blockers, run);
        }

        /** Also knowing more of the pull request, or not knowing it any more. */
        public Known withPull(Optional<PullSeen> seen) {
            return new Known(permissions, labeler, remains, daybook, seen, blockers, run);
        }

        /** Also knowing which open issues this one waits for. */
        public Known waitingFor(List<String> open) {
            return new Known(permissions, labeler, remains, daybook, pull, Optional.of(List.copyOf(open)), run);
        }

        /** Also knowing what became of the repository's own workflow. */
        public Known running(Optional<CiRun> newest) {
            return new Known(permissions, labeler, remains, daybook, pull, blockers, Optional.of(newest));
        }

        /** Also knowing what agents cost the repository lately. */
        public Known with(Daybook book) {
            return new Known(permissions, labeler, remains, Optional.of(book), pull, blockers, run);
        }
    }

    /** The same, knowing more of its pull request. */
    public Snapshot seeing(PullSeen seen) {
        return knowing(known.withPull(Optional.of(seen)));
    }

    /** The same, once the issue shows the label of that state and of no other. */
    public Snapshot showing(IssueState shown) {
        var labels = new ArrayList<>(issue.labels());
        for (IssueState other : IssueState.values()) {
            labels.removeIf(("pawl:" + other.word())::equalsIgnoreCase);
        }
        if (shown != IssueState.NEW) {
            labels.add("pawl:" + shown.word());
        }
        return new Snapshot(repository, issue.labelled(labels), comments, notes, state, pull, trigger, known);
    }

    /** The same, where nobody else than these said anything. */
    public Snapshot saying(List<Comment> others) {
        return new Snapshot(repository, issue, others, notes, state, pull, trigger, known);
    }

    /** The same, knowing more. */
    public Snapshot knowing(Known more) {
        return new Snapshot(repository, issue, comments, notes, state, pull, trigger, more);
    }

    /** The same, with another word on the state. */
    public Snapshot finding(StateFound found) {
        return new Snapshot(repository, issue, comments, notes, found, pull, trigger, known);
    }

    /** The same, once a lost state was written again: its pull request is among what was left. */
    public Snapshot rebuilt(long comment, RunState saved) {
        Optional<PullRequest> its = known.remains().stream()
                .flatMap(r -> r.pulls().stream())
                .filter(p -> saved.work().pull().equals(OptionalInt.of(p.number())))
                .findFirst();
        return new Snapshot(
                repository, issue, comments, notes, new StateFound.Found(comment, saved), its, trigger, known);
    }
}
