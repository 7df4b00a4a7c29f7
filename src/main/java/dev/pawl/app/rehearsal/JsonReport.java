package dev.pawl.app.rehearsal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.SandboxPullRequest;
import dev.pawl.sandbox.git.FileChange;
import java.util.Optional;

/** Tells it for programs: one object per invocation, and one for all of it at the end, each on a line. */
final class JsonReport implements Report {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Screen screen;
    private boolean step;

    JsonReport(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void opening(Options options, Project project) {
        step = options.step();
    }

    @Override
    public void person(People.Deed deed) {
        // what people did stands in the thread
    }

    @Override
    public void starting(Bell bell) {
        if (step) {
            screen.waitForEnter("Enter starts the invocation for " + bell.occasion() + " ");
        }
    }

    @Override
    public void ended(Invocation invocation) {
        ObjectNode json = JSON.createObjectNode();
        json.put("event", invocation.event()).put("action", invocation.action());
        json.put("exit_code", invocation.ended().exitCode());
        for (String name : new String[] {"outcome", "stage", "state", "next", "reason", "branch"}) {
            json.put(name, invocation.output(name));
        }
        json.put("pull_request", invocation.output("pull-request")).put("cost_usd", invocation.output("cost-usd"));
        json.put("requests", invocation.requests())
                .put("millis", invocation.took().toMillis());
        if (!invocation.errors().isEmpty()) {
            json.put("errors", invocation.errors());
        }
        screen.line(json.toString());
    }

    @Override
    public void closing(Result result) {
        ObjectNode json = JSON.createObjectNode();
        json.put("workflow", result.options().scenario().word());
        json.put("reached", result.ending().reached());
        json.put("sentence", result.ending().sentence());
        json.put("invocations", result.invocations().size());
        json.put(
                "requests",
                result.invocations().stream().mapToInt(Invocation::requests).sum());
        json.put("cost_usd", TextReport.cost(result).toPlainString());
        json.set("issue", issue(result.people().issue()));
        Optional<SandboxPullRequest> pull = Ending.pull(result.scene());
        pull.ifPresent(p -> json.set("pull_request", pull(p)));
        result.kept().ifPresent(folder -> json.put("folder", folder.toString()));
        screen.line(json.toString());
    }

    private static ObjectNode issue(SandboxIssue issue) {
        ObjectNode json = JSON.createObjectNode();
        json.put("number", issue.number()).put("title", issue.title());
        json.put("author", issue.author()).put("body", issue.body());
        json.put("open", issue.isOpen());
        ArrayNode labels = json.putArray("labels");
        issue.labels().forEach(labels::add);
        ArrayNode comments = json.putArray("comments");
        issue.comments()
                .forEach(comment ->
                        comments.addObject().put("author", comment.author()).put("body", comment.body()));
        return json;
    }

    private static ObjectNode pull(SandboxPullRequest pull) {
        ObjectNode json = issue(pull.issue());
        json.put("head", pull.head()).put("base", pull.base());
        ArrayNode files = json.putArray("files");
        for (FileChange change : pull.changes()) {
            files.addObject()
                    .put("path", change.path())
                    .put("status", change.status())
                    .put("patch", change.patch());
        }
        return json;
    }
}
