package dev.pawl.domain.decide;

import dev.pawl.domain.model.Command;
import dev.pawl.domain.model.Comment;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finds the commands that nobody answered yet. */
record Unanswered(Snapshot snapshot, Authority authority, Instant now) {
    /** For so long an approval of a changed text is left to its own event; an event that is later still is taken for lost. */
    private static final Duration OWN_EVENT = Duration.ofMinutes(30);

    /** The comments with a command that was neither handled nor refused, oldest first; the first command in each counts. */
    List<Comment> oldestFirst(Optional<RunState> state) {
        return snapshot.comments().stream()
                .filter(c -> !c.commands().isEmpty())
                .filter(c ->
                        state.map(s -> !s.people().handled().contains(c.id())).orElse(true))
                .filter(c -> snapshot.notes().stream().noneMatch(n -> repliesTo(n, c)))
                .filter(c -> !authority.refusedAfter(c.author(), c.id()))
                .filter(c -> !isLeftToItsEvent(c, state))
                .toList();
    }

    /** Which text somebody approves is told by the event of the comment alone; a sweep may come before it. */
    private boolean isLeftToItsEvent(Comment comment, Optional<RunState> state) {
        boolean changed = state.flatMap(RunState::waiting)
                .filter(w -> w.reason() == Waiting.Reason.TEXT_CHANGED)
                .isPresent();
        return changed
                && snapshot.trigger().by().filter(comment.author()::is).isEmpty()
                && comment.edited().plus(OWN_EVENT).isAfter(now)
                && switch (Command.parse(comment.commands().getFirst())) {
                    case Command.Approve _, Command.Retry _, Command.Skip _, Command.Revise _ -> true;
                    case Command.Start _,
                            Command.Answer _,
                            Command.Pause _,
                            Command.Resume _,
                            Command.Stop _,
                            Command.Merge _,
                            Command.Status _,
                            Command.Explain _,
                            Command.Reset _,
                            Command.Rebase _,
                            Command.Unknown _ -> false;
                };
    }

    private static boolean repliesTo(Note note, Comment comment) {
        return note.topic() == Note.Topic.REPLY && note.key().equals(Long.toString(comment.id()));
    }
}
