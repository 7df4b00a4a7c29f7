package dev.pawl.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.act.Act;
import dev.pawl.sandbox.act.Hub;
import dev.pawl.sandbox.git.BareRepository;
import dev.pawl.sandbox.json.Json;
import dev.pawl.sandbox.json.View;
import dev.pawl.sandbox.world.Account;
import dev.pawl.sandbox.world.Issue;
import dev.pawl.sandbox.world.PullRequest;
import dev.pawl.sandbox.world.Repo;
import dev.pawl.sandbox.world.Right;
import java.util.Map;
import java.util.Optional;

/** A request on its way through an endpoint: who asks, in which repository, for what. */
public record Call(Hub hub, Account account, Incoming request, Map<String, String> names) {
    /** The repository of the path; 404 where there is none or none the asker may see. */
    public Repo repo() {
        return hub.world()
                .repo(name("owner") + "/" + name("repo"))
                .filter(repo -> Right.READ.isOf(account, repo))
                .orElseThrow(Refusal::notFound);
    }

    /** The repository as renderings see it. */
    public View view() {
        return hub.view(repo());
    }

    /** The repository's git. */
    public BareRepository git() {
        return hub.git(repo());
    }

    /** The asker, acting. */
    public Act act() {
        return new Act(hub, repo(), account);
    }

    /** What a name of the route's pattern stands for. */
    public String name(String key) {
        String value = names.get(key);
        if (value == null) {
            throw new IllegalArgumentException("the route has no {" + key + "}");
        }
        return value;
    }

    /** The number a name stands for; 404 where it is none. */
    public long number(String key) {
        String value = name(key);
        if (!value.matches("[0-9]{1,18}")) {
            throw Refusal.notFound();
        }
        return Long.parseLong(value);
    }

    /** A parameter of the query. */
    public Optional<String> query(String key) {
        return Optional.ofNullable(request.parameters().get(key)).filter(value -> !value.isEmpty());
    }

    /** Refuses with 403 unless the asker has the right. */
    public void needs(Right right) {
        if (!right.isOf(account, repo())) {
            throw Refusal.forbidden(account);
        }
    }

    /**
     * The same for an act on an issue. On a pull request an installation token may do it by either scope.
     * See <a href="https://docs.github.com/rest/issues/comments">REST: issue comments</a>.
     */
    public void needs(Right right, Issue issue) {
        boolean isPull = repo().pulls().containsKey(issue.number());
        if (!isPull || !account.isApp() || !Right.REVIEW.isOf(account, repo())) {
            needs(right);
        }
    }

    /** The body as a JSON object, empty where there is none; 400 where it is something else. */
    public ObjectNode body() {
        if (request.body().length() == 0) {
            return Json.object();
        }
        return Json.read(request.body().text())
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .orElseThrow(() -> Refusal.of(400, "Problems parsing JSON"));
    }

    /** The body as any JSON. */
    public JsonNode anyBody() {
        return Json.read(request.body().text()).orElseThrow(() -> Refusal.of(400, "Problems parsing JSON"));
    }

    /** The issue of the path: 404 where there never was one, 410 where it was deleted. */
    public Issue issue() {
        Issue issue = repo().issues().get((int) number("number"));
        if (issue == null) {
            throw Refusal.notFound();
        }
        if (issue.isDeleted()) {
            throw Refusal.gone();
        }
        if (issue.moved() != null) {
            throw Refusal.moved(hub.urls().api(here(issue.moved())));
        }
        return issue;
    }

    private String here(Issue.Place place) {
        String rest = request.path().replaceFirst("^.*?/issues/[0-9]+", "");
        return "/repositories/" + place.repository() + "/issues/" + place.number() + rest + query();
    }

    private String query() {
        return request.query().isEmpty() ? "" : "?" + request.query();
    }

    /** The pull request of the path. */
    public PullRequest pull() {
        return Optional.ofNullable(repo().pulls().get((int) number("number"))).orElseThrow(Refusal::notFound);
    }
}
