package dev.pawl.sandbox;

import dev.pawl.sandbox.act.Hub;
import dev.pawl.sandbox.world.Comment;
import dev.pawl.sandbox.world.Issue;
import dev.pawl.sandbox.world.Reaction;
import dev.pawl.sandbox.world.Repo;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** An issue by repository and number: what it is now, asked anew each time, so it outlives {@link SandboxGitHub#restore}. */
public final class SandboxIssue {
    private final Hub hub;
    private final String repository;
    private final int number;

    SandboxIssue(Hub hub, String repository, int number) {
        this.hub = hub;
        this.repository = repository;
        this.number = number;
    }

    Issue in(Repo repo) {
        return Objects.requireNonNull(repo.issues().get(number), "no issue " + number);
    }

    private <T> T now(Function<Issue, T> what) {
        return hub.alone(() -> what.apply(in(hub.repo(repository))));
    }

    /** The repository's full name. */
    public String repository() {
        return repository;
    }

    /** The number. */
    public int number() {
        return number;
    }

    /** The id that dependencies speak of. */
    public long id() {
        return now(Issue::id);
    }

    /** Who opened it. */
    public String author() {
        return now(Issue::author);
    }

    /** The title. */
    public String title() {
        return now(Issue::title);
    }

    /** The text. */
    public String body() {
        return now(Issue::body);
    }

    /** Whether it is open. */
    public boolean isOpen() {
        return now(Issue::isOpen);
    }

    /** The names of its labels, in the order they were put on. */
    public List<String> labels() {
        return now(issue -> List.copyOf(issue.labels()));
    }

    /** Its comments, oldest first. */
    public List<Comment> comments() {
        return hub.alone(() -> hub.repo(repository).commentsOf(number));
    }

    /** The reactions to one of its comments. */
    public List<Reaction> reactions(long comment) {
        return hub.alone(() -> List.copyOf(hub.repo(repository).reactions(comment)));
    }

    @Override
    public String toString() {
        return repository + "#" + number;
    }
}
