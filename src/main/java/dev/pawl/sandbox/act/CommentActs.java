package dev.pawl.sandbox.act;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.event.Payloads;
import dev.pawl.sandbox.json.Json;
import dev.pawl.sandbox.world.Comment;
import dev.pawl.sandbox.world.Happening;
import dev.pawl.sandbox.world.Issue;
import dev.pawl.sandbox.world.Reaction;
import java.util.List;
import java.util.Objects;

/** Comments and reactions. Reactions tell nobody: GitHub has no event for them. */
public record CommentActs(Act act) {
    /** Comments on an issue or pull request. */
    public Comment say(Issue issue, String body) {
        var comment = new Comment(act.nextId(), issue.number(), act.actor().login(), body, act.now(), act.now());
        act.repo().comments().put(comment.id(), comment);
        act.happened(issue, new Happening.Commented(comment.id()));
        act.tell("issue_comment", Payloads.comment("created", issue, comment, act.view()));
        return comment;
    }

    /** Edits a comment; the last writer wins. */
    public Comment edit(Comment comment, String body) {
        Comment edited = comment.edited(body, act.now());
        act.repo().comments().put(comment.id(), edited);
        Issue issue = issueOf(comment);
        issue.touch(act.now());
        ObjectNode payload = Payloads.comment("edited", issue, edited, act.view());
        payload.set("changes", Json.object().set("body", Json.object().put("from", comment.body())));
        act.tell("issue_comment", payload);
        return edited;
    }

    /** Deletes a comment. */
    public void delete(Comment comment) {
        act.repo().comments().remove(comment.id());
        act.tell("issue_comment", Payloads.comment("deleted", issueOf(comment), comment, act.view()));
    }

    private Issue issueOf(Comment comment) {
        return Objects.requireNonNull(act.repo().issues().get(comment.number()));
    }

    /** A reaction, and whether it is a new one. */
    public record Reacted(Reaction reaction, boolean isNew) {}

    /** Reacts to an issue or comment, by its id; an account has each content once. */
    public Reacted react(long subject, String content) {
        List<Reaction> reactions = act.repo().reactions(subject);
        return reactions.stream()
                .filter(r ->
                        r.account().equals(act.actor().login()) && r.content().equals(content))
                .findFirst()
                .map(r -> new Reacted(r, false))
                .orElseGet(() -> {
                    var reaction = new Reaction(act.nextId(), act.actor().login(), content, act.now());
                    reactions.add(reaction);
                    return new Reacted(reaction, true);
                });
    }
}
