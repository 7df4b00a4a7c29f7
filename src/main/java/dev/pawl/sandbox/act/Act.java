package dev.pawl.sandbox.act;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.event.Payloads;
import dev.pawl.sandbox.git.BareRepository;
import dev.pawl.sandbox.json.View;
import dev.pawl.sandbox.world.Account;
import dev.pawl.sandbox.world.Happening;
import dev.pawl.sandbox.world.Issue;
import dev.pawl.sandbox.world.PullRequest;
import dev.pawl.sandbox.world.Repo;
import dev.pawl.sandbox.world.TimelineEvent;
import dev.pawl.sandbox.world.WebhookEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.PersonIdent;

/** Somebody acting in a repository: what all acts share. */
public record Act(Hub hub, Repo repo, Account actor) {
    /** Acts on issues. */
    public IssueActs issues() {
        return new IssueActs(this);
    }

    /** Acts on labels. */
    public LabelActs labels() {
        return new LabelActs(this);
    }

    /** Acts on comments and reactions. */
    public CommentActs comments() {
        return new CommentActs(this);
    }

    /** Acts on pull requests. */
    public PullActs pulls() {
        return new PullActs(this);
    }

    /** Reviews. */
    public ReviewActs reviews() {
        return new ReviewActs(this);
    }

    /** Merges. */
    public MergeActs merges() {
        return new MergeActs(this);
    }

    /** Acts on refs. */
    public RefActs refs() {
        return new RefActs(this);
    }

    /** Acts on workflow runs, checks and dispatches. */
    public RunActs runs() {
        return new RunActs(this);
    }

    Instant now() {
        return hub.now();
    }

    View view() {
        return hub.view(repo);
    }

    BareRepository git() {
        return hub.git(repo);
    }

    long nextId() {
        return hub.world().nextId();
    }

    /** The actor as git names a person; the address is GitHub's no-reply form. */
    public PersonIdent ident() {
        String address = actor.id() + "+" + actor.login() + "@users.noreply.github.com";
        return new PersonIdent(actor.login(), address, now(), ZoneOffset.UTC);
    }

    /** Writes into the issue's timeline that this happened now. */
    void happened(Issue issue, Happening what) {
        issue.timeline().add(new TimelineEvent(nextId(), actor.login(), now(), what));
        issue.touch(now());
    }

    /**
     * Enqueues an event, unless a workflow's own token did it.
     * See <a href="https://docs.github.com/actions/concepts/security/github_token">GITHUB_TOKEN</a>: "events triggered by
     * the GITHUB_TOKEN will not create a new workflow run".
     */
    void tell(String event, ObjectNode payload) {
        if (actor.kind() != Account.Kind.ACTIONS) {
            tellAlways(event, payload);
        }
    }

    /** Enqueues an event whoever did it: that rule's exceptions, {@code workflow_dispatch} and {@code repository_dispatch}. */
    void tellAlways(String event, ObjectNode payload) {
        ObjectNode signed = Payloads.signed(payload, actor.login(), view());
        hub.world().events().add(new WebhookEvent(event, repo.fullName(), actor.login(), signed.toString()));
    }

    /** Tells of an issue, or of the pull request that it is. */
    void tellOf(Issue issue, String action, Consumer<ObjectNode> more) {
        Optional<PullRequest> pull = Optional.ofNullable(repo.pulls().get(issue.number()));
        ObjectNode payload =
                pull.map(p -> Payloads.pull(action, p, view())).orElseGet(() -> Payloads.issue(action, issue, view()));
        more.accept(payload);
        tell(pull.isPresent() ? "pull_request" : "issues", payload);
    }

    void tellOf(Issue issue, String action) {
        tellOf(issue, action, payload -> {});
    }
}
