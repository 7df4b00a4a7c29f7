package dev.pawl.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.graphql.Malformed;
import dev.pawl.sandbox.graphql.Operation;
import dev.pawl.sandbox.graphql.Projection;
import dev.pawl.sandbox.graphql.Selection;
import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Call;
import dev.pawl.sandbox.http.Route;
import dev.pawl.sandbox.json.Json;
import dev.pawl.sandbox.json.PullNode;
import dev.pawl.sandbox.world.PullRequest;
import dev.pawl.sandbox.world.Repo;
import dev.pawl.sandbox.world.Right;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * GraphQL, as far as Pawl speaks it: one repository's one pull request is asked for, or one mutation is made.
 * See <a href="https://docs.github.com/graphql/guides/forming-calls-with-graphql">forming calls with GraphQL</a>: refusals
 * are 200, too.
 */
final class GraphQlApi {
    /** Where a tree carries the error that goes with it. */
    private static final String HIDDEN = "hidden";

    private GraphQlApi() {}

    static List<Route> routes() {
        return List.of(Route.at("POST", "/graphql", GraphQlApi::answer));
    }

    /** That something can't be had or done; becomes an entry of {@code errors}. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String type;

        Failed(String type, String message) {
            super(message, null, false, false);
            this.type = type;
        }
    }

    private static Answer answer(Call call) {
        ObjectNode body = call.body();
        Operation operation;
        try {
            operation = Operation.of(body.path("query").asText(), body.path("variables"));
        } catch (Malformed malformed) {
            return errors(Json.object(), Json.object().put("message", malformed.getMessage()));
        }
        Selection.Field field = operation.selections().stream()
                .filter(Selection.Field.class::isInstance)
                .map(Selection.Field.class::cast)
                .findFirst()
                .orElseThrow();
        ObjectNode answer = Json.object();
        ObjectNode data = answer.putObject("data");
        try {
            JsonNode whole = operation.isMutation() ? PullMutations.make(call, field) : repository(call, field);
            JsonNode hidden = ((ObjectNode) whole).remove(HIDDEN);
            data.set(field.name(), Projection.of(whole, field.below()));
            return hidden == null ? Answer.ok(answer) : errors(answer, (ObjectNode) hidden);
        } catch (Malformed malformed) {
            return errors(Json.object(), Json.object().put("message", malformed.getMessage()));
        } catch (Failed failed) {
            data.putNull(field.name());
            ObjectNode error = Json.object().put("type", failed.type);
            error.set("path", Json.texts(List.of(field.name()).stream()));
            return errors(answer, error.put("message", failed.getMessage()));
        }
    }

    private static Answer errors(ObjectNode answer, ObjectNode error) {
        answer.putArray("errors").add(error);
        return Answer.ok(answer);
    }

    private static JsonNode repository(Call call, Selection.Field field) {
        String owner = field.argument("owner").asText();
        String name = field.argument("name").asText();
        Repo repo = call.hub()
                .world()
                .repo(owner + "/" + name)
                .filter(found -> Right.READ.isOf(call.account(), found))
                .orElseThrow(() -> new Failed(
                        "NOT_FOUND", "Could not resolve to a Repository with the name '" + owner + "/" + name + "'."));
        var node = new PullNode(call.hub().view(repo));
        ObjectNode json = node.repository();
        Optional<Selection.Field> asked = Operation.find(field.below(), "pullRequest");
        if (asked.isPresent()) {
            needs(Right.READ_PULLS, call, repo);
            int number = asked.get().argument("number").asInt();
            PullRequest pull = repo.pulls().get(number);
            if (pull == null) {
                throw new Failed("NOT_FOUND", "Could not resolve to a PullRequest with the number of " + number + ".");
            }
            json.set("pullRequest", node.of(pull));
            boolean seesChecks =
                    Right.READ_CHECKS.isOf(call.account(), repo) && Right.READ_STATUSES.isOf(call.account(), repo);
            if (!seesChecks) {
                hideChecks(json);
            } else if (!Right.READ_RUNS.isOf(call.account(), repo)) {
                hideRuns(json);
            }
        }
        return json;
    }

    /** What a token may not see is null, and an error says where. */
    private static void hideChecks(ObjectNode repository) {
        if (repository.at("/pullRequest/commits/nodes/0/commit") instanceof ObjectNode commit
                && commit.path("statusCheckRollup").isObject()) {
            commit.putNull("statusCheckRollup");
            hidden(repository, "");
        }
    }

    private static void hideRuns(ObjectNode repository) {
        JsonNode contexts = repository.at("/pullRequest/commits/nodes/0/commit/statusCheckRollup/contexts/nodes");
        for (int i = 0; i < contexts.size(); i++) {
            if (contexts.get(i).path("checkSuite") instanceof ObjectNode suite
                    && suite.path("workflowRun").isObject()) {
                suite.putNull("workflowRun");
                hidden(repository, "/contexts/nodes/" + i + "/checkSuite/workflowRun");
            }
        }
    }

    /** The last one that is hidden is told. */
    private static void hidden(ObjectNode repository, String below) {
        String path = "repository/pullRequest/commits/nodes/0/commit/statusCheckRollup" + below;
        ObjectNode error = repository.putObject(HIDDEN).put("type", "FORBIDDEN");
        error.set("path", Json.texts(Stream.of(path.split("/", -1))));
        error.put("message", "Resource not accessible by integration");
    }

    static void needs(Right right, Call call, Repo repo) {
        if (!right.isOf(call.account(), repo)) {
            throw new Failed("FORBIDDEN", "Resource not accessible by integration");
        }
    }

    /** The same request, in that repository. */
    static Call in(Call call, Repo repo) {
        return new Call(call.hub(), call.account(), call.request(), Map.of("owner", repo.owner(), "repo", repo.name()));
    }
}
