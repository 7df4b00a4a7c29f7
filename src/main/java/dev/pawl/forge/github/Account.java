package dev.pawl.forge.github;

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
        Call call = Call.get("/user");
        Answer answer = transport.send(call);
        if (answer.status() == 403 || answer.status() == 404) {
            return GITHUB_ACTIONS;
        }
        if (!answer.ok() || !answer.json().path("id").isIntegralNumber()) {
            throw Failures.of(call, answer);
        }
        return answer.json().path("id").longValue();
    }
}
