package dev.pawl.sandbox.act;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.event.Payloads;
import dev.pawl.sandbox.json.Json;
import dev.pawl.sandbox.world.Account;
import dev.pawl.sandbox.world.Comment;
import dev.pawl.sandbox.world.Happening;
import dev.pawl.sandbox.world.Issue;
import dev.pawl.sandbox.world.Repo;
import dev.pawl.sandbox.world.Right;
import dev.pawl.sandbox.world.Role;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opens issues and changes them. */
public record IssueActs(Act act) {
    /** Opens an issue. */
    public Issue open(String title, String body, List<String> labels, List<String> assignees) {
        Issue issue = create(title, body);
        act.tell("issues", Payloads.issue("opened", issue, act.view()));
        act.labels().add(issue, labels);
        assign(issue, assignees);
        return issue;
    }

    /** Creates an issue, or a pull request's half of one, without telling anybody. */
    Issue create(String title, String body) {
        var issue = new Issue(act.nextId(), act.repo().nextNumber(), act.actor().login(), act.now(), title, body);
        act.repo().issues().put(issue.number(), issue);
        return issue;
    }

    /** Changes title and text; what is the same isn't told. */
    public void edit(Issue issue, String title, String body) {
        ObjectNode changes = Json.object();
        if (!title.equals(issue.title())) {
            changes.set("title", Json.object().put("from", issue.title()));
            act.happened(issue, new Happening.Renamed(issue.title(), title));
        }
        if (!body.equals(issue.body())) {
            changes.set("body", Json.object().put("from", issue.body()));
        }
        if (!changes.isEmpty()) {
            issue.rewrite(title, body);
            issue.touch(act.now());
            act.tellOf(issue, "edited", payload -> payload.set("changes", changes));
        }
    }

    /** Closes an open issue or pull request. */
    public void close(Issue issue, @Nullable String reason) {
        if (issue.isOpen()) {
            boolean isPull = act.repo().pulls().containsKey(issue.number());
            String why = isPull ? null : Objects.requireNonNullElse(reason, "completed");
            issue.close(act.actor().login(), why, act.now());
            act.happened(issue, new Happening.Closed(why));
            act.tellOf(issue, "closed");
        }
    }

    /** Opens a closed one again. */
    public void reopen(Issue issue) {
        if (!issue.isOpen()) {
            issue.reopen();
            act.happened(issue, new Happening.Reopened());
            act.tellOf(issue, "reopened");
        }
    }

    /** Assigns those who can be assigned; GitHub ignores the others silently. */
    public void assign(Issue issue, List<String> logins) {
        for (String login : logins) {
            Account who = act.hub().world().account(login).orElse(null);
            if (who != null
                    && act.repo().roleOf(who).covers(Role.READ)
                    && !issue.assignees().contains(who.login())) {
                issue.assignees().add(who.login());
                act.happened(issue, new Happening.Assigned(who.login()));
                act.tellOf(issue, "assigned", p -> p.set("assignee", act.view().user(who.login())));
            }
        }
    }

    /** Takes assignees off. */
    public void unassign(Issue issue, List<String> logins) {
        for (String login : List.copyOf(issue.assignees())) {
            if (logins.stream().anyMatch(login::equalsIgnoreCase)) {
                issue.assignees().remove(login);
                act.happened(issue, new Happening.Unassigned(login));
                act.tellOf(
                        issue, "unassigned", p -> p.set("assignee", act.view().user(login)));
            }
        }
    }

    /** Locks the conversation: only those who may push can comment from now on. */
    public void lock(Issue issue, @Nullable String reason) {
        issue.lock(new Issue.Lock(reason));
        act.happened(issue, new Happening.Locked(reason));
        act.tellOf(issue, "locked");
    }

    /** Unlocks it. */
    public void unlock(Issue issue) {
        issue.lock(null);
        act.happened(issue, new Happening.Unlocked());
        act.tellOf(issue, "unlocked");
    }

    /** Whether a lock keeps the actor, who may speak elsewhere, from commenting on it. */
    public boolean maySpeak(Issue issue) {
        return issue.lock() == null || Right.PUSH.isOf(act.actor(), act.repo());
    }

    /** Sets or removes the issue type. */
    public void type(Issue issue, @Nullable String name) {
        issue.type(name);
        issue.touch(act.now());
        act.tellOf(issue, name == null ? "untyped" : "typed");
    }

    /** Moves it to another repository, with its comments, without labels. The event is the old repository's. */
    public Issue transfer(Issue issue, Repo to) {
        act.tellOf(issue, "transferred");
        var there =
                new Issue(issue.id(), to.nextNumber(), issue.author(), issue.createdAt(), issue.title(), issue.body());
        to.issues().put(there.number(), there);
        for (Comment comment : act.repo().commentsOf(issue.number())) {
            act.repo().comments().remove(comment.id());
            to.comments().put(comment.id(), comment.on(there.number()));
        }
        issue.move(new Issue.Place(to.id(), there.number()));
        return there;
    }

    /** Makes a discussion of it; that has no event of issues. */
    public void toDiscussion(Issue issue) {
        issue.close(act.actor().login(), null, act.now());
        issue.lock(new Issue.Lock(null));
        act.happened(issue, new Happening.ConvertedToDiscussion());
    }

    /** Deletes it: 410 from then on. */
    public void delete(Issue issue) {
        act.tellOf(issue, "deleted");
        issue.delete();
    }

    /** Lets it wait for another issue; there is no event of Actions for that. */
    public void block(Issue issue, Issue by) {
        issue.blockedBy().add(by.number());
        act.happened(issue, new Happening.BlockedByAdded(by.number()));
    }

    /** Lets it wait for that issue no more. */
    public void unblock(Issue issue, Issue by) {
        issue.blockedBy().remove(Integer.valueOf(by.number()));
        act.happened(issue, new Happening.BlockedByRemoved(by.number()));
    }
}
