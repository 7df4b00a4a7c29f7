package dev.pawl.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Call;
import dev.pawl.sandbox.http.Page;
import dev.pawl.sandbox.http.Refusal;
import dev.pawl.sandbox.http.Route;
import dev.pawl.sandbox.json.GitJson;
import dev.pawl.sandbox.json.Json;
import dev.pawl.sandbox.json.PullJson;
import dev.pawl.sandbox.json.View;
import dev.pawl.sandbox.world.PullRequest;
import dev.pawl.sandbox.world.Right;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;

/** Commits, branches and what lies between them. See <a href="https://docs.github.com/rest/commits">REST: commits</a>. */
final class CommitsApi {
    private CommitsApi() {}

    static List<Route> routes() {
        return List.of(
                Route.of("GET", "/commits", CommitsApi::list),
                Route.of("GET", "/commits/{ref}/pulls", CommitsApi::pulls),
                Route.of("GET", "/commits/{ref...}", CommitsApi::get),
                Route.of("GET", "/branches", CommitsApi::branches),
                Route.of("GET", "/branches/{branch...}/protection", CommitsApi::protection),
                Route.of("GET", "/branches/{branch...}", CommitsApi::branch),
                Route.of("GET", "/compare/{span...}", CommitsApi::compare));
    }

    /** The commit a ref stands for; GitHub answers 422 for one that can't be found. */
    static RevCommit commit(Call call, String ref) {
        call.needs(Right.READ_CONTENTS);
        return call.git()
                .objects()
                .commit(ref)
                .orElseThrow(() -> Refusal.unprocessable("No commit found for SHA: " + ref));
    }

    private static Answer list(Call call) {
        RevCommit from = commit(call, call.query("sha").orElse("HEAD"));
        return Page.of(call, call.git().comparison().history(from), c -> GitJson.commit(c, call.view()));
    }

    private static Answer get(Call call) {
        RevCommit commit = commit(call, call.name("ref"));
        RevCommit parent =
                commit.getParentCount() == 0 ? null : call.git().objects().commit(commit.getParent(0));
        return Answer.ok(GitJson.commit(commit, call.git().comparison().files(parent, commit), call.view()));
    }

    /** The pull requests that a commit is the head of. */
    private static Answer pulls(Call call) {
        call.needs(Right.READ_PULLS);
        String sha = commit(call, call.name("ref")).name();
        List<PullRequest> pulls = call.repo().pulls().values().stream()
                .filter(p -> p.headSha().equals(sha))
                .toList();
        return Page.of(call, pulls, p -> PullJson.simple(p, call.view()));
    }

    private static Answer branches(Call call) {
        List<String> names = List.copyOf(call.git().refs(Constants.R_HEADS).keySet());
        return Page.of(call, names, name -> {
            RevCommit commit = commit(call, name);
            ObjectNode json = Json.object()
                    .put("name", name.substring(Constants.R_HEADS.length()))
                    .put("protected", false);
            json.set(
                    "commit",
                    Json.object()
                            .put("sha", commit.name())
                            .put("url", call.view().api("/commits/" + commit.name())));
            return json;
        });
    }

    private static Answer branch(Call call) {
        String name = call.name("branch");
        ObjectId head = call.git().branch(name);
        if (head == null) {
            throw Refusal.of(404, "Branch not found");
        }
        View view = call.view();
        String self = view.api("/branches/" + name);
        ObjectNode json =
                Json.object().put("name", name).put("protected", false).put("protection_url", self + "/protection");
        json.set("commit", GitJson.commit(commit(call, head.name()), view));
        json.set("_links", Json.object().put("self", self).put("html", view.html("/tree/" + name)));
        json.set("protection", Json.object().put("enabled", false));
        return Answer.ok(json);
    }

    private static Answer protection(Call call) {
        throw Refusal.of(404, "Branch not protected");
    }

    private static Answer compare(Call call) {
        List<String> span = List.of(call.name("span").split("\\.\\.\\.", -1));
        if (span.size() != 2) {
            throw Refusal.notFound();
        }
        RevCommit base = ref(call, span.getFirst());
        RevCommit head = ref(call, span.getLast());
        RevCommit ancestor = call.git().comparison().mergeBase(base, head).orElseThrow(Refusal::notFound);
        List<RevCommit> ahead = call.git().comparison().commits(base, head);
        int behind = call.git().comparison().commits(head, base).size();
        View view = call.view();
        String path = "/compare/" + base.name() + "..." + head.name();
        ObjectNode json = Json.object()
                .put("url", view.api(path))
                .put("html_url", view.html(path))
                .put("permalink_url", view.html(path))
                .put("diff_url", view.html(path + ".diff"))
                .put("patch_url", view.html(path + ".patch"))
                .put("status", status(ahead.size(), behind))
                .put("ahead_by", ahead.size())
                .put("behind_by", behind)
                .put("total_commits", ahead.size());
        json.set("base_commit", GitJson.commit(base, view));
        json.set("merge_base_commit", GitJson.commit(ancestor, view));
        json.set("commits", Json.array(ahead.stream().map(c -> GitJson.commit(c, view))));
        json.set(
                "files",
                Json.array(call.git().comparison().files(ancestor, head).stream()
                        .map(f -> GitJson.file(f, head.name(), view))));
        return Answer.ok(json);
    }

    private static RevCommit ref(Call call, String name) {
        call.needs(Right.READ_CONTENTS);
        String own = call.repo().owner() + ":";
        return call.git()
                .objects()
                .commit(name.startsWith(own) ? name.substring(own.length()) : name)
                .orElseThrow(Refusal::notFound);
    }

    private static String status(int ahead, int behind) {
        if (ahead == 0 && behind == 0) {
            return "identical";
        }
        return behind == 0 ? "ahead" : ahead == 0 ? "behind" : "diverged";
    }
}
