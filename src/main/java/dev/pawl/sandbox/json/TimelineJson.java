package dev.pawl.sandbox.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.world.Happening;
import dev.pawl.sandbox.world.Issue;
import dev.pawl.sandbox.world.PullRequest;
import dev.pawl.sandbox.world.TimelineEvent;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Timelines, whose items differ in shape by kind. */
public final class TimelineJson {
    private TimelineJson() {}

    /** The whole timeline, comments and reviews included, deleted ones left out. */
    public static Stream<ObjectNode> timeline(Issue issue, View view) {
        return issue.timeline().stream().map(event -> item(event, issue, view)).flatMap(Optional::stream);
    }

    /** Only what {@code /issues/{n}/events} shows. */
    public static Stream<ObjectNode> events(Issue issue, View view) {
        return issue.timeline().stream()
                .filter(e -> !(e.what() instanceof Happening.Commented) && !(e.what() instanceof Happening.Reviewed))
                .map(event -> item(event, issue, view))
                .flatMap(Optional::stream);
    }

    private static Optional<ObjectNode> item(TimelineEvent event, Issue issue, View view) {
        return switch (event.what()) {
            case Happening.Commented c -> comment(event, c.comment(), view);
            case Happening.Reviewed r -> review(r.review(), issue, view);
            case Happening.Labeled l -> Optional.of(label(base(event, "labeled", null, view), l.name(), l.color()));
            case Happening.Unlabeled l -> Optional.of(label(base(event, "unlabeled", null, view), l.name(), l.color()));
            case Happening.Assigned a -> Optional.of(person(base(event, "assigned", null, view), a.assignee(), view));
            case Happening.Unassigned a ->
                Optional.of(person(base(event, "unassigned", null, view), a.assignee(), view));
            case Happening.Closed c ->
                Optional.of(base(event, "closed", null, view).put("state_reason", c.reason()));
            case Happening.ConvertedToDiscussion c -> Optional.of(base(event, "converted_to_discussion", null, view));
            case Happening.Reopened r ->
                Optional.of(base(event, "reopened", null, view).putNull("state_reason"));
            case Happening.Locked l ->
                Optional.of(base(event, "locked", null, view).put("lock_reason", l.reason()));
            case Happening.Unlocked u ->
                Optional.of(base(event, "unlocked", null, view).putNull("lock_reason"));
            case Happening.Renamed r -> {
                ObjectNode json = base(event, "renamed", null, view);
                json.set("rename", Json.object().put("from", r.from()).put("to", r.to()));
                yield Optional.of(json);
            }
            case Happening.ReviewRequested r -> {
                ObjectNode json = base(event, "review_requested", null, view);
                json.set("review_requester", view.user(event.actor()));
                json.set("requested_reviewer", view.user(r.reviewer()));
                yield Optional.of(json);
            }
            case Happening.Merged m -> Optional.of(base(event, "merged", m.commit(), view));
            case Happening.ReadyForReview r -> Optional.of(base(event, "ready_for_review", null, view));
            case Happening.ConvertedToDraft c -> Optional.of(base(event, "convert_to_draft", null, view));
            case Happening.HeadRefDeleted h -> Optional.of(base(event, "head_ref_deleted", null, view));
            case Happening.HeadRefForcePushed h -> Optional.of(base(event, "head_ref_force_pushed", null, view));
            case Happening.BlockedByAdded b -> Optional.of(blocked(event, "blocked_by_added", b.number(), view));
            case Happening.BlockedByRemoved b -> Optional.of(blocked(event, "blocked_by_removed", b.number(), view));
        };
    }

    private static ObjectNode base(TimelineEvent event, String kind, @Nullable String commit, View view) {
        ObjectNode json = Json.object()
                .put("id", event.id())
                .put("node_id", View.nodeId("EV", event.id()))
                .put("url", view.api("/issues/events/" + event.id()))
                .put("event", kind)
                .put("commit_id", commit)
                .put("commit_url", commit == null ? null : view.api("/commits/" + commit))
                .put("created_at", Json.time(event.at()))
                .putNull("performed_via_github_app");
        json.set("actor", view.user(event.actor()));
        return json;
    }

    private static ObjectNode label(ObjectNode json, String name, String color) {
        json.set("label", Json.object().put("name", name).put("color", color));
        return json;
    }

    private static ObjectNode person(ObjectNode json, String login, View view) {
        json.set("assignee", view.user(login));
        json.set("assigner", Objects.requireNonNull(json.get("actor")));
        return json;
    }

    private static ObjectNode blocked(TimelineEvent event, String kind, int number, View view) {
        ObjectNode json = base(event, kind, null, view);
        Issue other = view.repo().issues().get(number);
        if (other == null) {
            json.putNull("blocked_by");
            return json;
        }
        ObjectNode reference = Json.object()
                .put("number", number)
                .put("title", other.title())
                .put("state", other.isOpen() ? "open" : "closed");
        reference.set("repository", RepoJson.of(view));
        reference.putNull("issue_type");
        json.set("blocked_by", reference);
        return json;
    }

    private static Optional<ObjectNode> comment(TimelineEvent event, long id, View view) {
        return Optional.ofNullable(view.repo().comments().get(id)).map(comment -> {
            ObjectNode json = IssueJson.of(comment, view).put("event", "commented");
            json.set("actor", view.user(event.actor()));
            return json;
        });
    }

    private static Optional<ObjectNode> review(long id, Issue issue, View view) {
        PullRequest pull = Objects.requireNonNull(view.repo().pulls().get(issue.number()));
        return pull.reviews().stream().filter(r -> r.id() == id).findFirst().map(review -> {
            ObjectNode json = PullJson.of(review, pull, view).put("event", "reviewed");
            return json.put("state", json.path("state").asText().toLowerCase(Locale.ROOT));
        });
    }
}
