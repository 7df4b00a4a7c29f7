package dev.pawl.agent.model;

import static dev.pawl.agent.check.ProgramChecks.area;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.agent.check.CallFinding;
import dev.pawl.agent.model.wire.Answer;
import dev.pawl.agent.model.wire.HttpModel;
import dev.pawl.agent.model.wire.Question;
import dev.pawl.agent.model.wire.Turn;
import dev.pawl.agent.price.Prices;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.ModelProvider;
import dev.pawl.domain.report.Checkup;
import dev.pawl.domain.report.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Looks at the built-in agent before it is needed: its key, its price, and one request for a single token, with a tool in
 * it, because a model that takes no tools is of no use here.
 *
 * @param environment our own environment: the key is in it
 * @param clock tells how long an answer took
 * @param patience how long it may take
 * @param prices what models cost
 */
public record ModelChecks(Map<String, String> environment, InstantSource clock, Duration patience, Prices prices) {
    private static final String TOOL = "done";

    public ModelChecks {
        environment = Map.copyOf(environment);
    }

    /** The same, by other prices. */
    public ModelChecks at(Prices others) {
        return new ModelChecks(environment, clock, patience, others);
    }

    @Override
    public String toString() {
        return "ModelChecks[" + patience + "]";
    }

    /**
     * Looks at an agent of kind {@code model}.
     *
     * @param call whether the model is asked, which costs money
     */
    public void look(AgentSpec agent, boolean call, Checkup checkup) {
        checkup.finds(Finding.ok(area(agent), "program", "It is a part of Pawl."));
        String model = agent.model().orElseThrow();
        ModelProvider provider =
                agent.options().provider().flatMap(ModelProvider::parse).orElseThrow();
        switch (ModelKey.of(agent, environment)) {
            case ModelKey.Missing(String reason, List<String> names) ->
                checkup.finds(Finding.problem(area(agent), "key", reason, todo(agent, names)));
            case ModelKey.Found key -> {
                checkup.finds(Finding.ok(area(agent), "key", told(agent, key)));
                price(agent, provider, model, checkup);
                if (call) {
                    checkup.looks("asking " + model);
                    call(agent, new HttpModel.Place(provider, agent.options().baseUrl(), model, key.value()), checkup);
                }
            }
        }
    }

    private static String told(AgentSpec agent, ModelKey.Found key) {
        return key.value().isEmpty()
                ? "No key is set, and a model on this machine may do without."
                : agent.env().stream().filter(ModelKey::named).findFirst().orElseThrow() + " is set.";
    }

    private static String todo(AgentSpec agent, List<String> names) {
        return switch (names.size()) {
            case 0 -> "Write env: [<variable>] below agents." + agent.name() + ", and give the variable a value.";
            case 1 ->
                "Give " + names.getFirst() + " a value: in the environment here, and in the workflow's step by env: {"
                        + names.getFirst() + ": \"${{ secrets." + names.getFirst() + " }}\"}.";
            default -> "Take the others out of agents." + agent.name() + ".env: " + String.join(", ", names) + ".";
        };
    }

    private void price(AgentSpec agent, ModelProvider provider, String model, Checkup checkup) {
        if (prices.of(provider, model).isEmpty()) {
            checkup.finds(Finding.note(
                    area(agent),
                    "price",
                    "Pawl doesn't know the price of " + model + ": it counts as 0, and limits on money don't hold.",
                    "Name it in the policy's prices, or set a limit at the provider."));
        }
    }

    private void call(AgentSpec agent, HttpModel.Place place, Checkup checkup) {
        Instant begin = clock.instant();
        try (var model = new HttpModel(place, clock)) {
            Answer answer = model.ask(question(), patience);
            Duration took = Duration.between(begin, clock.instant());
            checkup.finds(
                    switch (answer) {
                        case Answer.Said said -> {
                            var account = new Account(place.model(), prices.of(place.provider(), place.model()));
                            account.add(said.tokens());
                            yield CallFinding.answered(area(agent), account.usage(), took);
                        }
                        case Answer.Failed failed -> failed(area(agent), failed);
                    });
        }
    }

    private static Question question() {
        ObjectNode nothing = JsonNodeFactory.instance.objectNode().put("type", "object");
        nothing.putObject("properties");
        return new Question(
                "You are asked whether you can be reached.",
                List.of(new Turn.Ours("Say ok.")),
                List.of(new Question.Tool(TOOL, "Says that there is nothing to do.", nothing)),
                OptionalInt.of(1));
    }

    private static Finding failed(String area, Answer.Failed failed) {
        String status = failed.status() == 0 ? "." : " (HTTP " + failed.status() + ").";
        Optional<String> when = failed.retryAt().map(t -> " It named " + t + ".");
        return switch (failed.why()) {
            case ACCESS ->
                Finding.problem(
                        area,
                        "call",
                        "The model's provider refuses the key, the account or the model" + status,
                        "Look at the key's value, at the account behind it, and at the model's name.");
            case REQUEST ->
                Finding.problem(
                        area,
                        "call",
                        "The model's provider doesn't take the request" + status,
                        "Look at the model's name, at base_url, and whether the model can call tools.");
            case LIMIT ->
                Finding.unreachable(
                        area,
                        "call",
                        "The model's provider limits us" + status + when.orElse(""),
                        "Try again later, or raise the account's limit at the provider.");
            case OUTAGE ->
                Finding.unreachable(
                        area,
                        "call",
                        "The model's provider doesn't answer" + status,
                        "Try again later. If it stays so, look at base_url, and at the network between here and there.");
        };
    }
}
