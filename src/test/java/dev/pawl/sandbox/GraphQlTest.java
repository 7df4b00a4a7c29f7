package dev.pawl.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.sandbox.world.Access;
import dev.pawl.sandbox.world.Scope;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What GitHub would refuse is refused here, too: a question that only the sandbox understands is worth nothing. */
class GraphQlTest {
    private World world;

    @BeforeEach
    void open(@TempDir Path folder) {
        world = new World(folder);
        world.alice.pushes(world.repo, "topic", Map.of("a.txt", "a"));
        world.alice.opensPullRequest(world.repo, "topic", "A", "");
        world.github.takeEvents();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private JsonNode asks(String document, String variables) {
        return world.asActions()
                .post(
                        world.github.graphqlUrl(),
                        "{'query':'QUERY','variables':VARIABLES}"
                                .replace("QUERY", document)
                                .replace("VARIABLES", variables))
                .json();
    }

    private JsonNode pull(String fields) {
        return asks(
                "query Q($o: String!, $r: String!, $n: Int!) { repository(owner: $o, name: $r) { pullRequest(number: $n) {"
                        + fields + "} } }",
                "{'o':'octo','r':'lab','n':1}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    nonsense                                   | Field 'nonsense' doesn't exist on type 'PullRequest'
                    author { nonsense }                        | Field 'nonsense' doesn't exist on type 'Actor'
                    mergeCommit { nonsense }                   | Field 'nonsense' doesn't exist on type 'Commit'
                    reviews { nodes { state } }                | You must provide a `first` or `last` value to properly paginate
                    reviews(most: 3) { nodes { state } }       | Field 'reviews' doesn't accept argument 'most'
                    author                                     | Field 'author' returns Actor: it must have a selection of subfields
                    state { name }                             | Field 'state' returns PullRequestState: selections can't be made on scalars
                    ... on Nobody { login }                    | No such type Nobody
                    ...nobody                                  | Fragment nobody was used, but not defined
                    other: state                               | Aliases aren't understood here: other
                    state %                                    | Parse error on "%"
                    """)
    void aWrongQuestionIsRefused(String fields, String message) {
        JsonNode answer = pull(fields);
        assertThat(answer.at("/errors/0/message").asText()).isEqualTo(message);
        assertThat(answer.has("data")).isFalse();
    }

    @Test
    void onlyWhatIsAskedForIsAnswered() {
        assertThat(pull("number author { __typename login ... on User { databaseId } ... on Bot { databaseId } }")
                        .at("/data/repository/pullRequest")
                        .toString())
                .isEqualTo("{\"number\":1,\"author\":{\"__typename\":\"User\",\"login\":\"alice\",\"databaseId\":"
                        + world.alice.id() + "}}");
    }

    @Test
    void whatIsNotThereIsAnErrorBesideData() {
        JsonNode answer = asks(
                "query Q($o: String!, $r: String!) { repository(owner: $o, name: $r) { databaseId } }",
                "{'o':'octo','r':'none'}");
        assertThat(answer.at("/errors/0/type").asText()).isEqualTo("NOT_FOUND");
        assertThat(answer.at("/data/repository").isNull()).isTrue();
        assertThat(pull("state").at("/data/repository/pullRequest/state").asText())
                .isEqualTo("OPEN");
    }

    private JsonNode resolves(String input) {
        return asks(
                "mutation M($input: ResolveReviewThreadInput!) { resolveReviewThread(input: $input) { thread { isResolved } } }",
                "{'input':" + input + "}");
    }

    @Test
    void aMutationNeedsWhatTheSchemaSays() {
        assertThat(resolves("{}").at("/errors/0/message").asText())
                .isEqualTo("Argument 'threadId' on InputObject 'ResolveReviewThreadInput' is required");
        assertThat(resolves("{'threadId':'x','force':true}")
                        .at("/errors/0/message")
                        .asText())
                .isEqualTo("InputObject 'ResolveReviewThreadInput' doesn't accept argument 'force'");
        assertThat(resolves("{'threadId':'x'}").at("/errors/0/type").asText()).isEqualTo("NOT_FOUND");
    }

    @Test
    void aMutationNeedsTheRight() {
        var pull = world.repo.pullRequest(1);
        long comment = world.octo.commentsOnLine(pull, "a.txt", 1, "Why?");
        JsonNode threads = pull("reviewThreads(first: 1) { nodes { id } }");
        String id = threads.at("/data/repository/pullRequest/reviewThreads/nodes/0/id")
                .asText();
        world.repo.settings(s -> s.tokenScope(Scope.PULL_REQUESTS, Access.READ));
        assertThat(resolves("{'threadId':'" + id + "'}").at("/errors/0/type").asText())
                .isEqualTo("FORBIDDEN");
        assertThat(pull.isResolved(comment)).isFalse();
        world.repo.settings(s -> s.tokenScope(Scope.PULL_REQUESTS, Access.WRITE));
        assertThat(resolves("{'threadId':'" + id + "'}")
                        .at("/data/resolveReviewThread/thread/isResolved")
                        .asBoolean())
                .isTrue();
        assertThat(pull.isResolved(comment)).isTrue();
    }

    @Test
    void withoutATokenNothingIsAnswered() {
        assertThat(new Client(world.github, "")
                        .post(world.github.graphqlUrl(), "{'query':'query Q { __typename }'}")
                        .status())
                .isEqualTo(401);
    }
}
