package dev.pawl.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.act.PullActs.Words;
import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Call;
import dev.pawl.sandbox.http.Page;
import dev.pawl.sandbox.http.Refusal;
import dev.pawl.sandbox.http.Route;
import dev.pawl.sandbox.json.GitJson;
import dev.pawl.sandbox.json.PullFacts;
import dev.pawl.sandbox.json.PullJson;
import dev.pawl.sandbox.world.Account;
import dev.pawl.sandbox.world.Issue;
import dev.pawl.sandbox.world.PullRequest;
import dev.pawl.sandbox.world.PullRequest.Tip;
import dev.pawl.sandbox.world.Repo;
import dev.pawl.sandbox.world.Right;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** Pull requests. See <a href="https://docs.github.com/rest/pulls/pulls">REST: pulls</a>. */
final class PullsApi {
    private PullsApi() {}

    static List<Route> routes() {
        return List.of(
                Route.of("GET", "/pulls", PullsApi::list),
                Route.of("POST", "/pulls", PullsApi::open),
                Route.of("GET", "/pulls/{number}", call -> shown(call, call.pull())),
                Route.of("PATCH", "/pulls/{number}", PullsApi::change),
                Route.of(
                        "GET",
                        "/pulls/{number}/files",
                        call -> Page.of(
                                call,
                                facts(call).files(),
                                f -> GitJson.file(f, call.pull().headSha(), call.view()))),
                Route.of(
                        "GET",
                        "/pulls/{number}/commits",
                        call -> Page.of(call, facts(call).commits(), c -> GitJson.commit(c, call.view()))),
                Route.of("POST", "/pulls/{number}/requested_reviewers", PullsApi::requestReviews));
    }

    private static PullFacts facts(Call call) {
        return new PullFacts(call.pull(), call.view());
    }

    private static Answer shown(Call call, PullRequest pull) {
        call.needs(Right.READ_PULLS);
        return Answer.ok(new PullFacts(pull, call.view()).detail());
    }

    /** Newest first; {@code head} is {@code owner:branch}, and a head without an owner filters nothing. */
    private static Answer list(Call call) {
        call.needs(Right.READ_PULLS);
        Repo repo = call.repo();
        String state = call.query("state").orElse("open");
        Optional<String> head = call.query("head").filter(h -> h.contains(":"));
        boolean isAscending = "asc".equals(call.query("direction").orElse("desc"));
        Comparator<PullRequest> order = Comparator.comparing(PullRequest::number);
        List<PullRequest> pulls = repo.pulls().values().stream()
                .filter(p -> "all".equals(state) || issue(repo, p).isOpen() == "open".equals(state))
                .filter(p -> head.map(label(repo, p)::equals).orElse(true))
                .filter(p -> call.query("base").map(p.baseRef()::equals).orElse(true))
                .sorted(isAscending ? order : order.reversed())
                .toList();
        return Page.of(call, pulls, p -> PullJson.simple(p, call.view()));
    }

    private static String label(Repo repo, PullRequest pull) {
        return Objects.requireNonNullElse(pull.fork(), repo.owner()) + ":" + pull.headRef();
    }

    private static Issue issue(Repo repo, PullRequest pull) {
        return Optional.ofNullable(repo.issues().get(pull.number())).orElseThrow();
    }

    private static Answer open(Call call) {
        Account asker = call.account();
        call.needs(Right.OPEN_PULLS);
        if (asker.kind() == Account.Kind.ACTIONS && !call.repo().settings().actionsMayOpenPullRequests()) {
            throw Refusal.of(403, "GitHub Actions is not permitted to create or approve pull requests.");
        }
        ObjectNode body = call.body();
        String title = Body.needed(body, "title", "PullRequest");
        String words = Body.words(body, "PullRequest").orElse("");
        Tip base = tip(call, Body.needed(body, "base", "PullRequest"), "base");
        Tip head = tip(call, withoutOwner(call, Body.needed(body, "head", "PullRequest")), "head");
        refuseTwins(call, head, base);
        PullRequest pull = call.act()
                .pulls()
                .open(head, base, new Words(title, words), body.path("draft").asBoolean());
        return Answer.created(new PullFacts(pull, call.view()).detail());
    }

    private static String withoutOwner(Call call, String head) {
        String own = call.repo().owner() + ":";
        return head.startsWith(own) ? head.substring(own.length()) : head;
    }

    private static Tip tip(Call call, String branch, String field) {
        ObjectId commit = call.git().branch(branch);
        if (commit == null) {
            throw Refusal.invalid("PullRequest", field, "invalid");
        }
        return new Tip(branch, commit.name());
    }

    private static void refuseTwins(Call call, Tip head, Tip base) {
        Repo repo = call.repo();
        String label = repo.owner() + ":" + head.ref();
        boolean exists = repo.pulls().values().stream()
                .anyMatch(p -> label(repo, p).equals(label)
                        && p.baseRef().equals(base.ref())
                        && issue(repo, p).isOpen());
        if (exists) {
            throw Refusal.custom("PullRequest", null, "A pull request already exists for " + label + ".");
        }
        boolean isEmpty = call.git()
                .comparison()
                .commits(ObjectId.fromString(base.sha()), ObjectId.fromString(head.sha()))
                .isEmpty();
        if (isEmpty) {
            throw Refusal.custom("PullRequest", null, "No commits between " + base.ref() + " and " + head.ref());
        }
    }

    private static Answer change(Call call) {
        PullRequest pull = call.pull();
        Issue issue = issue(call.repo(), pull);
        boolean isOwn = issue.author().equals(call.account().login());
        call.needs(isOwn ? Right.OPEN_PULLS : Right.EDIT_PULLS);
        ObjectNode body = call.body();
        Body.text(body, "base").filter(b -> !b.equals(pull.baseRef())).ifPresent(branch -> {
            if (call.git().branch(branch) == null) {
                throw Refusal.custom("PullRequest", "base", "Proposed base branch '" + branch + "' was not found");
            }
            call.act().pulls().rebaseOnto(pull, tip(call, branch, "base"));
        });
        call.act()
                .issues()
                .edit(
                        issue,
                        Body.text(body, "title").orElse(issue.title()),
                        Body.words(body, "PullRequest").orElse(issue.body()));
        Body.text(body, "state").ifPresent(state -> {
            if ("closed".equals(state)) {
                call.act().issues().close(issue, null);
            } else if (pull.merge() == null) {
                call.act().issues().reopen(issue);
            }
        });
        return shown(call, pull);
    }

    private static Answer requestReviews(Call call) {
        call.needs(Right.EDIT_PULLS);
        PullRequest pull = call.pull();
        List<String> wanted = Body.texts(call.body().get("reviewers"));
        if (wanted.contains(issue(call.repo(), pull).author())) {
            throw Refusal.unprocessable("Review cannot be requested from pull request author.");
        }
        if (wanted.stream().anyMatch(w -> call.hub().world().account(w).isEmpty())) {
            throw Refusal.unprocessable(
                    "Reviews may only be requested from collaborators. One or more of the users or teams you specified"
                            + " is not a collaborator of the %s repository."
                                    .formatted(call.repo().fullName()));
        }
        call.act().pulls().requestReviews(pull, wanted);
        return Answer.created(PullJson.simple(pull, call.view()));
    }
}
