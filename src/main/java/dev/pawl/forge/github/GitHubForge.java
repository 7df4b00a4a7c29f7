package dev.pawl.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Blocker;
import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Issue;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Permission;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.model.Repository;
import dev.pawl.domain.port.Ci;
import dev.pawl.domain.port.Forge;
import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.domain.port.PullRequests;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.forge.github.http.Failures;
import dev.pawl.forge.github.http.RestClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** GitHub as the engine sees it. */
public final class GitHubForge implements Forge {
    private static final Logger LOG = LoggerFactory.getLogger(GitHubForge.class);
    private static final String EVENT = "pawl";

    private final GitHubConnection github;
    private final Issues issues;
    private final Conversations conversations;
    private final Labels labels;
    private final Pulls pulls;
    private final OpenPulls openPulls;
    private final Workflows workflows;
    /** The issue that was read last, where it had no comments then: its conversation need not be asked for. */
    private OptionalInt silent = OptionalInt.empty();

    /** The repository behind that connection. Asks nothing yet. */
    public GitHubForge(GitHubConnection github) {
        this.github = github;
        this.labels = new Labels(github);
        this.issues = new Issues(github, labels);
        this.conversations = new Conversations(github);
        this.pulls = new Pulls(github, labels);
        this.openPulls = new OpenPulls(github);
        this.workflows = new Workflows(github);
    }

    /** The account that the token writes as, for runs by hand. */
    public Actor account() {
        return github.account().whoami();
    }

    @Override
    public Repository repository() {
        GitHubSettings settings = github.settings();
        return new Repository(github.hub().repositoryId(), settings.owner(), settings.name());
    }

    @Override
    public Instant now() {
        return github.transport().now();
    }

    @Override
    public String defaultBranch() {
        return github.hub().defaultBranch();
    }

    /** By docs.github.com, REST API, "Get repository content": without a ref it is the default branch's. */
    @Override
    public Optional<String> defaultBranchFile(String path) {
        String escaped = Arrays.stream(path.split("/")).map(RestClient::segment).collect(Collectors.joining("/"));
        return github.rest()
                .find(github.path("/contents/" + escaped))
                .filter(answer -> answer.json().path("type").asText("").equals("file"))
                .map(answer -> content(path, answer.json()));
    }

    private static String content(String path, JsonNode file) {
        if (!file.path("encoding").asText("").equals("base64")) {
            throw Failures.bug(path + " is too large: GitHub sends files up to 1 MB");
        }
        byte[] bytes = Base64.getMimeDecoder().decode(file.path("content").asText(""));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public Optional<Issue> issue(int number) {
        Optional<Issue> issue = issues.find(number);
        silent = issue.isPresent() && issue.get().comments() == 0 ? OptionalInt.of(number) : OptionalInt.empty();
        return issue;
    }

    @Override
    public Conversation conversation(int issue) {
        boolean nobodySpoke = silent.equals(OptionalInt.of(issue));
        silent = OptionalInt.empty();
        return nobodySpoke ? Conversations.silence() : conversations.read(issue);
    }

    /**
     * By {@code role_name}, and by the older {@code permission} for roles that an organization made up (docs.github.com,
     * REST API, "Get repository permissions for a user"). Asked by login, so that the id of the answer must be the actor's.
     */
    @Override
    public Permission permission(Actor actor) {
        if (actor.id() == Actor.GHOST.id()) {
            return Permission.NONE;
        }
        try {
            return github.rest()
                    .find(github.path("/collaborators/" + RestClient.segment(actor.login()) + "/permission"))
                    .filter(answer -> Json.actor(answer.json().path("user")).is(actor))
                    .flatMap(answer -> Permission.parse(
                                    answer.json().path("role_name").asText(""))
                            .or(() -> Permission.parse(
                                    answer.json().path("permission").asText(""))))
                    .orElse(Permission.NONE);
        } catch (ForgeFailure e) {
            if (e.passes()) {
                throw e;
            }
            LOG.info("permission=none actor={} why=\"{}\"", actor.id(), e.getMessage());
            return Permission.NONE;
        }
    }

    @Override
    public Optional<Actor> labeler(int issue, String label) {
        return issues.labeler(issue, label);
    }

    @Override
    public Optional<PullRequest> pull(int number) {
        return pulls.find(number);
    }

    @Override
    public List<BranchName> branches(String prefix, int issue) {
        return issues.branches(prefix, issue);
    }

    @Override
    public List<PullRequest> pullsFrom(BranchName branch) {
        return pulls.ours(branch);
    }

    @Override
    public List<Issue> openIssues(String label) {
        return issues.labelled(label, true);
    }

    @Override
    public List<Issue> closedIssues(String label) {
        return issues.labelled(label, false);
    }

    @Override
    public long saveState(Optional<Long> comment, RunState state, String text) {
        silent = OptionalInt.empty();
        return conversations.saveState(comment, state, text);
    }

    @Override
    public Note ensureNote(int issue, Effect.EnsureNote note, List<Note> known) {
        silent = OptionalInt.empty();
        return conversations.ensureNote(issue, note, known);
    }

    @Override
    public void deleteComment(long comment) {
        conversations.delete(comment);
    }

    @Override
    public void ensureReaction(long comment, boolean done) {
        issues.react(comment, done);
    }

    @Override
    public void ensureStateLabel(Issue issue, IssueState state) {
        labels.show(issue, state);
    }

    @Override
    public PullRequest ensurePullRequest(Effect.EnsurePullRequest pull) {
        return pulls.ensure(pull);
    }

    @Override
    public boolean signsStates() {
        return github.settings().stateKey().isPresent();
    }

    @Override
    public boolean startsWorkflows() {
        return github.account().id() != Account.GITHUB_ACTIONS;
    }

    @Override
    public void closeIssue(int issue) {
        issues.close(issue);
    }

    /** A doorbell: ringing twice is the same as once, so that an unknown outcome is simply repeated. */
    @Override
    public void dispatch(int issue, int hop) {
        boolean sent =
                github.settlement().settle(() -> github.hub().dispatch(EVENT, Map.of("issue", issue, "hop", hop)));
        LOG.info("dispatch={} issue={} hop={}", sent, issue, hop);
    }

    @Override
    public PullRequests pullRequests() {
        return openPulls;
    }

    @Override
    public Ci ci() {
        return workflows;
    }

    @Override
    public List<Blocker> blockers(int issue) {
        return issues.blockers(issue);
    }

    @Override
    public boolean pause(Duration time) {
        return github.transport().pause(time);
    }

    @Override
    public void beforeWrites(Runnable fence) {
        github.transport().beforeWrites(fence);
    }

    @Override
    public int requests() {
        return github.transport().sent();
    }
}
