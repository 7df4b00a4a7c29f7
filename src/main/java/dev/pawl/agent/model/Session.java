package dev.pawl.agent.model;

import dev.pawl.agent.model.tool.Outcome;
import dev.pawl.agent.model.tool.Toolbox;
import dev.pawl.agent.model.wire.Answer;
import dev.pawl.agent.model.wire.ChatModel;
import dev.pawl.agent.model.wire.Question;
import dev.pawl.agent.model.wire.Turn;
import dev.pawl.agent.result.ResultReader;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.state.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One run of the built-in agent: asks the model, does what it calls for, says what came of it, and so on until a result is
 * accepted or a limit is reached. Every way out is a value.
 */
final class Session {
    /** A model may call no tool for a turn or two, but not go on like that. */
    private static final int SPARE_TURNS = 10;

    /** What the tools of one turn may give back, in characters. */
    private static final int MOST_OUTPUT = 120_000;

    /** Each refusal teaches where the window ends; who refuses more often refuses something else. */
    private static final int MOST_CUTS = 3;

    private static final String REMINDER = "You called no tool. If the step is done, call `" + SubmitTool.NAME
            + "` now; otherwise go on. What you say outside of tools is read by nobody.";

    private final AgentRequest request;
    private final ChatModel model;
    private final Parts parts;
    private final Endings endings;
    private int toolCalls;
    private int badResults;
    private boolean reminded;
    private boolean warned;
    private int cuts;

    /**
     * What a session works with.
     *
     * @param tools what the model may do
     * @param account what it uses
     * @param time when it must be done
     * @param frame what its tools' outputs are wrapped in
     */
    record Parts(Toolbox tools, Account account, Deadline time, Frame frame) {}

    Session(AgentRequest request, ChatModel model, Parts parts) {
        this.request = request;
        this.model = model;
        this.parts = parts;
        this.endings = new Endings(request, parts.account());
    }

    AgentOutcome run(String prompt) {
        var tools = new ArrayList<Question.Tool>();
        parts.tools()
                .descriptions()
                .forEach(d -> tools.add(new Question.Tool(d.name(), d.description(), PlainSchema.of(d.parameters()))));
        tools.add(SubmitTool.of(request.stage()));
        var conversation = new Conversation(
                Rules.of(parts.frame().id()), tools, parts.frame().masked(prompt));
        while (true) {
            Optional<AgentOutcome> end = step(conversation);
            if (end.isPresent()) {
                return end.get();
            }
        }
    }

    private Optional<AgentOutcome> step(Conversation conversation) {
        Optional<AgentOutcome> limit = limit();
        if (limit.isPresent()) {
            return limit;
        }
        Answer answer = ask(conversation);
        return switch (answer) {
            case Answer.Failed failed ->
                Optional.of(endings.unanswered(failed, parts.time().over()));
            case Answer.Said said -> {
                parts.account().add(said.tokens());
                conversation.add(said.turn());
                yield switch (said.end()) {
                    case REFUSED -> Optional.of(endings.badResult("The model refused the work.", List.of()));
                    case LENGTH ->
                        Optional.of(endings.badResult("The model's answer was cut off at its longest.", List.of()));
                    case DONE ->
                        said.turn().calls().isEmpty()
                                ? remind(conversation)
                                : act(conversation, said.turn().calls());
                };
            }
        };
    }

    private Optional<AgentOutcome> limit() {
        if (parts.time().over()) {
            return Optional.of(endings.timeout());
        }
        int turns = request.limits().turns().orElse(request.agent().options().toolCalls() + SPARE_TURNS);
        if (parts.account().calls() >= turns) {
            return Optional.of(endings.of(FailureKind.TURN_LIMIT, "The agent used up its " + turns + " turns."));
        }
        boolean paid = parts.account().calls() > 0
                && parts.account().cost().micros() > 0
                && parts.account().cost().reaches(request.limits().cost());
        return paid
                ? Optional.of(endings.of(
                        FailureKind.TURN_LIMIT,
                        "The agent used up the " + request.limits().cost().forPeople() + " that the issue had left."))
                : Optional.empty();
    }

    /** Asks; once more where there was no answer, or where the conversation can be made shorter. */
    private Answer ask(Conversation conversation) {
        Answer answer = model.ask(conversation.question(), parts.time().forAnswer());
        if (!(answer instanceof Answer.Failed failed) || parts.time().over()) {
            return answer;
        }
        return switch (failed.why()) {
            case ACCESS, LIMIT -> answer;
            case OUTAGE -> model.ask(conversation.question(), parts.time().forAnswer());
            case REQUEST -> {
                if (cuts == MOST_CUTS || !conversation.cut()) {
                    yield answer;
                }
                cuts++;
                yield model.ask(conversation.question(), parts.time().forAnswer());
            }
        };
    }

    private Optional<AgentOutcome> remind(Conversation conversation) {
        if (reminded) {
            return Optional.of(endings.badResult("The model stopped without a result.", List.of()));
        }
        reminded = true;
        conversation.add(new Turn.Ours(REMINDER));
        return Optional.empty();
    }

    private Optional<AgentOutcome> act(Conversation conversation, List<Turn.Call> calls) {
        boolean submits = calls.stream().anyMatch(c -> c.name().equals(SubmitTool.NAME));
        if (warned && !submits) {
            return Optional.of(endings.of(
                    FailureKind.TURN_LIMIT,
                    "The agent used up its " + request.agent().options().toolCalls() + " tool calls."));
        }
        var results = new ArrayList<Turn.Result>();
        int room = MOST_OUTPUT;
        for (Turn.Call call : calls) {
            if (parts.time().over()) {
                return Optional.of(endings.timeout());
            }
            Outcome outcome;
            if (call.name().equals(SubmitTool.NAME)) {
                switch (submitted(call)) {
                    case Submitted.End(AgentOutcome end) -> {
                        return Optional.of(end);
                    }
                    case Submitted.Again(Outcome again) -> outcome = again;
                }
            } else {
                outcome = use(call);
            }
            String text = parts.frame().of(outcome, Math.max(0, room));
            room -= text.length();
            results.add(new Turn.Result(call, text, outcome.failed()));
        }
        conversation.add(new Turn.Results(results));
        return Optional.empty();
    }

    private Outcome use(Turn.Call call) {
        if (toolCalls >= request.agent().options().toolCalls()) {
            warned = true;
            return Outcome.refused("no tool call is left; call " + SubmitTool.NAME + " now with what there is");
        }
        toolCalls++;
        return parts.tools().use(call.name(), call.arguments());
    }

    private sealed interface Submitted {
        record End(AgentOutcome outcome) implements Submitted {}

        record Again(Outcome outcome) implements Submitted {}
    }

    private Submitted submitted(Turn.Call call) {
        return switch (SubmitTool.read(call.arguments(), request.stage(), parts.frame()::masked)) {
            case ResultReader.Reading.WellFormed read ->
                new Submitted.End(read.failure()
                        .map(failure -> endings.gaveUp(failure.kind()))
                        .orElseGet(() -> new AgentOutcome.Finished(
                                read.result(), parts.account().usage())));
            case ResultReader.Reading.Malformed malformed -> {
                badResults++;
                yield badResults > 1
                        ? new Submitted.End(endings.badResult(
                                "The agent's result isn't what was asked for.", malformed.complaints()))
                        : new Submitted.Again(Outcome.refused(
                                "the result isn't what was asked for:\n" + String.join("\n", malformed.complaints())));
            }
        };
    }
}
