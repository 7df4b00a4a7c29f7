package dev.pawl.sandbox.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A repository's memory beside git. Collections are handed out to be changed in place by acts. */
public final class Repo {
    private final long id;
    private String owner;
    private String name;
    private final Instant createdAt;
    private final Settings settings;
    private final Map<String, Role> roles = new HashMap<>();
    private final Map<String, Label> labels = new TreeMap<>();
    private final Map<Integer, Issue> issues = new TreeMap<>();
    private final Map<Integer, PullRequest> pulls = new TreeMap<>();
    private final Map<Long, Comment> comments = new TreeMap<>();
    private final Map<Long, List<Reaction>> reactions = new TreeMap<>();
    private final List<CheckRun> checkRuns = new ArrayList<>();
    private final List<CommitStatus> statuses = new ArrayList<>();
    private final Map<Long, WorkflowRun> runs = new TreeMap<>();
    private final Map<Long, Job> jobs = new TreeMap<>();

    /** An empty repository. */
    public Repo(long id, String owner, String name, Instant createdAt) {
        this(id, owner, name, createdAt, new Settings());
    }

    private Repo(long id, String owner, String name, Instant createdAt, Settings settings) {
        this.id = id;
        this.owner = owner;
        this.name = name;
        this.createdAt = createdAt;
        this.settings = settings;
    }

    /** A deep copy. */
    public Repo copy() {
        var copy = new Repo(id, owner, name, createdAt, settings.copy());
        copy.roles.putAll(roles);
        copy.labels.putAll(labels);
        issues.forEach((number, issue) -> copy.issues.put(number, issue.copy()));
        pulls.forEach((number, pull) -> copy.pulls.put(number, pull.copy()));
        copy.comments.putAll(comments);
        reactions.forEach((subject, list) -> copy.reactions.put(subject, new ArrayList<>(list)));
        copy.checkRuns.addAll(checkRuns);
        copy.statuses.addAll(statuses);
        copy.runs.putAll(runs);
        copy.jobs.putAll(jobs);
        return copy;
    }

    /** Its numeric id. */
    public long id() {
        return id;
    }

    /** Its owner's login. */
    public String owner() {
        return owner;
    }

    /** Its name without the owner. */
    public String name() {
        return name;
    }

    /** Owner and name. */
    public String fullName() {
        return owner + "/" + name;
    }

    /** Gives it another owner or name. Who still says the old one is redirected, by {@link World}. */
    public void rename(String newOwner, String newName) {
        owner = newOwner;
        name = newName;
    }

    /** When it was created. */
    public Instant createdAt() {
        return createdAt;
    }

    /** Its settings. */
    public Settings settings() {
        return settings;
    }

    /** The person's role here. */
    public Role roleOf(Account account) {
        return roles.getOrDefault(account.login().toLowerCase(Locale.ROOT), account.role());
    }

    /** Gives a person a role here. */
    public void grant(String login, Role role) {
        roles.put(login.toLowerCase(Locale.ROOT), role);
    }

    /** The label of that name, in whatever case. */
    public Optional<Label> label(String labelName) {
        return Optional.ofNullable(labels.get(labelName.toLowerCase(Locale.ROOT)));
    }

    /** Labels by lower-case name. */
    public Map<String, Label> labels() {
        return labels;
    }

    /** Issues and pull requests' issues by number. */
    public Map<Integer, Issue> issues() {
        return issues;
    }

    /** The next free number. */
    public int nextNumber() {
        return issues.size() + 1;
    }

    /** Pull requests by number. */
    public Map<Integer, PullRequest> pulls() {
        return pulls;
    }

    /** Comments of all issues by id. */
    public Map<Long, Comment> comments() {
        return comments;
    }

    /** The comments of one issue, oldest first. */
    public List<Comment> commentsOf(int number) {
        return comments.values().stream().filter(c -> c.number() == number).toList();
    }

    /** The reactions to an issue or comment, by its id. */
    public List<Reaction> reactions(long subject) {
        return reactions.computeIfAbsent(subject, s -> new ArrayList<>());
    }

    /** Check runs, oldest first. */
    public List<CheckRun> checkRuns() {
        return checkRuns;
    }

    /** Commit statuses, oldest first. */
    public List<CommitStatus> statuses() {
        return statuses;
    }

    /** The jobs of the runs' last attempts, by id. */
    public Map<Long, Job> jobs() {
        return jobs;
    }

    /** Workflow runs by id. */
    public Map<Long, WorkflowRun> runs() {
        return runs;
    }
}
