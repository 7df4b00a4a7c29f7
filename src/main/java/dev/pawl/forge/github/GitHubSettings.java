package dev.pawl.forge.github;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Everything that the adapter has to be told.
 *
 * @param api where the REST API is ({@code GITHUB_API_URL})
 * @param owner the repository's owner
 * @param name the repository's name
 * @param repositoryId the repository's id, where known: saves a request
 * @param defaultBranch the default branch's name, where known: saves a request
 * @param token the only credential; goes to {@code api}'s host alone
 * @param botId the account that the token writes as; else it is asked of the forge
 * @param stateKey the secret that signs states
 * @param us this invocation's workflow run
 * @param waitForForge how long all waiting together may take
 * @param ledgerPrefix where the ledger's refs are
 * @param graphql where the GraphQL API is ({@code GITHUB_GRAPHQL_URL}); on the REST API's host
 */
public record GitHubSettings(
        URI api,
        String owner,
        String name,
        OptionalLong repositoryId,
        Optional<String> defaultBranch,
        String token,
        OptionalLong botId,
        Optional<String> stateKey,
        WorkflowRun us,
        Duration waitForForge,
        String ledgerPrefix,
        URI graphql) {
    /** Where the ledger is unless the policy says otherwise. */
    public static final String LEDGER_PREFIX = "refs/pawl";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final Pattern PREFIX = Pattern.compile("refs(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,60}){1,4}");

    public GitHubSettings {
        if (!NAME.matcher(owner).matches() || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a repository: " + owner + "/" + name);
        }
        if (!PREFIX.matcher(ledgerPrefix).matches() || ledgerPrefix.contains("..")) {
            throw new IllegalArgumentException("not a place for refs: " + ledgerPrefix);
        }
    }

    /** One whose GraphQL API is where GitHub has it for that REST API. */
    public GitHubSettings(
            URI api,
            String owner,
            String name,
            OptionalLong repositoryId,
            Optional<String> defaultBranch,
            String token,
            OptionalLong botId,
            Optional<String> stateKey,
            WorkflowRun us,
            Duration waitForForge,
            String ledgerPrefix) {
        this(
                api,
                owner,
                name,
                repositoryId,
                defaultBranch,
                token,
                botId,
                stateKey,
                us,
                waitForForge,
                ledgerPrefix,
                graphqlOf(api));
    }

    /**
     * {@code https://api.github.com/graphql}; of a GitHub Enterprise Server, {@code https://host/api/graphql} beside
     * {@code https://host/api/v3} (docs.github.com, "Forming calls with GraphQL").
     */
    public static URI graphqlOf(URI api) {
        String rest = api.toString().replaceFirst("/+$", "");
        return URI.create(rest.endsWith("/v3") ? rest.substring(0, rest.length() - 2) + "graphql" : rest + "/graphql");
    }

    /**
     * A workflow run.
     *
     * @param id its id; 0 outside of Actions
     * @param attempt which attempt of it
     */
    public record WorkflowRun(long id, int attempt) {
        /** Outside of Actions. */
        public static final WorkflowRun NONE = new WorkflowRun(0, 0);
    }

    /** The repository's path in the API. */
    String path() {
        return "/repos/" + owner + "/" + name;
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "GitHubSettings[" + api + ", " + owner + "/" + name + "]";
    }
}
