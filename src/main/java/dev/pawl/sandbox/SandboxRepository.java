package dev.pawl.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.act.Act;
import dev.pawl.sandbox.act.Hub;
import dev.pawl.sandbox.json.Json;
import dev.pawl.sandbox.world.CheckRun;
import dev.pawl.sandbox.world.Job;
import dev.pawl.sandbox.world.Repo;
import dev.pawl.sandbox.world.Role;
import dev.pawl.sandbox.world.Settings;
import dev.pawl.sandbox.world.WorkflowRun;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** A repository by its name: what it is now, its settings, and what happens in it without a person. */
public final class SandboxRepository {
    private final Hub hub;
    private final String fullName;

    SandboxRepository(Hub hub, String fullName) {
        this.hub = hub;
        this.fullName = fullName;
    }

    private <T> T now(Function<Repo, T> what) {
        return hub.alone(() -> what.apply(hub.repo(fullName)));
    }

    /** Owner and name. */
    public String fullName() {
        return fullName;
    }

    /** The numeric id. */
    public long id() {
        return now(Repo::id);
    }

    /** Where git finds it. */
    public String cloneUrl() {
        return hub.urls().html("/" + fullName + ".git");
    }

    /** Changes settings. */
    public void settings(Consumer<Settings> change) {
        hub.alone(() -> {
            change.accept(hub.repo(fullName).settings());
            return change;
        });
    }

    /** Gives a person a role in this repository only. */
    public void grants(Person person, Role role) {
        hub.alone(() -> {
            hub.repo(fullName).grant(person.login(), role);
            return role;
        });
    }

    /** Commits to a branch as the owner, without any event: what was there before the story. */
    public String seeds(String branch, Map<String, ? extends @Nullable String> files) {
        return hub.alone(() -> {
            int before = hub.world().events().size();
            ObjectId commit = new Commits(asOwner()).toBranch(branch, "Seed " + branch, files);
            hub.world().events().subList(before, hub.world().events().size()).clear();
            return commit.name();
        });
    }

    private Act asOwner() {
        Repo repo = hub.repo(fullName);
        return new Act(hub, repo, hub.account(repo.owner()));
    }

    /** The issue of that number. */
    public SandboxIssue issue(int number) {
        return new SandboxIssue(hub, fullName, number);
    }

    /** All issues that aren't pull requests, oldest first. */
    public List<SandboxIssue> issues() {
        return now(repo -> repo.issues().keySet().stream()
                .filter(number -> !repo.pulls().containsKey(number))
                .map(this::issue)
                .toList());
    }

    /** The pull request of that number. */
    public SandboxPullRequest pullRequest(int number) {
        return new SandboxPullRequest(hub, fullName, number);
    }

    /** All pull requests, oldest first. */
    public List<SandboxPullRequest> pullRequests() {
        return now(repo -> repo.pulls().keySet().stream().map(this::pullRequest).toList());
    }

    /** The names of its branches. */
    public List<String> branches() {
        return now(repo -> hub.git(repo).refs(Constants.R_HEADS).keySet().stream()
                .map(name -> name.substring(Constants.R_HEADS.length()))
                .toList());
    }

    /** The sha a ref's full name leads to. */
    public Optional<String> ref(String name) {
        return now(repo -> Optional.ofNullable(hub.git(repo).ref(name)).map(ObjectId::name));
    }

    /** The text of a file on a branch. */
    public Optional<String> file(String branch, String path) {
        return now(repo -> hub.git(repo)
                .objects()
                .commit(branch)
                .flatMap(commit -> hub.git(repo).objects().file(commit, path)));
    }

    /** A workflow starts on the default branch; returns what {@code GITHUB_RUN_ID} says. No event. */
    public long startsRun(String workflow, String event) {
        return startsRun(workflow, event, "main");
    }

    /** A workflow starts on a branch, say the CI of a pull request. No event. */
    public long startsRun(String workflow, String event, String branch) {
        return now(repo -> {
            ObjectId head = Objects.requireNonNull(hub.git(repo).branch(branch), "no branch " + branch);
            var at = new WorkflowRun.Head(branch, head.name());
            return asOwner()
                    .runs()
                    .start(".github/workflows/" + workflow, event, at)
                    .id();
        });
    }

    /** A run ends, and no workflow hears of it: Pawl's own. */
    public void endsRun(long run, String conclusion) {
        now(repo -> {
            asOwner().runs().end(run(repo, run), conclusion);
            return run;
        });
    }

