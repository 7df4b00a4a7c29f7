package dev.pawl.sandbox.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.world.Account;
import dev.pawl.sandbox.world.Role;
import java.time.Instant;
import java.util.Map;

/** Accounts as simple users, public users and collaborators. */
public final class AccountJson {
    private static final Map<String, String> BELOW = Map.ofEntries(
            Map.entry("followers_url", "/followers"),
            Map.entry("following_url", "/following{/other_user}"),
            Map.entry("gists_url", "/gists{/gist_id}"),
            Map.entry("starred_url", "/starred{/owner}{/repo}"),
            Map.entry("subscriptions_url", "/subscriptions"),
            Map.entry("organizations_url", "/orgs"),
            Map.entry("repos_url", "/repos"),
            Map.entry("events_url", "/events{/privacy}"),
            Map.entry("received_events_url", "/received_events"));

    private AccountJson() {}

    /** A simple user. */
    public static ObjectNode simple(Account account, Urls urls) {
        String url = urls.api("/users/" + account.login().replace("[", "%5B").replace("]", "%5D"));
        String page = account.isApp() ? "/apps/" + account.login().replace("[bot]", "") : "/" + account.login();
        ObjectNode json = Json.object()
                .put("login", account.login())
                .put("id", account.id())
                .put("node_id", View.nodeId(account.isApp() ? "BOT" : "U", account.id()))
                .put("avatar_url", urls.html("/avatars/u/" + account.id()))
                .put("gravatar_id", "")
                .put("url", url)
                .put("html_url", urls.html(page))
                .put("type", account.type())
                .put("user_view_type", "public")
                .put("site_admin", false);
        BELOW.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> json.put(e.getKey(), url + e.getValue()));
        return json;
    }

    /** A user as {@code GET /users/{login}} and {@code GET /user} show it. */
    public static ObjectNode profile(Account account, Urls urls, Instant createdAt) {
        ObjectNode json = simple(account, urls).put("name", account.login()).put("public_repos", 0);
        for (String nothing : new String[] {"company", "location", "email", "hireable", "bio", "twitter_username"}) {
            json.putNull(nothing);
        }
        return json.put("blog", "")
                .put("public_gists", 0)
                .put("followers", 0)
                .put("following", 0)
                .put("created_at", Json.time(createdAt))
                .put("updated_at", Json.time(createdAt));
    }

    /** The answer about a collaborator's permission. */
    public static ObjectNode permission(Account account, Role role, Urls urls) {
        ObjectNode user = simple(account, urls).put("role_name", role.roleName());
        user.set("permissions", rights(role));
        ObjectNode json = Json.object().put("permission", role.permission()).put("role_name", role.roleName());
        json.set("user", user);
        return json;
    }

    /** What a role may, one by one. */
    public static ObjectNode rights(Role role) {
        return Json.object()
                .put("admin", role.covers(Role.ADMIN))
                .put("maintain", role.covers(Role.MAINTAIN))
                .put("push", role.covers(Role.WRITE))
                .put("triage", role.covers(Role.TRIAGE))
                .put("pull", role.covers(Role.READ));
    }
}
