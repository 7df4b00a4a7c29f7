package dev.pawl.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.domain.model.Sha;
import dev.pawl.forge.github.http.Failures;
import dev.pawl.forge.github.http.HubConnector;
import dev.pawl.forge.github.http.Refusal;
import dev.pawl.forge.github.http.RestClient;
import dev.pawl.forge.github.http.Transport;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.kohsuke.github.GHCommitBuilder;
import org.kohsuke.github.GHEventPayload;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubAbuseLimitHandler;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.GitHubRateLimitHandler;

/** What hub4j does for us without extra requests: the repository, commits, refs, dispatches. */
final class Hub {
    private final GitHub github;
    private final GitHubSettings settings;
    private Optional<GHRepository> asked = Optional.empty();

    private Hub(GitHub github, GitHubSettings settings) {
        this.github = github;
        this.settings = settings;
    }

    /** {@code withAppInstallationToken}, because {@code withOAuthToken} asks for the account when it is built. */
    static Hub on(Transport transport, GitHubSettings settings) {
        try {
            GitHub github = new GitHubBuilder()
                    .withEndpoint(settings.api().toString())
                    .withAppInstallationToken(settings.token())
                    .withConnector(new HubConnector(transport))
                    .withRateLimitHandler(GitHubRateLimitHandler.FAIL)
                    .withAbuseLimitHandler(GitHubAbuseLimitHandler.FAIL)
                    .build();
            return new Hub(github, settings);
        } catch (IOException e) {
            throw new UncheckedIOException("hub4j asks nothing when it is built", e);
        }
    }

    /** Something that hub4j sends. */
    @FunctionalInterface
    private interface Request<T> {
        T send() throws IOException;
    }

    private static <T> T send(Request<T> request) {
        try {
            return request.send();
        } catch (IOException e) {
            throw Failures.bug("hub4j could not read GitHub's answer: " + e.getMessage());
        }
    }

    /** The repository's id: as told, or asked once. */
    long repositoryId() {
        OptionalLong told = settings.repositoryId();
        return told.isPresent() ? told.getAsLong() : asked().getId();
    }

    /** The default branch's name: as told, or asked once. */
    String defaultBranch() {
        return settings.defaultBranch().orElseGet(() -> asked().getDefaultBranch());
    }

    private GHRepository asked() {
        if (asked.isEmpty()) {
            try {
                asked = Optional.of(send(() -> github.getRepository(settings.owner() + "/" + settings.name())));
            } catch (Refusal e) {
                throw Failures.of(e.call(), e.answer());
            }
        }
        return asked.get();
    }

    /** The repository as hub4j's handle for writes. Parsed from what we know of it, so that it costs no request. */
    private GHRepository handle() {
        ObjectNode payload = RestClient.object();
        payload.putObject("repository")
                .put("name", settings.name())
                .put("full_name", settings.owner() + "/" + settings.name())
                .putObject("owner")
                .put("login", settings.owner());
        return send(() -> github.parseEventPayload(
                        new StringReader(((JsonNode) payload).toString()), GHEventPayload.Repository.class)
                .getRepository());
    }

    /** Makes a commit; repeating it makes another one, which nobody sees. */
    Sha createCommit(Sha tree, List<Sha> parents, String message) {
        GHCommitBuilder commit = handle().createCommit().tree(tree.value()).message(message);
        parents.forEach(parent -> commit.parent(parent.value()));
        try {
            return new Sha(send(commit::create).getSHA1());
        } catch (Refusal e) {
            throw Failures.of(e.call(), e.answer());
        }
    }

    /**
     * Makes a ref.
     *
     * @throws Refusal when the forge doesn't
     */
    void createRef(String ref, Sha commit) {
        send(() -> handle().createRef(ref, commit.value()));
    }

    /** Rings. */
    boolean dispatch(String event, Map<String, Object> payload) {
        try {
            return send(() -> {
                handle().dispatch(event, payload);
                return true;
            });
        } catch (Refusal e) {
            throw Failures.of(e.call(), e.answer());
        }
    }
}
