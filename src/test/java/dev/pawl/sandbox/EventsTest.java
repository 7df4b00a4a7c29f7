package dev.pawl.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.sandbox.json.Json;
import dev.pawl.sandbox.world.Settings;
import dev.pawl.sandbox.world.WebhookEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsTest {
    private World world;

    @BeforeEach
    void open(@TempDir Path folder) {
        world = new World(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whatPeopleDoIsTold() {
        SandboxIssue issue = world.stranger.opensIssue(world.repo, "Bug", "It breaks");
        long comment = world.alice.comments(issue, "/pawl start");
        world.alice.editsComment(issue, comment, "/pawl status");
        world.alice.labels(issue, "pawl");
        world.alice.unlabels(issue, "pawl");
        world.alice.assigns(issue, "octo");
        world.alice.closes(issue, "not_planned");
        world.alice.reopens(issue);

        assertThat(world.events())
                .containsExactly(
                        "issues.opened",
                        "issue_comment.created",
                        "issue_comment.edited",
                        "label.created",
                        "issues.labeled",
                        "issues.unlabeled",
                        "issues.assigned",
                        "issues.closed",
                        "issues.reopened");
        assertThat(world.events()).isEmpty();
    }

    @Test
    void whatHappensToPullRequestsIsTold() {
        world.alice.pushes(world.repo, "topic", Map.of("b.txt", "b"));
        SandboxPullRequest pull = world.alice.opensPullRequest(world.repo, "topic", "T", "Closes #1");
        world.octo.comments(pull.issue(), "nice");
        world.octo.reviews(pull, Person.Says.REQUEST_CHANGES, "no");
        world.octo.commentsOnLine(pull, "b.txt", 1, "why?");
        world.alice.pushes(world.repo, "topic", Map.of("b.txt", "bb"));
        world.octo.mergesPullRequest(pull);

        assertThat(world.events())
                .containsExactly(
                        "push",
                        "pull_request.opened",
                        "issue_comment.created",
                        "pull_request_review.submitted",
                        "pull_request_review.submitted",
                        "pull_request_review_comment.created",
                        "pull_request.synchronize",
                        "push",
                        "pull_request.closed",
                        "push");
        assertThat(pull.isMerged()).isTrue();
        assertThat(world.repo.file("main", "b.txt")).hasValue("bb");
    }

    @Test
    void theWorkflowTokenIsSilentButForDispatches() {
        Client bot = world.asActions();
        SandboxIssue issue = world.alice.opensIssue(world.repo, "Bug", "");
        world.github.takeEvents();

        bot.post(World.REPO + "/issues/1/comments", "{'body':'working'}");
        bot.post(World.REPO + "/issues/1/labels", "{'labels':['pawl:ready']}");
        bot.patch(World.REPO + "/issues/1", "{'state':'closed'}");
        world.github.actions().pushes(world.repo, "pawl/1-bug", Map.of("b.txt", "b"));
        world.github.actions().opensPullRequest(world.repo, "pawl/1-bug", "T", "");
        assertThat(issue.isOpen()).isFalse();
        assertThat(world.events()).isEmpty();

        bot.post(World.REPO + "/dispatches", "{'event_type':'pawl','client_payload':{'issue':1}}");
        bot.post(World.REPO + "/actions/workflows/pawl.yml/dispatches", "{'ref':'main','inputs':{'issue':'1'}}");
        assertThat(world.events()).containsExactly("repository_dispatch.pawl", "workflow_dispatch");
    }

    @Test
    void anAppThatIsNotTheWorkflowTokenIsHeard() {
        SandboxIssue issue = world.alice.opensIssue(world.repo, "Bug", "");
        world.github.takeEvents();
        world.github.app("renovate[bot]").comments(issue, "rebased");
        assertThat(world.events()).containsExactly("issue_comment.created");
    }

    @Test
    void aPayloadNamesWhoDidWhatWhere() {
        SandboxIssue issue = world.stranger.opensIssue(world.repo, "Bug", "It breaks");
        world.alice.labels(issue, "pawl");
        List<WebhookEvent> events = world.github.takeEvents();
        WebhookEvent labeled = events.getLast();
        JsonNode json = Json.read(labeled.payload()).orElseThrow();

        assertThat(labeled.name()).isEqualTo("issues");
        assertThat(labeled.sender()).isEqualTo("alice");
        assertThat(json.path("action").asText()).isEqualTo("labeled");
        assertThat(json.at("/label/name").asText()).isEqualTo("pawl");
        assertThat(json.at("/issue/number").asInt()).isEqualTo(1);
        assertThat(json.at("/issue/user/login").asText()).isEqualTo("mallory");
        assertThat(json.at("/issue/labels/0/name").asText()).isEqualTo("pawl");
        assertThat(json.at("/repository/id").asLong()).isEqualTo(world.repo.id());
        assertThat(json.at("/repository/full_name").asText()).isEqualTo("octo/lab");
        assertThat(json.at("/sender/id").asLong()).isEqualTo(world.alice.id());
        assertThat(json.at("/sender/type").asText()).isEqualTo("User");
    }

    @Test
    void whatMachinesSayOfACommitIsToldUnlessActionsSayIt() {
        world.alice.pushes(world.repo, "topic", Map.of("a.txt", "a"));
        var pull = world.alice.opensPullRequest(world.repo, "topic", "A", "");
        world.events();
        world.repo.runsCi("ci.yml", "topic", SandboxJob.passed("build"));
        assertThat(world.events()).containsExactly("workflow_run.completed");
        world.repo.reportsCheck("topic", "scan", "success");
        world.repo.completesSuite("topic", "success");
        world.repo.reportsStatus("topic", "deploy", "success");
        assertThat(world.events()).containsExactly("check_run.completed", "check_suite.completed", "status");
        world.octo.reviews(pull, Person.Says.COMMENT, "so so", new Person.Line("a.txt", 1, "why?"));
        long comment = pull.reviewComments().getFirst().id();
        assertThat(world.events())
                .containsExactly("pull_request_review.submitted", "pull_request_review_comment.created");
        world.alice.replies(pull, comment, "because");
        assertThat(world.events())
                .containsExactly("pull_request_review.submitted", "pull_request_review_comment.created");
        world.alice.resolves(pull, comment, true);
        assertThat(world.events()).as("workflows don't hear of threads").isEmpty();
    }

    @Test
    void autoMergeIsToldAndDoneAsWhoeverWantedIt() {
        world.repo.settings(s -> s.rules(new Settings.Rules(List.of("build"), 0, false, false)));
        world.alice.pushes(world.repo, "topic", Map.of("a.txt", "a"));
        var pull = world.alice.opensPullRequest(world.repo, "topic", "A", "");
        world.alice.mergesLater(pull, "squash");
        world.events();
        world.repo.runsCi("ci.yml", "topic", SandboxJob.passed("build"));
        assertThat(pull.isMerged()).isTrue();
        assertThat(world.github.takeEvents())
                .filteredOn(event -> !event.name().equals("workflow_run"))
                .extracting(WebhookEvent::name, WebhookEvent::sender)
                .containsExactly(tuple("pull_request", "alice"), tuple("push", "alice"));
    }

    @Test
    void clocksAndDispatchesByHandAreTold() {
        world.repo.scheduleEvent("*/15 * * * *", "pawl.yml");
        world.repo.workflowDispatch(world.alice, "pawl.yml", Map.of("issue", "1"));
        long run = world.repo.startsRun("ci.yml", "push");
        world.repo.completesRun(run, "failure");
        world.repo.reportsCheck("main", "external", "success");
        assertThat(world.events())
                .containsExactly("schedule", "workflow_dispatch", "workflow_run.completed", "check_run.completed");
    }

    @Test
    void aStoryThatGitHubWouldNotAllowIsNoStory() {
        SandboxIssue issue = world.alice.opensIssue(world.repo, "Bug", "");
        assertThatThrownBy(() -> world.stranger.labels(issue, "pawl")).isInstanceOf(IllegalStateException.class);
        world.octo.locks(issue);
        assertThatThrownBy(() -> world.stranger.comments(issue, "hi")).isInstanceOf(IllegalStateException.class);
    }
}
