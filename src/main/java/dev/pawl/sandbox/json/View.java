package dev.pawl.sandbox.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.sandbox.git.BareRepository;
import dev.pawl.sandbox.world.Account;
import dev.pawl.sandbox.world.Repo;
import dev.pawl.sandbox.world.World;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What every rendering of a repository's things looks at. */
public record View(World world, Repo repo, BareRepository git, Urls urls) {
    /** An API address below this repository. */
    public String api(String path) {
        return urls.api("/repos/" + repo.fullName() + path);
    }

    /** An address for people below this repository. */
    public String html(String path) {
        return urls.html("/" + repo.fullName() + path);
    }

    /** The account of that login as a simple user. */
    public JsonNode user(String login) {
        return Json.orNone(world.account(login).map(a -> AccountJson.simple(a, urls)));
    }

    /** What the author is to this repository, in the words of {@code author_association}. */
    public String association(String login) {
        Optional<Account> account = world.account(login);
        if (login.equalsIgnoreCase(repo.owner())) {
            return "OWNER";
        }
        return account.isEmpty() || account.get().isApp()
                ? "NONE"
                : switch (repo.roleOf(account.get())) {
                    case NONE -> "NONE";
                    case READ, TRIAGE, WRITE, MAINTAIN, ADMIN -> "COLLABORATOR";
                };
    }

    /** An opaque node id, the same for the same thing. */
    public static String nodeId(String kind, long id) {
        return nodeId(kind, Long.toString(id));
    }

    /** An opaque node id for something named by text. */
    public static String nodeId(String kind, String id) {
        return kind + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }
}
