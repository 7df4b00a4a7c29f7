package dev.pawl.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.agent.acp.Report.End;
import dev.pawl.agent.acp.Report.StopReason;
import dev.pawl.agent.acp.Report.Why;
import dev.pawl.agent.process.Command;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One conversation: initialize, a login where it needs no person, a session, what there is to choose, the prompt, and as many
 * more as the examiner has. We have one request open at a time and offer no capability of our own: the agent works on the
 * files itself.
 */
public final class Dialogue implements Command.Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(Dialogue.class);
    private static final int VERSION = 1;
    private static final int LONGEST_SESSION_ID = 1000;
    private static final Set<String> MODEL_SAID =
            Set.of("agent_message_chunk", "agent_thought_chunk", "tool_call", "tool_call_update", "plan");

    private final Task task;
    private final Examiner examiner;
    private final Permissions permissions;
    private final ToolCalls calls = new ToolCalls();
    private final Consumption consumption = new Consumption();
    private final Deque<Choices.Choice> choices = new ArrayDeque<>();

    private Command.Voice voice = line -> {};
    private long asked;
    private Consumer<JsonNode> onAnswer = answer -> {};
    private Consumer<Fault> onFault = fault -> {};
    private JsonNode logins = Message.Json.object();
    private boolean loggedIn;
    private int prompts;
    private boolean modelSaid;
    private boolean refused;
    private End end = new End.Open(false);
    private volatile String session = "";
    private volatile boolean timeIsOver;

    /**
     * @param task what it is about
     * @param examiner looks at what the agent left at the end of a turn
     */
    public Dialogue(Task task, Examiner examiner) {
        this.task = task;
        this.examiner = examiner;
        this.permissions = new Permissions(task.tree(), task.result(), task.changesFiles());
    }

    /**
     * What a conversation is about.
     *
     * @param prompt the first prompt
     * @param tree the work tree, without links
     * @param result the result file, in the work tree
     * @param changesFiles whether the stage changes files
     * @param model the model to choose
     * @param variables the agent's variables that have a value
     * @param toolCalls how many tools may be called
     */
    public record Task(
            String prompt,
            Path tree,
            Path result,
            boolean changesFiles,
            Optional<String> model,
            Set<String> variables,
            int toolCalls) {
        public Task {
            variables = Set.copyOf(variables);
        }
    }

    /** Looks at what the agent left. */
    @FunctionalInterface
    public interface Examiner {
        /**
         * A turn ended.
         *
         * @param refused whether the agent was refused a tool in it
         * @return what else there is to say; empty when it is over
         */
        Optional<String> next(boolean refused);
    }

    @Override
    public void begins(Command.Voice toAgent) {
        voice = toAgent;
        ObjectNode params = Message.Json.object().put("protocolVersion", VERSION);
        ObjectNode capabilities = params.putObject("clientCapabilities").put("terminal", false);
        capabilities.putObject("fs").put("readTextFile", false).put("writeTextFile", false);
        params.putObject("clientInfo").put("name", "pawl").put("title", "Pawl").put("version", "1");
        ask("initialize", params, this::initialized, this::failed);
    }

    private void initialized(JsonNode answer) {
        if (answer.path("protocolVersion").asInt() == VERSION) {
            logins = answer.path("authMethods");
            openSession();
        } else {
            end = new End.Unsuited(Why.VERSION);
        }
    }

    private void openSession() {
        ObjectNode params = Message.Json.object().put("cwd", task.tree().toString());
        params.putArray("mcpServers");
        ask("session/new", params, this::opened, fault -> {
            if (fault.login() && !loggedIn) {
                logIn();
            } else {
                end = fault.login() ? new End.Unsuited(Why.LOGIN) : new End.Failed(fault);
            }
        });
    }

    private void logIn() {
        loggedIn = true;
        Login.withoutPerson(logins, task.variables())
                .ifPresentOrElse(
                        way -> ask(
                                "authenticate",
                                Message.Json.object().put("methodId", way),
                                answer -> openSession(),
                                fault -> end = new End.Unsuited(Why.LOGIN)),
                        () -> end = new End.Unsuited(Why.LOGIN));
    }

    private void opened(JsonNode answer) {
        String id = answer.path("sessionId").asText();
        if (id.isEmpty() || id.length() > LONGEST_SESSION_ID) {
            end = new End.Unsuited(Why.SESSION);
            return;
        }
        session = id;
        var offered = new Choices(answer);
        offered.asking().ifPresent(choices::add);
        if (task.model().isPresent()) {
            Optional<Choices.Choice> model = task.model().flatMap(offered::model);
            if (model.isEmpty()) {
                end = new End.Unsuited(Why.MODEL);
                return;
            }
            choices.add(model.get());
        }
        choose();
    }

    private void choose() {
        if (choices.isEmpty()) {
            prompt(task.prompt());
            return;
        }
        Choices.Choice choice = choices.remove();
        ask(choice.method(), choice.params(), answer -> choose(), fault -> {
            if (choice.mandatory()) {
                end = new End.Unsuited(Why.MODEL);
            } else {
                choose();
            }
        });
    }

    private void prompt(String text) {
        prompts++;
        end = new End.Open(true);
        refused = false;
        ObjectNode params = Message.Json.object().put("sessionId", session);
        params.putArray("prompt").addObject().put("type", "text").put("text", text);
        ask("session/prompt", params, this::turnEnded, this::failed);
    }

    private void turnEnded(JsonNode answer) {
        consumption.answer(answer);
        StopReason reason = StopReason.of(answer.path("stopReason").asText());
        // Some agents take a refused tool for a cancelled turn.
        boolean over = reason == StopReason.END_TURN || (reason == StopReason.CANCELLED && refused && !timeIsOver);
        Optional<String> next = over ? examiner.next(refused) : Optional.empty();
        next.ifPresentOrElse(this::prompt, () -> end = new End.Turn(over ? StopReason.END_TURN : reason));
    }

    private void failed(Fault fault) {
        end = new End.Failed(fault);
    }

    private void ask(String method, ObjectNode params, Consumer<JsonNode> answered, Consumer<Fault> refusedIt) {
        onAnswer = answered;
        onFault = refusedIt;
        voice.says(Message.request(++asked, method, params));
    }

    @Override
    public boolean hears(String line) {
        switch (Message.of(line)) {
            case Message.Answer(long id, JsonNode result) -> {
                if (id == asked) {
                    onAnswer.accept(result);
                }
            }
            case Message.Refusal(long id, JsonNode error) -> {
                if (id == asked) {
                    onFault.accept(Fault.of(error));
                }
            }
            case Message.Notification(String method, JsonNode params) -> {
                if (method.equals("session/update")) {
                    updated(params.path("update"));
                }
            }
            case Message.Request(JsonNode id, String method, JsonNode params) ->
                voice.says(
                        method.equals("session/request_permission")
                                ? Message.answer(id, permission(params))
                                : Message.unknown(id));
            case Message.Noise() -> LOG.debug("event=agent-noise characters={}", line.length());
        }
        if (overLimit()) {
            cancel();
        }
        return end instanceof End.Open && !overLimit();
    }

    private void updated(JsonNode update) {
        String what = update.path("sessionUpdate").asText();
        modelSaid |= MODEL_SAID.contains(what);
        if (what.equals("tool_call") || what.equals("tool_call_update")) {
            calls.note(update);
        }
        consumption.update(update);
    }

    private ObjectNode permission(JsonNode params) {
        modelSaid = true;
        ToolCalls.Call call = calls.note(params.path("toolCall"));
        boolean allowed = !timeIsOver && permissions.allows(call);
        refused |= !allowed;
        if (!allowed) {
            LOG.info("event=tool-refused kind={}", ToolCalls.KINDS.contains(call.kind()) ? call.kind() : "unknown");
        }
        return Permissions.answer(allowed, timeIsOver ? Message.Json.object() : params.path("options"));
    }

    @Override
    public void timeIsOver() {
        timeIsOver = true;
        cancel();
    }

    private void cancel() {
        if (!session.isEmpty()) {
            voice.says(
                    Message.notification("session/cancel", Message.Json.object().put("sessionId", session)));
        }
    }

    private boolean overLimit() {
        return calls.count() > task.toolCalls();
    }

    /** What it came to, once the program is gone. */
    public Report report() {
        return new Report(
                end,
                modelSaid || prompts == 0,
                calls.count(),
                overLimit(),
                refused,
                consumption.usage(prompts + calls.count()));
    }
}
