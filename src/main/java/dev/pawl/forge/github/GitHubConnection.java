package dev.pawl.forge.github;

import dev.pawl.forge.github.http.RestClient;
import dev.pawl.forge.github.http.Settlement;
import dev.pawl.forge.github.http.Transport;
import java.time.Duration;

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

    /** Opens it. Sends nothing. */
    public static GitHubConnection open(GitHubSettings settings, Transport.World world) {
        return new GitHubConnection(
                settings, new Transport(settings.api(), settings.token(), settings.waitForForge(), world));
    }

    /** Sets how long all waiting together may take, once the policy is known. */
    public void waitAtMost(Duration time) {
        transport.waitAtMost(time);
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
