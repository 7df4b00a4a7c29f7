package dev.pawl.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.git.TreeListing;
import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Call;
import dev.pawl.sandbox.http.Refusal;
import dev.pawl.sandbox.http.Route;
import dev.pawl.sandbox.json.Json;
import dev.pawl.sandbox.json.View;
import dev.pawl.sandbox.world.Right;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;

/** Files and folders. See <a href="https://docs.github.com/rest/repos/contents">REST: contents</a>. */
final class ContentsApi {
    private ContentsApi() {}

    static List<Route> routes() {
        return List.of(
                Route.of("GET", "/contents", call -> listed(call, commit(call).getTree(), "")),
                Route.of("GET", "/contents/{path...}", ContentsApi::get));
    }

    private static RevCommit commit(Call call) {
        call.needs(Right.READ_CONTENTS);
        String ref = call.query("ref").orElse("HEAD");
        return call.git()
                .objects()
                .commit(ref)
                .orElseThrow(() -> Refusal.of(404, "No commit found for the ref " + ref));
    }

    private static Answer get(Call call) {
        String path = call.name("path").replaceAll("/+$", "");
        RevCommit commit = commit(call);
        if (path.isEmpty()) {
            return listed(call, commit.getTree(), "");
        }
        TreeListing.Entry entry =
                call.git().objects().listing().at(commit.getTree(), path).orElseThrow(Refusal::notFound);
        if (entry.mode() == FileMode.TREE) {
            return listed(call, entry.id(), path + "/");
        }
        byte[] content = call.git().objects().blob(entry.id().name()).orElseThrow(Refusal::notFound);
        return Answer.ok(item(call, entry, path).put("content", base64(content)).put("encoding", "base64"));
    }

    private static Answer listed(Call call, ObjectId tree, String folder) {
        List<TreeListing.Entry> entries = call.git().objects().listing().of(tree, false);
        return Answer.ok(Json.array(entries.stream().map(e -> item(call, e, folder + e.path()))));
    }

    private static ObjectNode item(Call call, TreeListing.Entry entry, String path) {
        View view = call.view();
        String ref = call.query("ref").orElse("main");
        String self = view.api("/contents/" + path + "?ref=" + ref);
        String git = view.api("/git/" + entry.kind() + "s/" + entry.id().name());
        String page = view.html("/" + entry.kind() + "/" + ref + "/" + path);
        boolean isFile = "blob".equals(entry.kind());
        ObjectNode json = Json.object()
                .put("name", path.substring(path.lastIndexOf('/') + 1))
                .put("path", path)
                .put("sha", entry.id().name())
                .put("size", entry.size())
                .put("url", self)
                .put("html_url", page)
                .put("git_url", git)
                .put("download_url", isFile ? view.html("/raw/" + ref + "/" + path) : null)
                .put("type", isFile ? "file" : "dir");
        json.set("_links", Json.object().put("self", self).put("git", git).put("html", page));
        return json;
    }

    /** Base64 with a line break after 60 characters, as github.com sends it. */
    static String base64(byte[] content) {
        return Base64.getMimeEncoder(60, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(content) + "\n";
    }
}
