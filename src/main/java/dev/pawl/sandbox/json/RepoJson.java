package dev.pawl.sandbox.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.git.BareRepository;
import dev.pawl.sandbox.world.Issue;
import dev.pawl.sandbox.world.Repo;
import java.util.List;

/** A repository, whole. */
public final class RepoJson {
    private static final List<String> BELOW = List.of(
            "archive_url=/{archive_format}{/ref}",
            "assignees_url=/assignees{/user}",
            "blobs_url=/git/blobs{/sha}",
            "branches_url=/branches{/branch}",
            "collaborators_url=/collaborators{/collaborator}",
            "comments_url=/comments{/number}",
            "commits_url=/commits{/sha}",
            "compare_url=/compare/{base}...{head}",
            "contents_url=/contents/{+path}",
            "contributors_url=/contributors",
            "deployments_url=/deployments",
            "downloads_url=/downloads",
            "events_url=/events",
            "forks_url=/forks",
            "git_commits_url=/git/commits{/sha}",
            "git_refs_url=/git/refs{/sha}",
            "git_tags_url=/git/tags{/sha}",
            "hooks_url=/hooks",
            "issue_comment_url=/issues/comments{/number}",
            "issue_events_url=/issues/events{/number}",
            "issues_url=/issues{/number}",
            "keys_url=/keys{/key_id}",
            "labels_url=/labels{/name}",
            "languages_url=/languages",
            "merges_url=/merges",
            "milestones_url=/milestones{/number}",
            "notifications_url=/notifications{?since,all,participating}",
            "pulls_url=/pulls{/number}",
            "releases_url=/releases{/id}",
            "stargazers_url=/stargazers",
            "statuses_url=/statuses/{sha}",
            "subscribers_url=/subscribers",
            "subscription_url=/subscription",
            "tags_url=/tags",
            "teams_url=/teams",
            "trees_url=/git/trees{/sha}");

    private RepoJson() {}

    /** Somebody's fork, which exists only in what pull requests tell of it. */
    static ObjectNode fork(String owner, View view) {
        ObjectNode json = of(view).put("id", view.repo().id() + 1_000_000_000L)
                .put("full_name", owner + "/" + view.repo().name())
                .put("fork", true);
        json.set("owner", view.user(owner));
        return json;
    }

    /** The full repository. */
    public static ObjectNode of(View view) {
        Repo repo = view.repo();
        ObjectNode json = Json.object()
                .put("id", repo.id())
                .put("node_id", View.nodeId("R", repo.id()))
                .put("name", repo.name())
                .put("full_name", repo.fullName());
        json.set("owner", view.user(repo.owner()));
        json.put("private", repo.settings().isPrivate())
                .put("visibility", repo.settings().isPrivate() ? "private" : "public")
                .put("html_url", view.html(""))
                .put("url", view.api(""))
                .put("clone_url", view.html(".git"))
                .put("git_url", view.html(".git").replaceFirst("^http", "git"))
                .put("ssh_url", "git@localhost:" + repo.fullName() + ".git")
                .put("svn_url", view.html(""))
                .put("default_branch", BareRepository.DEFAULT_BRANCH);
        for (String line : BELOW) {
            int equals = line.indexOf('=');
            json.put(line.substring(0, equals), view.api(line.substring(equals + 1)));
        }
        for (String nothing : List.of("description", "homepage", "language", "mirror_url", "license")) {
            json.putNull(nothing);
        }
        for (String no : List.of("fork", "disabled", "has_pages", "has_wiki", "has_discussions", "is_template")) {
            json.put(no, false);
        }
        for (String yes : List.of("has_projects", "has_downloads", "allow_merge_commit", "allow_squash_merge")) {
            json.put(yes, true);
        }
        json.put("archived", repo.settings().isArchived())
                .put("has_issues", repo.settings().hasIssues());
        json.put("allow_rebase_merge", true).put("allow_auto_merge", false).put("allow_forking", true);
        for (String zero :
                List.of("forks", "forks_count", "stargazers_count", "watchers", "watchers_count", "network_count")) {
            json.put(zero, 0);
        }
        int open = (int) repo.issues().values().stream().filter(Issue::isOpen).count();
        json.put("subscribers_count", 0)
                .put("size", 0)
                .put("open_issues", open)
                .put("open_issues_count", open)
                .put("web_commit_signoff_required", false)
                .put("created_at", Json.time(repo.createdAt()))
                .put("updated_at", Json.time(repo.createdAt()))
                .put("pushed_at", Json.time(repo.createdAt()));
        json.putArray("topics");
        return json;
    }
}
