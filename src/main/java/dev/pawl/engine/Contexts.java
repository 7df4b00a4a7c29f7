package dev.pawl.engine;

import dev.pawl.domain.decide.ReviewRound;
import dev.pawl.domain.decide.Snapshot;
import dev.pawl.domain.model.Command;
import dev.pawl.domain.model.Comment;
import dev.pawl.domain.model.Feedback;
import dev.pawl.domain.model.Hash;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Plan;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.stage.Context;
import dev.pawl.domain.state.Document;
import dev.pawl.domain.state.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Gathers what a stage needs to know: the plan, what was said of the work, what people answered. */
final class Contexts {
    private Contexts() {}

    /** What was gathered. */
    sealed interface Read {
        /**
         * All of it.
         *
         * @param context the context
         */
        record Ready(Context context) implements Read {}

        /**
         * A comment of ours that the stage depends on isn't as we wrote it, or is gone.
         *
         * @param document which one
         */
        record Changed(String document) implements Read {}
    }

    static Read read(StageKind kind, Snapshot snapshot, Policy policy, RunState state, Instant now) {
        Optional<Plan> plan = Optional.empty();
        var feedback = new ArrayList<Feedback>();
        for (String name : needed(kind)) {
            Document document = state.documents().get(name);
            if (document == null) {
                continue;
            }
            Optional<Note.Data> data = find(snapshot, document);
            if (data.isEmpty()) {
                if (name.equals(Document.REJECTED)) {
                    continue;
                }
                return new Read.Changed(name);
            }
            switch (data.get()) {
                case Note.Data.Planned(Plan planned) -> plan = Optional.of(planned);
                case Note.Data.Said(List<Feedback> said) -> feedback.addAll(said);
                case Note.Data.Found(Untrusted text) ->
                    feedback.add(new Feedback(name, Feedback.Kind.ANSWER, text, Optional.empty(), OptionalInt.empty()));
            }
        }
        if (kind == StageKind.ADDRESS_REVIEW) {
            feedback.addAll(ReviewRound.told(snapshot, state, policy).feedback());
        }
        feedback.addAll(fromPeople(kind, snapshot, state));
        return new Read.Ready(
                new Context(kind, snapshot, policy, state, plan, feedback, List.of(), now, 0, Optional.empty()));
    }

    /** The documents that a stage reads, in the order in which they are told. */
    private static List<String> needed(StageKind kind) {
        return switch (kind) {
            case IMPLEMENT -> List.of(Document.PLAN, Document.FEEDBACK, Document.REJECTED);
            case REVIEW, OPEN_PR -> List.of(Document.PLAN, Document.REJECTED);
            case SUMMARIZE -> List.of(Document.RESEARCH, Document.REJECTED);
            case COMMENT_ISSUE -> List.of(Document.REPORT, Document.RESEARCH);
            case ADDRESS_REVIEW, FIX_CI, UPDATE_BRANCH -> List.of(Document.FEEDBACK, Document.REJECTED);
            case TRIAGE, CLARIFY, PLAN, RESEARCH, SPECIFY, DECOMPOSE, LEARN -> List.of(Document.REJECTED);
            case VALIDATE, MERGE -> List.of();
        };
    }

    private static Optional<Note.Data> find(Snapshot snapshot, Document document) {
        return snapshot.notes().stream()
                .filter(n -> n.id() == document.comment())
                .filter(n -> n.documentHash().equals(document.hash()))
                .findFirst()
                .flatMap(Note::data);
    }

    /** What people answered, and how they want the plan to be: every time anew from their comments. */
    private static List<Feedback> fromPeople(StageKind kind, Snapshot snapshot, RunState state) {
        long asked = snapshot.notes().stream()
                .filter(n -> n.topic() == Note.Topic.QUESTIONS
                        && n.run().equals(state.id().run()))
                .mapToLong(Note::id)
                .min()
                .orElse(Long.MAX_VALUE);
        var feedback = new ArrayList<Feedback>();
        for (Comment comment : snapshot.comments()) {
            boolean heard = state.people().handled().contains(comment.id());
            boolean byAuthor = comment.author().is(snapshot.issue().author());
            Optional<Command> command = comment.commands().stream().findFirst().map(Command::parse);
            if (command.isEmpty() && comment.id() > asked && (heard || byAuthor)) {
                feedback.add(said(comment, Feedback.Kind.ANSWER, comment.body()));
            } else if (heard && command.orElse(null) instanceof Command.Answer(Untrusted text)) {
                feedback.add(said(comment, Feedback.Kind.ANSWER, text));
            } else if (heard
                    && kind == StageKind.PLAN
                    && command.orElse(null) instanceof Command.Revise(Untrusted text)) {
                feedback.add(said(comment, Feedback.Kind.REVISE, text));
            }
        }
        return feedback;
    }

    private static Feedback said(Comment comment, Feedback.Kind kind, Untrusted text) {
        return new Feedback(feedbackId(comment), kind, text, Optional.empty(), OptionalInt.empty());
    }

    /** The hash of what people wrote: title, body, comments. Our own comments don't count. */
    static String contentHash(Snapshot snapshot) {
        var text = new StringBuilder();
        append(text, snapshot.issue().title());
        append(text, snapshot.issue().body());
        snapshot.comments().forEach(c -> append(text, c.body()));
        return Hash.sha256(text.toString());
    }

    /**
     * The hash of what people wrote of the task: title, body, and the comments that are no commands and aren't told as
     * answers. Whoever goes on with an older conversation knows just that already.
     */
    static String taskHash(Context context) {
        List<String> told = context.feedback().stream().map(Feedback::id).toList();
        var text = new StringBuilder();
        append(text, context.snapshot().issue().title());
        append(text, context.snapshot().issue().body());
        context.snapshot().comments().stream()
                .filter(c -> c.commands().isEmpty() && !told.contains(feedbackId(c)))
                .forEach(c -> append(text, c.body()));
        return Hash.sha256(text.toString());
    }

    private static String feedbackId(Comment comment) {
        return "comment-" + comment.id();
    }

    private static void append(StringBuilder text, Untrusted part) {
        text.append(part.raw().length()).append(':').append(part.raw());
    }
}
