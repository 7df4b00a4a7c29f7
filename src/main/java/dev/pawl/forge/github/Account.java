package dev.pawl.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.domain.model.Actor;
import dev.pawl.forge.github.http.Answer;
import dev.pawl.forge.github.http.Call;
import dev.pawl.forge.github.http.Failures;
import dev.pawl.forge.github.http.Transport;
import java.util.OptionalLong;

/** The account that our token writes as. Asked of the forge at most once, and only where it must be. */
final class Account {
    /** {@code github-actions[bot]}, whom every {@code GITHUB_TOKEN} writes as. */
    static final long GITHUB_ACTIONS = 41898282;

    /** Installation tokens, of which {@code GITHUB_TOKEN} is one, can't read their account: 403. */
    private static final String INSTALLATION = "ghs_";

    private final Transport transport;
    private OptionalLong id;

    Account(GitHubSettings settings, Transport transport) {
        this.transport = transport;
        boolean installation = settings.token().startsWith(INSTALLATION);
        this.id = settings.botId().isEmpty() && installation ? OptionalLong.of(GITHUB_ACTIONS) : settings.botId();
    }

    /** The account's id, where it is known without asking. */
    OptionalLong known() {
        return id;
    }

    long id() {
        if (id.isEmpty()) {
            id = OptionalLong.of(ask());
        }
        return id.getAsLong();
    }

    private long ask() {
        return whoami().id();
    }

    /** Asks who we are; a token that can't read its own account is the runner's. */
    Actor whoami() {
        Call call = Call.get("/user");
        Answer answer = transport.send(call);
        if (answer.status() == 403 || answer.status() == 404) {
            return new Actor(GITHUB_ACTIONS, "github-actions[bot]", Actor.Kind.BOT);
        }
        JsonNode user = answer.json();
        if (!answer.ok() || !user.path("id").isIntegralNumber()) {
            throw Failures.of(call, answer);
        }
        boolean person = user.path("type").asText("").equals("User");
        return new Actor(
                user.path("id").longValue(),
                user.path("login").asText("unknown"),
                person ? Actor.Kind.USER : Actor.Kind.BOT);
    }
}
