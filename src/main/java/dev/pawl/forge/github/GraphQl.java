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

/**
 * GitHub's GraphQL API, for what REST hasn't: whether a thread is resolved, whether a check is required, drafts, auto-merge
 * (docs.github.com, "GraphQL API"). Over the same transport: a query counts as a read, a mutation as a write.
 */
final class GraphQl {
    private final GitHubConnection github;

    GraphQl(GitHubConnection github) {
        this.github = github;
    }

    /** Asks; empty when what it is about isn't there. */
    Optional<JsonNode> ask(String query, ObjectNode variables) {
        Call call = Call.query(github.settings().graphql().toString(), body(query, variables));
        Answer answer = RestClient.accepted(call, github.rest().write(call));
        Set<String> errors = GraphQlErrors.of(answer);
        if (errors.contains(GraphQlErrors.NOT_FOUND)) {
            return Optional.empty();
        }
        if (!errors.isEmpty()) {
            throw failure(answer, errors);
        }
        return Optional.of(answer.json().path("data"));
    }

    /**
     * Changes something.
     *
     * @return the answer, which may say that it can't be done as things stand
     */
    Answer change(String mutation, ObjectNode input) {
        ObjectNode variables = RestClient.object();
        variables.set("input", input);
        Call call = Call.write(Call.Method.POST, github.settings().graphql().toString(), body(mutation, variables));
        Answer answer = RestClient.accepted(call, github.rest().write(call));
        Set<String> errors = GraphQlErrors.of(answer);
        if (errors.contains(GraphQlErrors.FORBIDDEN)) {
            throw failure(answer, errors);
        }
        return answer;
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
