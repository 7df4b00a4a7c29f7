package dev.pawl.agent.cli;

import dev.pawl.agent.proxy.KeyProxy;
import dev.pawl.domain.policy.AgentSpec;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Between a program and its model, for one run: keeps the key here where it can, and otherwise hands it over.
 *
 * @param access what the program gets
 * @param proxy what holds the key, where it stays here
 */
record Doorman(Job.Access access, Optional<KeyProxy> proxy) implements AutoCloseable {
    /** The word that stands for the key says what it is, should somebody find it in a log. */
    private static final String TOKEN = "pawl-one-run-";

    /**
     * What is known before a run.
     *
     * @param environment our own environment
     * @param nonces gives values that nobody can guess
     */
    record Desk(Map<String, String> environment, Supplier<String> nonces) {}

    /** Opens a proxy where we know where the key belongs. */
    static Doorman of(Cli cli, AgentSpec agent, Optional<Job.Key> key, Desk desk) {
        Optional<String> given = agent.options().baseUrl();
        Optional<URI> provider = key.filter(k -> cli.takesAProxy() && !k.name().contains("OAUTH"))
                .flatMap(k -> given.or(() -> cli.provider(k.name())))
                .map(URI::create);
        if (provider.isEmpty()) {
            return new Doorman(new Job.Access(key, given, agent.env()), Optional.empty());
        }
        Job.Key real = key.orElseThrow();
        var proxy = KeyProxy.open(
                new KeyProxy.Upstream(provider.get(), real.value()),
                TOKEN + desk.nonces().get());
        List<String> passed = agent.env().stream()
                .filter(name -> !cli.keys().contains(name))
                .filter(name -> !desk.environment().getOrDefault(name, "").contains(real.value()))
                .toList();
        var access = new Job.Access(
                Optional.of(new Job.Key(real.name(), proxy.token())),
                Optional.of(proxy.address().toString()),
                passed);
        return new Doorman(access, Optional.of(proxy));
    }

    /** From now on the token is worth nothing. */
    @Override
    public void close() {
        proxy.ifPresent(KeyProxy::close);
    }
}
