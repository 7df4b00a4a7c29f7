package dev.pawl.sandbox.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An issue, or the half of a pull request that is one. Labels and people are held by name. */
public final class Issue {
    private final long id;
    private final int number;
    private final String author;
    private final Instant createdAt;
    private final List<String> labels = new ArrayList<>();
    private final List<String> assignees = new ArrayList<>();
    private final List<Integer> blockedBy = new ArrayList<>();
    private final List<TimelineEvent> timeline = new ArrayList<>();
    private String title;
    private String body;
    private Instant updatedAt;
    private @Nullable Instant closedAt;
    private @Nullable String closedBy;
    private @Nullable String stateReason;
    private @Nullable String type;
    private @Nullable Lock lock;
    private boolean deleted;
    private @Nullable Place moved;

    /** Where an issue is now that was transferred. */
    public record Place(long repository, int number) {}

    /** That the conversation is locked, and why. */
    public record Lock(@Nullable String reason) {}

    /** A new open issue. */
    public Issue(long id, int number, String author, Instant createdAt, String title, String body) {
        this.id = id;
        this.number = number;
        this.author = author;
        this.createdAt = createdAt;
        this.title = title;
        this.body = body;
        this.updatedAt = createdAt;
    }

    /** A deep copy. */
    public Issue copy() {
        var copy = new Issue(id, number, author, createdAt, title, body);
        copy.labels.addAll(labels);
        copy.assignees.addAll(assignees);
        copy.blockedBy.addAll(blockedBy);
        copy.timeline.addAll(timeline);
        copy.updatedAt = updatedAt;
        copy.closedAt = closedAt;
        copy.closedBy = closedBy;
        copy.stateReason = stateReason;
        copy.type = type;
        copy.lock = lock;
        copy.deleted = deleted;
        copy.moved = moved;
        return copy;
    }

    /** The id that is unique over all repositories. */
    public long id() {
        return id;
    }

    /** The number people say. */
    public int number() {
        return number;
    }

    /** Who opened it. */
    public String author() {
        return author;
    }

    /** When it was opened. */
    public Instant createdAt() {
        return createdAt;
    }

    /** Its title. */
    public String title() {
        return title;
    }

    /** Its text, empty where there is none. */
    public String body() {
        return body;
    }

    /** The names of its labels, to be changed in place. */
    public List<String> labels() {
        return labels;
    }

    /** Whether it has the label, in whatever case. */
    public boolean hasLabel(String name) {
        return labels.stream().anyMatch(name::equalsIgnoreCase);
    }

    /** Who is assigned, to be changed in place. */
    public List<String> assignees() {
        return assignees;
    }

    /** The numbers of the issues it waits for, to be changed in place. */
    public List<Integer> blockedBy() {
        return blockedBy;
    }

    /** What happened to it, oldest first, to be added to. */
    public List<TimelineEvent> timeline() {
        return timeline;
    }

    /** When anything about it last changed. */
    public Instant updatedAt() {
        return updatedAt;
    }

    /** Something about it changed now. */
    public void touch(Instant at) {
        updatedAt = at;
    }

    /** Changes title and text. */
    public void rewrite(String newTitle, String newBody) {
        title = newTitle;
        body = newBody;
    }

    /** Whether it is open. */
    public boolean isOpen() {
        return closedAt == null;
    }

    /** When it was closed. */
    public @Nullable Instant closedAt() {
        return closedAt;
    }

    /** Who closed it. */
    public @Nullable String closedBy() {
        return closedBy;
    }

    /** Why it is in its state: completed, not_planned, duplicate or reopened. */
    public @Nullable String stateReason() {
        return stateReason;
    }

    /** Closes it. */
    public void close(String by, @Nullable String reason, Instant at) {
        closedAt = at;
        closedBy = by;
        stateReason = reason;
    }

    /** Opens it again. */
    public void reopen() {
        closedAt = null;
        closedBy = null;
        stateReason = "reopened";
    }

    /** Its issue type, such as {@code Bug}. */
    public @Nullable String type() {
        return type;
    }

    /** Sets its issue type. */
    public void type(@Nullable String name) {
        type = name;
    }

    /** Its lock, if it is locked. */
    public @Nullable Lock lock() {
        return lock;
    }

    /** Locks or unlocks it. */
    public void lock(@Nullable Lock newLock) {
        lock = newLock;
    }

    /** Whether it was deleted: every read answers 410 from then on. */
    public boolean isDeleted() {
        return deleted;
    }

    /** Where it was transferred to, if it was. */
    public @Nullable Place moved() {
        return moved;
    }

    /** It was transferred: every request for it leads there from then on. */
    public void move(Place to) {
        moved = to;
    }

    /** Deletes it. */
    public void delete() {
        deleted = true;
    }
}
