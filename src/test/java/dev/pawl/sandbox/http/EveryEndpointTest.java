package dev.pawl.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.sandbox.Client;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.SandboxJob;
import dev.pawl.sandbox.SandboxPullRequest;
import dev.pawl.sandbox.World;
import dev.pawl.sandbox.api.Endpoints;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drives every route once; what it answers is held against GitHub's OpenAPI description when the world closes. */
class EveryEndpointTest {
    private static final String R = World.REPO;

    private final List<Exchange> exchanges = Collections.synchronizedList(new ArrayList<>());

    @Test
    void everyRouteAnswersAsGitHubDescribesIt(@TempDir Path folder) {
        try (var world = new World(folder)) {
            world.github.observe(exchanges::add);
            Client bot = world.asActions();
            Client alice = world.as(world.alice);
            repository(alice, bot);
            settings(world, alice, bot);
            labels(bot);
            issues(world, bot);
            comments(world, bot);
            git(bot);
            pulls(world, bot, alice);
            runs(world, bot);
            jobs(world, bot);
        }
        assertThat(Endpoints.all().stream().filter(route -> !isDriven(route)).map(r -> r.method() + " " + r.pattern()))
                .as("routes that nothing drives")
                .isEmpty();
    }

    private boolean isDriven(Route route) {
        return exchanges.stream()
                .filter(e -> e.status() < 300
                        || e.status() == 302
                        || e.responseBody().contains("Branch not protected"))
                .anyMatch(e -> e.method().equals(route.method())
                        && route.fits(List.of(e.path().substring(1).split("/", -1)))
                                .isPresent());
    }

    private static void repository(Client alice, Client bot) {
        assertThat(bot.get(R).status()).isEqualTo(200);
        assertThat(alice.get("/user").json().path("login").asText()).isEqualTo("alice");
        assertThat(bot.get("/user").message()).isEqualTo("Resource not accessible by integration");
        assertThat(bot.get("/users/alice").json().path("type").asText()).isEqualTo("User");
        assertThat(bot.get("/users/github-actions%5Bbot%5D").json().path("id").asLong())
                .isEqualTo(41898282L);
        assertThat(bot.get("/rate_limit").status()).isEqualTo(200);
        assertThat(bot.get(R + "/collaborators/alice/permission")
                        .json()
                        .path("role_name")
                        .asText())
                .isEqualTo("write");
        assertThat(bot.get(R + "/collaborators/nobody/permission").status()).isEqualTo(404);
    }

    private static void settings(World world, Client alice, Client bot) {
        Client octo = world.as(world.octo);
        assertThat(octo.get(R).json().at("/permissions/admin").asBoolean()).isTrue();
        assertThat(alice.get(R).json().at("/permissions/admin").asBoolean()).isFalse();
        assertThat(octo.get(R + "/actions/permissions/workflow")
                        .json()
                        .path("can_approve_pull_request_reviews")
                        .asBoolean())
                .isTrue();
        assertThat(alice.get(R + "/actions/permissions/workflow").status()).isEqualTo(403);
        assertThat(bot.get(R + "/actions/permissions/workflow").message())
                .isEqualTo("Resource not accessible by integration");
    }

    private static void labels(Client bot) {
        assertThat(bot.post(R + "/labels", "{'name':'pawl','color':'0e8a16','description':'Start'}")
                        .status())
                .isEqualTo(201);
        assertThat(bot.post(R + "/labels", "{'name':'PAWL','color':'0e8a16'}")
                        .json()
                        .at("/errors/0/code")
                        .asText())
                .isEqualTo("already_exists");
        assertThat(bot.get(R + "/labels/PaWl").json().path("name").asText()).isEqualTo("pawl");
        assertThat(bot.get(R + "/labels").json()).hasSize(1);
        assertThat(bot.patch(R + "/labels/pawl", "{'new_name':'pawl:go','color':'ffffff'}")
                        .status())
                .isEqualTo(200);
        assertThat(bot.delete(R + "/labels/pawl%3Ago").status()).isEqualTo(204);
    }

