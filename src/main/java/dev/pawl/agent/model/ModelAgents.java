package dev.pawl.agent.model;

import dev.pawl.agent.command.BaseFiles;
import dev.pawl.agent.command.Conventions;
import dev.pawl.agent.mcp.McpServers;
import dev.pawl.agent.model.tool.Toolbox;
import dev.pawl.agent.model.wire.HttpModel;
import dev.pawl.agent.price.Prices;
import dev.pawl.agent.process.PassedEnvironment;
import dev.pawl.agent.process.PrivateFolder;
import dev.pawl.agent.process.ProcessRunner;
import dev.pawl.agent.prompt.Convention;
import dev.pawl.agent.prompt.Delivery;
import dev.pawl.agent.prompt.Prompts;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.ModelProvider;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.port.Agents;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.state.FailureKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs agents of kind {@code model}: the built-in agent, which needs nothing but a model's key. */
public final class ModelAgents implements Agents {
    private static final Logger LOG = LoggerFactory.getLogger(ModelAgents.class);

    /** What repositories tell agents, whichever they use. */
    private static final List<String> INSTRUCTIONS = List.of("AGENTS.md");

    private final ProcessRunner runner;
    private final Prompts prompts;
    private final Prices prices;
    private final Host host;

    /**
     * @param runner runs what the model wants run
     * @param prompts writes what it is told
     * @param prices say what models cost
     * @param host what it runs on
     */
    public ModelAgents(ProcessRunner runner, Prompts prompts, Prices prices, Host host) {
        this.runner = runner;
        this.prompts = prompts;
        this.prices = prices;
        this.host = host;
    }

    /**
     * What the built-in agent runs on.
     *
     * @param environment our own environment: the key is in it
     * @param scratch a folder for what lives as long as one run, out of every work tree
     * @param baseFiles the repository's own files, as they are in the base commit
     * @param clock tells what is left of the stage's time
     * @param nonces gives values that nobody can guess; they frame what tools give back
     * @param answer how long one answer of a model may take
     * @param tool how long one answer of a server of tools may take
     */
    public record Host(
            Map<String, String> environment,
            Path scratch,
            BaseFiles baseFiles,
            InstantSource clock,
            Supplier<String> nonces,
            Duration answer,
            Duration tool) {
        /** Without a stream, the first byte of a long answer comes with its last one. */
        public static final Duration ANSWER = Duration.ofMinutes(10);

        /** As long as a program may take that the model runs without a word about it. */
        public static final Duration TOOL = Duration.ofMinutes(2);

        public Host {
            environment = Map.copyOf(environment);
        }

        @Override
        public String toString() {
            return "Host[" + scratch + "]";
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the agent is of another kind, or the stage has none
     */
    @Override
    public AgentOutcome run(AgentRequest request, Path workTree) {
        AgentSpec agent = request.agent();
        if (agent.kind() != AgentSpec.Kind.MODEL) {
            throw new IllegalArgumentException("no agent of kind model: " + agent.name());
        }
        Instant end = host.clock().instant().plus(request.limits().time());
        ModelProvider provider =
                agent.options().provider().flatMap(ModelProvider::parse).orElseThrow();
        return switch (ModelKey.of(agent, host.environment())) {
            case ModelKey.Missing(String reason, List<String> names) ->
                new AgentOutcome.Failed(FailureKind.ACCESS, reason, names, Optional.empty(), Usage.NONE);
            case ModelKey.Found key -> {
                var place = new HttpModel.Place(
                        provider, agent.options().baseUrl(), agent.model().orElseThrow(), key.value());
                AgentOutcome outcome = run(request, workTree, place, key, end);
                log(request, outcome);
                yield outcome;
            }
        };
    }

    private AgentOutcome run(
            AgentRequest request, Path workTree, HttpModel.Place place, ModelKey.Found key, Instant end) {
        var patience = new Deadline(host.clock(), end, host.tool());
        var servers =
                new McpServers.Host(runner, host.environment(), host.scratch(), host.baseFiles(), patience::forAnswer);
        return switch (McpServers.open(request, workTree, servers)) {
            case McpServers.Opened.Failed(FailureKind kind, String reason, List<String> details) ->
                new AgentOutcome.Failed(kind, reason, details, Optional.empty(), Usage.NONE);
            case McpServers.Opened.Ready(McpServers ready) -> {
                try (ready) {
                    yield run(request, workTree, place, new Given(key, end, ready));
                }
            }
        };
    }

    /** What a session is given from outside: the model's key, the end of its time, and the servers of tools. */
    private record Given(ModelKey.Found key, Instant end, McpServers servers) {
        /** What the model must not see. */
        List<String> secrets() {
            return Stream.concat(key.value().stream(), servers.secrets().stream())
                    .toList();
        }
    }

    private AgentOutcome run(AgentRequest request, Path workTree, HttpModel.Place place, Given given) {
        try (var folder = PrivateFolder.in(host.scratch());
                var model = new HttpModel(place, host.clock())) {
            var time = new Deadline(host.clock(), given.end(), host.answer());
            Map<String, String> environment =
                    PassedEnvironment.of(host.environment(), given.key().passed(), folder.place());
            Toolbox own = request.stage().changesFiles()
                    ? Toolbox.working(workTree, runner, environment, time::left)
                    : Toolbox.reading(workTree);
            Toolbox tools = own.with(given.servers().tools());
            var account = new Account(place.model(), prices.of(place.provider(), place.model()));
            var frame = new Frame(host.nonces().get(), given.secrets());
            return new Session(request, model, new Session.Parts(tools, account, time, frame))
                    .run(prompts.of(request, conventions(request, workTree), new Delivery.Tool(SubmitTool.NAME)));
        }
    }

    private List<Convention> conventions(AgentRequest request, Path workTree) {
        return new Conventions(host.baseFiles(), workTree, request.base().sha()).read(INSTRUCTIONS);
    }

    private static void log(AgentRequest request, AgentOutcome outcome) {
        LOG.info(
                "event=agent-ended agent={} stage={} outcome={} calls={} input_tokens={} output_tokens={} cost_usd={}",
                request.agent().name(),
                request.stage().word(),
                outcome instanceof AgentOutcome.Failed failed ? failed.kind().word() : "finished",
                outcome.usage().turns(),
                outcome.usage().inputTokens(),
                outcome.usage().outputTokens(),
                outcome.usage().cost().plain());
    }
}
