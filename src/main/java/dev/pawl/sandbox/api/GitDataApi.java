package dev.pawl.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.git.TreeEdit;
import dev.pawl.sandbox.git.TreeListing;
import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Call;
import dev.pawl.sandbox.http.Refusal;
import dev.pawl.sandbox.http.Route;
import dev.pawl.sandbox.json.GitJson;
import dev.pawl.sandbox.json.Json;
import dev.pawl.sandbox.json.View;
import dev.pawl.sandbox.world.Right;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/** Git's objects. See <a href="https://docs.github.com/rest/git">REST: git database</a>. */
final class GitDataApi {
    private GitDataApi() {}

    static List<Route> routes() {
        return List.of(
                Route.of("POST", "/git/blobs", GitDataApi::createBlob),
                Route.of("GET", "/git/blobs/{sha}", GitDataApi::blob),
                Route.of("POST", "/git/trees", GitDataApi::createTree),
                Route.of("GET", "/git/trees/{ref...}", GitDataApi::tree),
                Route.of("POST", "/git/commits", GitDataApi::createCommit),
                Route.of("GET", "/git/commits/{sha}", GitDataApi::commit));
    }

    private static Answer createBlob(Call call) {
        call.needs(Right.PUSH);
        ObjectNode body = call.body();
        String content = Body.text(body, "content").orElseThrow(() -> Refusal.invalid("Blob", "content", "missing"));
        ObjectId id = call.git()
                .objects()
                .write(
                        "base64".equals(Body.text(body, "encoding").orElse("utf-8"))
                                ? Base64.getMimeDecoder().decode(content)
                                : content.getBytes(StandardCharsets.UTF_8));
        return Answer.created(named(id, "blobs", call.view()));
    }

    private static ObjectNode named(ObjectId id, String kind, View view) {
        return Json.object().put("sha", id.name()).put("url", view.api("/git/" + kind + "/" + id.name()));
    }

    private static Answer blob(Call call) {
        call.needs(Right.READ_CONTENTS);
        byte[] content = call.git().objects().blob(call.name("sha")).orElseThrow(Refusal::notFound);
        return Answer.ok(Json.object()
                .put("sha", call.name("sha"))
                .put("node_id", View.nodeId("B", call.name("sha")))
                .put("url", call.view().api("/git/blobs/" + call.name("sha")))
                .put("size", content.length)
                .put("content", ContentsApi.base64(content))
                .put("encoding", "base64"));
    }

    /** An installation token can't write workflow files, whatever its scopes. */
    private static Answer createTree(Call call) {
        call.needs(Right.PUSH);
        ObjectNode body = call.body();
        TreeEdit edit = call.git().objects().edit();
        Body.text(body, "base_tree").ifPresent(base -> edit.add("", treeOf(call, base)));
        for (JsonNode item : body.path("tree")) {
            String path = item.path("path").asText();
            if (call.account().isApp() && path.startsWith(".github/workflows/")) {
                throw Refusal.forbidden(call.account());
            }
            put(call, edit, item, path);
        }
        ObjectId tree = edit.write();
        return Answer.created(GitJson.tree(tree, entries(call, tree, false), call.view()));
    }

    private static void put(Call call, TreeEdit edit, JsonNode item, String path) {
        if (item.path("sha").isNull()) {
            edit.remove(path);
            return;
        }
        ObjectId id = item.hasNonNull("content")
                ? call.git().objects().write(item.path("content").asText().getBytes(StandardCharsets.UTF_8))
                : call.git()
                        .objects()
                        .find(item.path("sha").asText())
                        .orElseThrow(() -> Refusal.unprocessable(
                                "tree.sha " + item.path("sha").asText() + " is not a valid object"));
        FileMode mode =
                switch (item.path("mode").asText("100644")) {
                    case "100755" -> FileMode.EXECUTABLE_FILE;
                    case "040000" -> FileMode.TREE;
                    case "160000" -> FileMode.GITLINK;
                    case "120000" -> FileMode.SYMLINK;
                    default -> FileMode.REGULAR_FILE;
                };
        edit.put(path, mode, id);
    }

    private static ObjectId treeOf(Call call, String name) {
        return call.git()
                .objects()
                .find(name)
                .filter(id -> "tree".equals(call.git().objects().kind(id)))
                .or(() -> call.git().objects().commit(name).map(RevCommit::getTree))
                .orElseThrow(Refusal::notFound);
    }

    private static List<TreeListing.Entry> entries(Call call, ObjectId tree, boolean deep) {
        return call.git().objects().listing().of(tree, deep);
    }

    private static Answer tree(Call call) {
        call.needs(Right.READ_CONTENTS);
        ObjectId tree = treeOf(call, call.name("ref"));
        return Answer.ok(
                GitJson.tree(tree, entries(call, tree, call.query("recursive").isPresent()), call.view()));
    }

    private static Answer createCommit(Call call) {
        call.needs(Right.PUSH);
        ObjectNode body = call.body();
        var commit = new CommitBuilder();
        commit.setMessage(Body.needed(body, "message", "Commit"));
        commit.setTreeId(treeOf(call, Body.needed(body, "tree", "Commit")));
        var parents = new ArrayList<ObjectId>();
        for (String parent : Body.texts(body.get("parents"))) {
            parents.add(call.git()
                    .objects()
                    .find(parent)
                    .orElseThrow(() -> Refusal.unprocessable("Parent SHA does not exist or is not a commit object")));
        }
        commit.setParentIds(parents);
        PersonIdent author = person(body.path("author"), call.act().ident());
        commit.setAuthor(author);
        commit.setCommitter(person(body.path("committer"), author));
        ObjectId id = call.git().objects().write(commit);
        return Answer.created(GitJson.bare(call.git().objects().commit(id), call.view()));
    }

    private static PersonIdent person(JsonNode person, PersonIdent otherwise) {
        if (!person.isObject()) {
            return otherwise;
        }
        Instant at = person.hasNonNull("date")
                ? OffsetDateTime.parse(person.path("date").asText()).toInstant()
                : otherwise.getWhenAsInstant();
        return new PersonIdent(
                person.path("name").asText(), person.path("email").asText(), at, ZoneOffset.UTC);
    }

    private static Answer commit(Call call) {
        call.needs(Right.READ_CONTENTS);
        RevCommit commit = call.git()
                .objects()
                .find(call.name("sha"))
                .flatMap(id -> call.git().objects().commit(id.name()))
                .orElseThrow(Refusal::notFound);
        return Answer.ok(GitJson.bare(commit, call.view()));
    }
}
