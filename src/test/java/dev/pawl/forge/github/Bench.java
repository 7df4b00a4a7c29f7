package dev.pawl.forge.github;

import dev.pawl.forge.github.http.Transport;
import dev.pawl.forge.github.http.Worlds;
import dev.pawl.sandbox.World;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** A sandbox with one repository, and connections to it as its workflows have them. Every exchange is checked. */
final class Bench implements AutoCloseable {
    final World world;
    final Worlds worlds = new Worlds();
    private final AtomicInteger nonce = new AtomicInteger();

    Bench(Path folder) {
        world = new World(folder);
    }

    /** Settings of a workflow run, which knows its repository and its default branch. */
    GitHubSettings settings(long run, int attempt) {
        return new GitHubSettings(
                URI.create(world.github.apiUrl()),
                "octo",
                "lab",
                OptionalLong.of(world.repo.id()),
                Optional.of("main"),
                world.github.actionsToken(),
                OptionalLong.empty(),
                Optional.empty(),
                new GitHubSettings.WorkflowRun(run, attempt),
                Duration.ofSeconds(60),
                GitHubSettings.LEDGER_PREFIX);
    }

    GitHubConnection connection(GitHubSettings settings) {
        Transport.World surroundings = worlds.world();
        return GitHubConnection.open(settings, surroundings);
    }

    GitHubForge forge() {
        return new GitHubForge(connection(settings(1, 1)));
    }

    RestLedger ledger(long run, int attempt) {
        return ledger(settings(run, attempt));
    }

    RestLedger ledger(GitHubSettings settings) {
        return new RestLedger(connection(settings), () -> "n" + nonce.incrementAndGet());
    }

    @Override
    public void close() {
        world.close();
    }
}