    /** A run ends, and the event workflow_run tells of it. */
    public void completesRun(long run, String conclusion) {
        now(repo -> asOwner().runs().complete(run(repo, run), conclusion));
    }

    /** A run is gone, as one that somebody deleted. No event. */
    public void forgetsRun(long run) {
        now(repo -> repo.runs().remove(run));
    }

    /** A run is started once more; returns what {@code GITHUB_RUN_ATTEMPT} says. */
    public int repeatsRun(long run) {
        return now(repo -> asOwner().runs().again(run(repo, run)).attempt());
    }

    /** A job of a run ends; its check is the head's. No event: workflows don't hear of checks of Actions. */
    public long reportsJob(long run, SandboxJob job) {
        return now(repo -> {
            long id = repo.jobs().values().stream()
                    .filter(j -> j.run() == run && j.name().equals(job.name()))
                    .map(Job::id)
                    .findFirst()
                    .orElseGet(() -> hub.world().nextId());
            asOwner()
                    .runs()
                    .job(run(repo, run), new Job(id, run, job.name(), job.conclusion(), job.steps(), job.log()));
            return id;
        });
    }

    /** The repository's CI runs on a branch, with these jobs; it fails if one of them does. Its event is workflow_run. */
    public long runsCi(String workflow, String branch, SandboxJob... jobs) {
        long run = startsRun(workflow, "push", branch);
        boolean isGreen = true;
        for (SandboxJob job : jobs) {
            var unused = reportsJob(run, job);
            isGreen &= job.conclusion().equals("success");
        }
        completesRun(run, isGreen ? "success" : "failure");
        return run;
    }

    /** The ids of the runs of a workflow, oldest first. */
    public List<Long> runs(String workflow) {
        return now(repo -> repo.runs().values().stream()
                .filter(run -> run.path().equals(".github/workflows/" + workflow))
                .map(WorkflowRun::id)
                .toList());
    }

    /** What became of a run, in GitHub's words; its status until it ends. */
    public String runState(long run) {
        return now(repo -> Objects.requireNonNullElse(
                run(repo, run).conclusion(), run(repo, run).status()));
    }

    /** All checks of another app than Actions on the head of a branch are over; its event is check_suite. */
    public void completesSuite(String branch, String conclusion) {
        now(repo -> {
            ObjectId head = Objects.requireNonNull(hub.git(repo).branch(branch), "no branch " + branch);
            asOwner().runs().suite(branch, head.name(), conclusion);
            return head;
        });
    }

    /** Somebody else's CI reports a commit status on the head of a branch; its event is status. */
    public void reportsStatus(String branch, String context, String state) {
        now(repo -> {
            ObjectId head = Objects.requireNonNull(hub.git(repo).branch(branch), "no branch " + branch);
            return asOwner().runs().status(head.name(), context, state, null);
        });
    }

    private static WorkflowRun run(Repo repo, long id) {
        return Objects.requireNonNull(repo.runs().get(id), "no run " + id);
    }

    /** A check of the head of a branch ends; its event is check_run, as of an app that isn't Actions. */
    public void reportsCheck(String branch, String name, String conclusion) {
        now(repo -> {
            ObjectId head = Objects.requireNonNull(hub.git(repo).branch(branch), "no branch " + branch);
            var nothing = new CheckRun.Output(null, null, null);
            return asOwner()
                    .runs()
                    .check(new CheckRun(
                            hub.world().nextId(),
                            name,
                            head.name(),
                            "completed",
                            conclusion,
                            nothing,
                            hub.now(),
                            hub.now()));
        });
    }

    /** The clock of a workflow strikes. */
    public void scheduleEvent(String cron, String workflow) {
        hub.alone(() -> {
            asOwner().runs().schedule(cron, ".github/workflows/" + workflow);
            return cron;
        });
    }

    /** Somebody starts a workflow by hand on the default branch. */
    public void workflowDispatch(Person by, String workflow, Map<String, String> inputs) {
        now(repo -> {
            ObjectNode values = Json.object();
            inputs.forEach(values::put);
            new Act(hub, repo, hub.account(by.login()))
                    .runs()
                    .dispatchWorkflow(".github/workflows/" + workflow, "refs/heads/main", values);
            return values;
        });
    }

    @Override
    public String toString() {
        return fullName;
    }
}
