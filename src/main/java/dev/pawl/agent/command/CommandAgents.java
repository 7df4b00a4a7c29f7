package dev.pawl.agent.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.agent.process.Command;
import dev.pawl.agent.process.Ended;
import dev.pawl.agent.process.PassedEnvironment;
import dev.pawl.agent.process.PrivateFolder;
import dev.pawl.agent.process.ProcessRunner;
import dev.pawl.agent.prompt.Prompts;
import dev.pawl.agent.result.ResultFile;
import dev.pawl.agent.result.StrictJson;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.port.Agents;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.state.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs agents of kind {@code command}. What such an agent prints is its own log: it is neither read nor published; what
 * counts is the file that it leaves behind when every process of it is gone.
 */
public final class CommandAgents implements Agents {
    private static final Logger LOG = LoggerFactory.getLogger(CommandAgents.class);

    private final ProcessRunner runner;
    private final Prompts prompts;
    private final Host host;

    /**
     * @param runner runs the programs
     * @param prompts writes what they are told
     * @param host what they run on
     */
    public CommandAgents(ProcessRunner runner, Prompts prompts, Host host) {
        this.runner = runner;
        this.prompts = prompts;
        this.host = host;
    }

    /**
     * What agents run on.
     *
     * @param environment our own environment, of which agents get what the policy names
     * @param scratch a folder for what lives as long as one run, out of every work tree
     * @param baseFiles where an agent's program comes from when the policy names it by a relative path
     * @param grace how long an agent has between SIGTERM and SIGKILL
     */
    public record Host(Map<String, String> environment, Path scratch, BaseFiles baseFiles, Duration grace) {
        public Host {
            environment = Map.copyOf(environment);
        }

        /** The host with the protocol's grace, that takes programs from the work tree. */
        public static Host of(Map<String, String> environment, Path scratch) {
            return new Host(environment, scratch, BaseFiles.ofWorkTree(), Command.GRACE);
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
        if (agent.kind() != AgentSpec.Kind.COMMAND) {
            throw new IllegalArgumentException("no command agent: " + agent.name());
        }
        List<String> refused =
                agent.env().stream().filter(PassedEnvironment::refused).toList();
        if (!refused.isEmpty()) {
            return failed(
                    FailureKind.POLICY,
                    "The policy lists environment variables for agent " + agent.name() + " that no agent may have.",
                    refused);
        }
        Optional<List<String>> argv =
                host.baseFiles().argv(agent.run(), workTree, request.base().sha());
        if (argv.isEmpty()) {
            return notFound(agent);
        }
        try (var folder = PrivateFolder.in(host.scratch())) {
            Path result = folder.exchange().resolve("result.json");
            var environment = new HashMap<>(PassedEnvironment.of(host.environment(), agent.env(), folder.place()));
            environment.put("PAWL_REQUEST", write(request, folder).toString());
            environment.put("PAWL_RESULT", result.toString());
            var command = new Command(
                    argv.get(), workTree, environment, request.limits().time(), host.grace());
            return switch (runner.run(command)) {
                case Ended.NotFound n -> notFound(agent);
                case Ended.Ran ran -> {
                    log(request, ran);
                    var content = folder.intact() ? ResultFile.read(result) : new ResultFile.Content.Absent();
                    yield Judgement.of(request, ran, content);
                }
            };
        }
    }

    private Path write(AgentRequest request, PrivateFolder folder) {
        ObjectNode json = RequestJson.of(request, prompts.of(request));
        Path file = folder.file("request.json");
        try {
            Files.write(file, StrictJson.mapper().writeValueAsBytes(json));
        } catch (IOException e) {
            throw new UncheckedIOException("the request can't be written", e);
        }
        return file;
    }

    private static void log(AgentRequest request, Ended.Ran ran) {
        LOG.info(
                "event=agent-ended agent={} stage={} cause={} code={} ms={} log_characters={}",
                request.agent().name(),
                request.stage().word(),
                ran.cause(),
                ran.code(),
                ran.took().toMillis(),
                ran.log().raw().length());
    }

    private static AgentOutcome notFound(AgentSpec agent) {
        return failed(
                FailureKind.ACCESS,
                "The program of agent " + agent.name() + " is missing or can't be run.",
                List.of(agent.run().getFirst()));
    }

    private static AgentOutcome failed(FailureKind kind, String reason, List<String> details) {
        return new AgentOutcome.Failed(kind, reason, details, Optional.empty(), Usage.NONE);
    }
}
