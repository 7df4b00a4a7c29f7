package dev.pawl.domain.decide;

import dev.pawl.domain.model.Comment;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.state.RunState;
import java.util.List;
import java.util.Optional;

/** Finds the commands that nobody answered yet. */
record Unanswered(Snapshot snapshot, Authority authority) {
    /** The comments with a command that was neither handled nor refused, oldest first; the first command in each counts. */
    List<Comment> oldestFirst(Optional<RunState> state) {
        return snapshot.comments().stream()
                .filter(c -> !c.commands().isEmpty())
                .filter(c ->
                        state.map(s -> !s.people().handled().contains(c.id())).orElse(true))
                .filter(c -> snapshot.notes().stream().noneMatch(n -> repliesTo(n, c)))
                .filter(c -> !authority.refusedAfter(c.author(), c.id()))
                .toList();
    }

    private static boolean repliesTo(Note note, Comment comment) {
        return note.topic() == Note.Topic.REPLY && note.key().equals(Long.toString(comment.id()));
    }
}
