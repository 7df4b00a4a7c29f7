package dev.pawl.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.forge.github.http.Answer;
import dev.pawl.forge.github.http.Call;
import dev.pawl.forge.github.http.Failures;
import dev.pawl.forge.github.http.GraphQlErrors;
import dev.pawl.forge.github.http.RestClient;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * GitHub's GraphQL API, for what REST hasn't: whether a thread is resolved, whether a check is required, drafts, auto-merge
 * (docs.github.com, "GraphQL API"). Over the same transport: a query counts as a read, a mutation as a write.
 */
final class GraphQl {
    private static final Logger LOG = LoggerFactory.getLogger(GraphQl.class);

    /** The repository, and what is asked about in it. */
    private static final int DEPTH = 2;

    private final GitHubConnection github;

    GraphQl(GitHubConnection github) {
        this.github = github;
    }

    /**
     * What was answered.
     *
     * @param data what was asked for
     * @param whole whether nothing of it was held back
     */
    record Told(JsonNode data, boolean whole) {}

    /** Asks; empty when what it is about isn't there. What the token may not see deep inside is null there, and not whole. */
    Optional<Told> ask(String query, ObjectNode variables) {
        Call call = Call.query(github.settings().graphql().toString(), body(query, variables));
        Answer answer = RestClient.accepted(call, github.rest().write(call));
        Set<String> errors = GraphQlErrors.of(answer);
        if (errors.contains(GraphQlErrors.NOT_FOUND)) {
            return Optional.empty();
        }
        if (!errors.isEmpty() && !isInside(answer)) {
            throw failure(answer, errors);
        }
        if (!errors.isEmpty()) {
            LOG.warn("query=partial why=\"{}\"", answer.said());
        }
        return Optional.of(new Told(answer.json().path("data"), errors.isEmpty() || isOnlyRuns(answer)));
    }

    /** Whose run a check is needs {@code actions: read}; the check itself shows without. */
    private static boolean isOnlyRuns(Answer answer) {
        return Json.stream(answer.json().path("errors"))
                .map(error -> error.path("path"))
                .allMatch(path -> path.path(path.size() - 1).asText("").equals("workflowRun"));
    }

    /** Whether only parts of what was asked about are forbidden, and not itself. */
    private static boolean isInside(Answer answer) {
        return Json.stream(answer.json().path("errors"))
                .allMatch(error -> error.path("type").asText("").equals(GraphQlErrors.FORBIDDEN)
                        && error.path("path").size() > DEPTH);
    }

    /**
     * Changes something.
     *
     * @return the answer, which may say that it can't be done, or may not be
     */
    Answer change(String mutation, ObjectNode input) {
        ObjectNode variables = RestClient.object();
        variables.set("input", input);
        Call call = Call.write(Call.Method.POST, github.settings().graphql().toString(), body(mutation, variables));
        return RestClient.accepted(call, github.rest().write(call));
    }

    /** Whether the token may not do that. */
    static boolean forbidden(Answer answer) {
        return GraphQlErrors.of(answer).contains(GraphQlErrors.FORBIDDEN);
    }

    /** Whether a mutation did what it was asked. */
    static boolean done(Answer answer) {
        return GraphQlErrors.of(answer).isEmpty();
    }

    /** What a refusal means that nobody foresaw. */
    static ForgeFailure failure(Answer answer) {
        return failure(answer, GraphQlErrors.of(answer));
    }

    private static ForgeFailure failure(Answer answer, Set<String> errors) {
        return errors.contains(GraphQlErrors.FORBIDDEN)
                ? Failures.access("the token may not see or do that over GraphQL: " + answer.said()
                        + " (grant pull-requests: write, contents: write, checks: read, statuses: read)")
                : Failures.bug("GitHub's GraphQL API answered: " + answer.said());
    }

    private static ObjectNode body(String query, ObjectNode variables) {
        ObjectNode body = RestClient.object().put("query", query);
        body.set("variables", variables);
        return body;
    }
}
