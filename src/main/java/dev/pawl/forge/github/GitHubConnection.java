package dev.pawl.forge.github;

import dev.pawl.domain.port.Backoff;
import dev.pawl.domain.secret.Secrets;
import dev.pawl.forge.github.http.RestClient;
import dev.pawl.forge.github.http.Settlement;
import dev.pawl.forge.github.http.TokenScopes;
import dev.pawl.forge.github.http.Transport;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** One repository's API, as forge and ledger share it: one transport, one count of requests, one patience. */
public final class GitHubConnection implements AutoCloseable {
    private final GitHubSettings settings;
    private final Transport transport;
    private final RestClient rest;
    private final Settlement settlement;
    private final Hub hub;
    private final Account account;

    private GitHubConnection(GitHubSettings settings, Transport transport) {
        this.settings = settings;
        this.transport = transport;
        this.rest = new RestClient(transport);
        this.settlement = new Settlement(transport);
        this.hub = Hub.on(transport, settings);
        this.account = new Account(settings, transport);
    }

    /** Opens it, with no secrets but the token. Sends nothing. */
    public static GitHubConnection open(GitHubSettings settings, Transport.World world) {
        return open(settings, Secrets.of(Map.of("GITHUB_TOKEN", settings.token())), world);
    }

    /**
     * Opens it. Sends nothing.
     *
     * @param settings everything else
     * @param secrets what is taken out of whatever is written
     * @param world clock, chance and sleep
     */
    public static GitHubConnection open(GitHubSettings settings, Secrets secrets, Transport.World world) {
        var credentials = new Transport.Credentials(settings.token(), secrets);
        var transport = new Transport(settings.api(), credentials, settings.waitForForge(), world);
        settings.repositoryId().ifPresent(transport::onlyWritesTo);
        return new GitHubConnection(settings, transport);
    }

    /** Sets how long all waiting together may take, once the policy is known. */
    public void waitAtMost(Duration time) {
        transport.waitAtMost(time);
    }

    /** What the token may do, where it is a person's classic one and GitHub has answered before. */
    public Optional<TokenScopes> scopes() {
        return transport.scopes();
    }

    /** The same patience for who else waits in this invocation. */
    public Backoff backoff() {
        return transport;
    }

    GitHubSettings settings() {
        return settings;
    }

    Transport transport() {
        return transport;
    }

    RestClient rest() {
        return rest;
    }

    Settlement settlement() {
        return settlement;
    }

    Hub hub() {
        return hub;
    }

    Account account() {
        return account;
    }

    /** Nothing can be sent afterwards. */
    @Override
    public void close() {
        transport.close();
    }

    /** The path of something below the repository. */
    String path(String below) {
        return settings.path() + below;
    }
}