    private static void issues(World world, Client bot) {
        Client alice = world.as(world.alice);
        assertThat(alice.post(R + "/issues", "{'title':'One','body':'text','labels':['bug'],'assignees':['octo']}")
                        .status())
                .isEqualTo(201);
        assertThat(alice.post(R + "/issues", "{'title':'Two'}").status()).isEqualTo(201);
        assertThat(bot.get(R + "/issues?state=all&labels=bug").json()).hasSize(1);
        assertThat(bot.get(R + "/issues?state=open&sort=updated&direction=asc&since=2026-01-01T00:00:00Z")
                        .json())
                .hasSize(2);
        assertThat(bot.post(R + "/issues/1/labels", "{'labels':['pawl','BUG']}").json())
                .hasSize(2);
        assertThat(bot.get(R + "/issues/1/labels").json()).hasSize(2);
        assertThat(bot.put(R + "/issues/1/labels", "{'labels':['other']}").json())
                .hasSize(1);
        assertThat(bot.delete(R + "/issues/1/labels/other").json()).isEmpty();
        assertThat(bot.delete(R + "/issues/1/labels/other").message()).isEqualTo("Label does not exist");
        assertThat(bot.delete(R + "/issues/2/labels").status()).isEqualTo(204);
        assertThat(bot.post(R + "/issues/1/assignees", "{'assignees':['alice','mallory']}")
                        .json()
                        .path("assignees"))
                .hasSize(2);
        assertThat(bot.send("DELETE", R + "/issues/1/assignees", "{'assignees':['alice']}")
                        .status())
                .isEqualTo(200);
        assertThat(bot.put(R + "/issues/1/lock", "{'lock_reason':'resolved'}").status())
                .isEqualTo(204);
        assertThat(world.as(world.stranger)
                        .post(R + "/issues/1/comments", "{'body':'hi'}")
                        .status())
                .isEqualTo(403);
        assertThat(bot.delete(R + "/issues/1/lock").status()).isEqualTo(204);
        long two = bot.get(R + "/issues/2").json().path("id").asLong();
        assertThat(bot.post(R + "/issues/1/dependencies/blocked_by", "{'issue_id':" + two + "}")
                        .status())
                .isEqualTo(201);
        assertThat(bot.get(R + "/issues/1/dependencies/blocked_by")
                        .json()
                        .at("/0/number")
                        .asInt())
                .isEqualTo(2);
        assertThat(bot.delete(R + "/issues/1/dependencies/blocked_by/" + two).status())
                .isEqualTo(200);
        assertThat(bot.patch(R + "/issues/1", "{'title':'Uno','body':'texts','labels':['bug'],'assignees':['alice']}")
                        .status())
                .isEqualTo(200);
        assertThat(bot.patch(R + "/issues/1", "{'state':'closed','state_reason':'not_planned'}")
                        .json()
                        .path("state_reason")
                        .asText())
                .isEqualTo("not_planned");
        assertThat(bot.patch(R + "/issues/1", "{'state':'open'}")
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("open");
        assertThat(bot.get(R + "/issues/1").status()).isEqualTo(200);
        assertThat(bot.get(R + "/issues/77").status()).isEqualTo(404);
    }

    private static void comments(World world, Client bot) {
        Client.Reply said = bot.post(R + "/issues/1/comments", "{'body':'hello'}");
        assertThat(said.status()).isEqualTo(201);
        assertThat(said.raw().headers().firstValue("Location"))
                .hasValue(said.json().path("url").asText());
        String comment = R + "/issues/comments/" + said.json().path("id").asLong();
        assertThat(bot.get(comment).json().path("body").asText()).isEqualTo("hello");
        assertThat(bot.patch(comment, "{'body':'hello again'}").status()).isEqualTo(200);
        assertThat(bot.get(R + "/issues/1/comments?per_page=100").json()).hasSize(1);
        assertThat(bot.get(R + "/issues/comments?sort=updated&direction=desc").json())
                .hasSize(1);
        for (String subject : List.of(comment, R + "/issues/1")) {
            Client.Reply reacted = bot.post(subject + "/reactions", "{'content':'+1'}");
            assertThat(reacted.status()).isEqualTo(201);
            assertThat(bot.post(subject + "/reactions", "{'content':'+1'}").status())
                    .isEqualTo(200);
            assertThat(bot.get(subject + "/reactions").json()).hasSize(1);
            assertThat(bot.delete(subject + "/reactions/"
                                    + reacted.json().path("id").asLong())
                            .status())
                    .isEqualTo(204);
        }
        assertThat(world.as(world.stranger).patch(comment, "{'body':'mine'}").status())
                .isEqualTo(403);
        assertThat(bot.get(R + "/issues/1/timeline").json().size()).isGreaterThan(10);
        assertThat(bot.get(R + "/issues/1/events").json().size()).isGreaterThan(10);
        assertThat(bot.delete(comment).status()).isEqualTo(204);
        assertThat(bot.get(comment).status()).isEqualTo(404);
    }

    private static void git(Client bot) {
        String main =
                bot.get(R + "/git/ref/heads/main").json().at("/object/sha").asText();
        String blob = bot.post(R + "/git/blobs", "{'content':'aGk=','encoding':'base64'}")
                .json()
                .path("sha")
                .asText();
        assertThat(bot.get(R + "/git/blobs/" + blob).json().path("content").asText())
                .isEqualTo("aGk=\n");
        String tree = bot.post(
                        R + "/git/trees",
                        "{'base_tree':'%s','tree':[{'path':'b.txt','mode':'100644','type':'blob','sha':'%s'}]}"
                                .formatted(main, blob))
                .json()
                .path("sha")
                .asText();
        assertThat(bot.get(R + "/git/trees/" + tree + "?recursive=1").json().path("tree"))
                .hasSize(8);
        String commit = bot.post(
                        R + "/git/commits", "{'message':'b','tree':'%s','parents':['%s']}".formatted(tree, main))
                .json()
                .path("sha")
                .asText();
        assertThat(bot.get(R + "/git/commits/" + commit)
                        .json()
                        .at("/author/name")
                        .asText())
                .isEqualTo("github-actions[bot]");
        String ref = "{'ref':'refs/heads/pawl/1-b','sha':'%s'}".formatted(commit);
        assertThat(bot.post(R + "/git/refs", ref).status()).isEqualTo(201);
        assertThat(bot.post(R + "/git/refs", ref).message()).isEqualTo("Reference already exists");
        assertThat(bot.post(R + "/git/refs", "{'ref':'refs/pawl/issues/1','sha':'%s'}".formatted(main))
                        .status())
                .isEqualTo(201);
        assertThat(bot.patch(R + "/git/refs/pawl/issues/1", "{'sha':'%s'}".formatted(commit))
                        .status())
                .isEqualTo(200);
        assertThat(bot.patch(R + "/git/refs/pawl/issues/1", "{'sha':'%s','force':false}".formatted(main))
                        .message())
                .isEqualTo("Update is not a fast forward");
        assertThat(bot.get(R + "/git/refs/heads/pawl/1-b").status()).isEqualTo(200);
        assertThat(bot.get(R + "/git/matching-refs/pawl/").json()).hasSize(1);
        assertThat(bot.get(R + "/git/matching-refs/nothing").json()).isEmpty();
        assertThat(bot.delete(R + "/git/refs/pawl/issues/1").status()).isEqualTo(204);
        assertThat(bot.delete(R + "/git/refs/pawl/issues/1").message()).isEqualTo("Reference does not exist");
        assertThat(bot.get(R + "/contents").json()).hasSize(3);
        assertThat(bot.get(R + "/contents/src").json()).hasSize(1);
        assertThat(bot.get(R + "/contents/src/a.txt?ref=main")
                        .json()
                        .path("encoding")
                        .asText())
                .isEqualTo("base64");
        assertThat(bot.get(R + "/contents/none").status()).isEqualTo(404);
        assertThat(bot.get(R + "/branches").json()).hasSize(2);
        assertThat(bot.get(R + "/branches/pawl/1-b").json().at("/commit/sha").asText())
                .isEqualTo(commit);
        assertThat(bot.get(R + "/branches/main/protection").status()).isEqualTo(404);
        assertThat(bot.get(R + "/compare/main...pawl/1-b").json().path("status").asText())
                .isEqualTo("ahead");
        assertThat(bot.get(R + "/commits?sha=pawl/1-b").json()).hasSize(2);
        assertThat(bot.get(R + "/commits/pawl/1-b").json().path("files")).hasSize(1);
        assertThat(bot.get(R + "/commits/main").status()).isEqualTo(200);
    }

    private static void pulls(World world, Client bot, Client alice) {
        Client.Reply opened =
                bot.post(R + "/pulls", "{'title':'B','head':'pawl/1-b','base':'main','body':'Closes #1','draft':true}");
        assertThat(opened.status()).isEqualTo(201);
        int n = opened.json().path("number").asInt();
        String pull = R + "/pulls/" + n;
        assertThat(bot.post(R + "/pulls", "{'title':'B','head':'pawl/1-b','base':'main'}")
                        .json()
                        .at("/errors/0/message")
                        .asText())
                .isEqualTo("A pull request already exists for octo:pawl/1-b.");
        SandboxPullRequest handle = world.repo.pullRequest(n);
        world.alice.drafts(handle, false);
        assertThat(bot.get(R + "/pulls?state=all&head=octo:pawl/1-b&base=main").json())
                .hasSize(1);
        assertThat(bot.get(pull).json().path("mergeable_state").asText()).isEqualTo("clean");
        assertThat(bot.patch(pull, "{'title':'Bee','body':'Closes #1.'}").status())
                .isEqualTo(200);
        assertThat(bot.patch(pull, "{'base':'nowhere'}")
                        .json()
                        .at("/errors/0/message")
                        .asText())
                .isEqualTo("Proposed base branch 'nowhere' was not found");
        assertThat(bot.get(pull + "/files").json()).hasSize(1);
        assertThat(bot.get(pull + "/commits").json()).hasSize(1);
        assertThat(bot.post(pull + "/requested_reviewers", "{'reviewers':['alice']}")
                        .status())
                .isEqualTo(201);
        Client.Reply review = alice.post(
                pull + "/reviews",
                "{'event':'REQUEST_CHANGES','body':'no','comments':[{'path':'b.txt','line':1,'body':'why'}]}");
        assertThat(review.status()).isEqualTo(200);
        assertThat(bot.post(pull + "/reviews", "{'event':'APPROVE'}").message())
                .isEqualTo("Can not approve your own pull request");
        assertThat(alice.put(pull + "/reviews/" + review.json().path("id").asLong() + "/dismissals", "{'message':'ok'}")
                        .status())
                .isEqualTo(200);
        assertThat(bot.get(pull + "/reviews").json()).hasSize(1);
        long remark = bot.get(pull + "/comments").json().at("/0/id").asLong();
        String place =
                "{'body':'here','path':'b.txt','line':1,'side':'RIGHT','commit_id':'%s'}".formatted(handle.headSha());
        assertThat(bot.post(pull + "/comments", place).status()).isEqualTo(201);
        assertThat(bot.post(pull + "/comments/" + remark + "/replies", "{'body':'because'}")
                        .status())
                .isEqualTo(201);
        assertThat(bot.get(R + "/commits/" + handle.headSha() + "/pulls").json().size())
                .isEqualTo(1);
        checks(bot, handle.headSha());
        graphQl(bot, n);
        assertThat(bot.get(R + "/issues/" + n + "/timeline").json().size()).isGreaterThan(3);
        world.alice.pushes(world.repo, "main", Map.of("c.txt", "c"));
        assertThat(bot.put(pull + "/update-branch", "{'expected_head_sha':'%s'}".formatted(handle.headSha()))
                        .status())
                .isEqualTo(202);
        assertThat(bot.put(pull + "/merge", "{'sha':'%s'}".formatted("0".repeat(40)))
                        .status())
                .isEqualTo(409);
        assertThat(bot.put(pull + "/merge", "{'sha':'%s','merge_method':'squash'}".formatted(handle.headSha()))
                        .status())
                .isEqualTo(200);
        assertThat(bot.get(pull + "/merge").status()).isEqualTo(204);
        assertThat(bot.get(pull).json().path("merged").asBoolean()).isTrue();
        SandboxIssue closed = world.repo.issue(1);
        assertThat(closed.isOpen()).isFalse();
    }

    private static void checks(Client bot, String sha) {
        Client.Reply run = bot.post(R + "/check-runs", "{'name':'ci','head_sha':'%s'}".formatted(sha));
        assertThat(run.status()).isEqualTo(201);
        String check = R + "/check-runs/" + run.json().path("id").asLong();
        assertThat(bot.patch(check, "{'status':'completed'}").status()).isEqualTo(422);
        assertThat(bot.patch(check, "{'conclusion':'success','output':{'title':'ok','summary':'fine'}}")
                        .status())
                .isEqualTo(200);
        assertThat(bot.get(check).json().path("conclusion").asText()).isEqualTo("success");
        assertThat(bot.get(R + "/commits/" + sha + "/check-runs")
                        .json()
                        .path("total_count")
                        .asInt())
                .isEqualTo(1);
        assertThat(bot.get(R + "/commits/" + sha + "/status")
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("pending");
        assertThat(bot.post(R + "/statuses/" + sha, "{'state':'success','context':'lint','description':'ok'}")
                        .status())
                .isEqualTo(201);
        assertThat(bot.get(R + "/commits/" + sha + "/status")
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("success");
    }

    private static void graphQl(Client bot, int pull) {
        String question = "{'query':'query Q($o: String!, $r: String!, $n: Int!) { repository(owner: $o, name: $r)"
                + " { pullRequest(number: $n) { state } } }','variables':{'o':'octo','r':'lab','n':%d}}"
                        .formatted(pull);
        assertThat(bot.post(bot.github().graphqlUrl(), question)
                        .json()
                        .at("/data/repository/pullRequest/state")
                        .asText())
                .isEqualTo("OPEN");
    }

    private static void jobs(World world, Client bot) {
        long run = world.repo.runsCi("ci.yml", "main", SandboxJob.failed("build", "Test", "boom"));
        JsonNode job = bot.get(R + "/actions/runs/" + run + "/jobs").json().at("/jobs/0");
        assertThat(job.path("conclusion").asText()).isEqualTo("failure");
        assertThat(bot.get(R + "/actions/jobs/" + job.path("id").asLong() + "/logs")
                        .status())
                .isEqualTo(302);
        assertThat(bot.post(R + "/actions/runs/" + run + "/rerun-failed-jobs", "{}")
                        .status())
                .isEqualTo(201);
        assertThat(bot.get(R + "/actions/workflows/ci.yml/runs?event=push")
                        .json()
                        .path("total_count")
                        .asInt())
                .isEqualTo(1);
    }

    private static void runs(World world, Client bot) {
        long run = world.repo.startsRun("pawl.yml", "issues");
        assertThat(bot.get(R + "/actions/runs/" + run).json().path("status").asText())
                .isEqualTo("in_progress");
        world.repo.endsRun(run, "success");
        assertThat(bot.get(R + "/actions/runs?status=completed")
                        .json()
                        .path("total_count")
                        .asInt())
                .isEqualTo(1);
        assertThat(bot.post(R + "/actions/workflows/pawl.yml/dispatches", "{'ref':'main','inputs':{'issue':'1'}}")
                        .status())
                .isEqualTo(204);
        assertThat(bot.post(R + "/actions/workflows/ci.yml/dispatches", "{'ref':'main'}")
                        .message())
                .isEqualTo("Workflow does not have 'workflow_dispatch' trigger");
        assertThat(bot.post(R + "/dispatches", "{'event_type':'pawl','client_payload':{'issue':1,'hop':1}}")
                        .status())
                .isEqualTo(204);
    }
}
