package dev.pawl.agent.cli;

import dev.pawl.agent.acp.Dialogue;
import dev.pawl.agent.acp.Report;
import dev.pawl.agent.cli.CliJudgement.Verdict;
import dev.pawl.agent.command.CommandAgents.Host;
import dev.pawl.agent.command.Conventions;
import dev.pawl.agent.process.Command;
import dev.pawl.agent.process.Ended;
import dev.pawl.agent.process.PassedEnvironment;
import dev.pawl.agent.process.PrivateFolder;
import dev.pawl.agent.process.ProcessRunner;
import dev.pawl.agent.process.Within;
import dev.pawl.agent.prompt.Delivery;
import dev.pawl.agent.prompt.Prompts;
import dev.pawl.agent.result.ResultFile;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.port.Agents;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.state.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs agents of kind {@code acp}: any program that speaks the Agent Client Protocol. The result is a file in the work tree,
 * the one place where every such agent may write; it is gone before anybody looks at what changed.
 */
public final class AcpAgents implements Agents {
    private static final Logger LOG = LoggerFactory.getLogger(AcpAgents.class);
    private static final String RESULT = ".pawl-result.json";

    private final ProcessRunner runner;
    private final Prompts prompts;
    private final Host host;
    private final InstantSource clock;

    /**
     * @param runner runs the programs
     * @param prompts writes what they are told
     * @param host what they run on
     * @param clock tells when a provider's wait is over
     */
    public AcpAgents(ProcessRunner runner, Prompts prompts, Host host, InstantSource clock) {
        this.runner = runner;
        this.prompts = prompts;
        this.host = host;
        this.clock = clock;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the agent is of another kind, or the stage has none
     */
    @Override
    public AgentOutcome run(AgentRequest request, Path workTree) {
        AgentSpec agent = request.agent();
        if (agent.kind() != AgentSpec.Kind.ACP) {
            throw new IllegalArgumentException("no agent of the Agent Client Protocol: " + agent.name());
        }
        return refusal(agent)
                .orElseGet(() -> host.baseFiles()
                        .argv(agent.run(), workTree, request.base().sha())
                        .map(argv -> run(request, real(workTree), argv))
                        .orElseGet(() -> notFound(agent)));
    }

    /** What can't work is said before anything is started. An agent that is given no variable may need none. */
    private Optional<AgentOutcome> refusal(AgentSpec agent) {
        List<String> refused =
                agent.env().stream().filter(PassedEnvironment::refused).toList();
        if (!refused.isEmpty()) {
            return Optional.of(failed(
                    FailureKind.POLICY,
                    "The policy lists environment variables for agent " + agent.name() + " that no agent may have.",
                    refused));
        }
        if (!agent.env().isEmpty() && variables(agent).isEmpty()) {
            return Optional.of(failed(
                    FailureKind.ACCESS,
                    "Agent " + agent.name() + " has no key: give a variable of its env a value in the step.",
                    agent.env()));
        }
        return AcpProgram.known(agent)
                .flatMap(cli -> cli.refusal(agent))
                .map(why -> failed(FailureKind.POLICY, why, List.of()));
    }

    private Set<String> variables(AgentSpec agent) {
        return agent.env().stream()
                .filter(name -> !host.environment().getOrDefault(name, "").isBlank())
                .collect(Collectors.toSet());
    }

    /** The policy's own command line says how it gets at its model, so that its key goes in. */
    private Job.Access access(AgentSpec agent) {
        return new Job.Access(key(agent), agent.options().baseUrl(), agent.env());
    }

    /** Which of its variables is the key is known of known programs only. */
    private Optional<Job.Key> key(AgentSpec agent) {
        Set<String> set = variables(agent);
        return AcpProgram.known(agent).stream()
                .flatMap(cli -> cli.keys().stream())
                .filter(set::contains)
                .findFirst()
                .map(name -> new Job.Key(name, host.environment().getOrDefault(name, "")));
    }

    private AgentOutcome run(AgentRequest request, Path tree, List<String> argv) {
        Path result = tree.resolve(RESULT);
        try (var folder = PrivateFolder.in(host.scratch())) {
            var job = new Job(
                    request,
                    access(request.agent()),
                    tree,
                    folder.place().home(),
                    folder.file("exchange"),
                    Optional.empty(),
                    false);
            var program = AcpProgram.of(job);
            var hidden = new ArrayList<>(AcpProgram.HIDDEN);
            hidden.add(RESULT);
            try (var files = new HiddenFiles(tree, hidden, folder.file("hidden"))) {
                LOG.debug("event=hidden files={}", files.count());
                try {
                    return run(job, folder, program, argv);
                } finally {
                    remove(result);
                }
            }
        }
    }

    private AgentOutcome run(Job job, PrivateFolder folder, AcpProgram program, List<String> argv) {
        AgentRequest request = job.request();
        AgentSpec agent = request.agent();
        Path result = job.workTree().resolve(RESULT);
        var delivery = new Delivery.File(result);
        var conventions =
                new Conventions(host.baseFiles(), job.workTree(), request.base().sha());
        var examiner = new AcpExaminer(request, delivery);
        var dialogue = new Dialogue(
                new Dialogue.Task(
                        prompts.of(request, conventions.read(program.instructions()), delivery),
                        job.workTree(),
                        result,
                        !job.readsOnly(),
                        agent.model(),
                        variables(agent),
                        agent.options().toolCalls()),
                examiner::next);
        return switch (runner.run(command(job, folder, program.launch(), argv, dialogue))) {
            case Ended.NotFound _ -> notFound(agent);
            case Ended.Ran ran -> {
                Report report = dialogue.report();
                log(request, ran, report);
                yield judged(request, ran, report, ResultFile.read(result));
            }
        };
    }

    private Command command(
            Job job, PrivateFolder folder, Launch launch, List<String> argv, Command.Conversation dialogue) {
        launch.files().forEach((path, content) -> write(job.home(), path, content));
        AgentRequest request = job.request();
        var environment = new HashMap<>(
                PassedEnvironment.of(host.environment(), request.agent().env(), folder.place()));
        environment.putAll(launch.environment());
        environment.put("PAWL_RESULT", job.workTree().resolve(RESULT).toString());
        var words = new ArrayList<>(argv);
        words.addAll(launch.arguments());
        return new Command(
                words,
                job.workTree(),
                environment,
                request.limits().time(),
                host.grace(),
                Command.Streams.of(dialogue));
    }

    private AgentOutcome judged(AgentRequest request, Ended.Ran ran, Report report, ResultFile.Content content) {
        // Who said all that there was to say was asked to end; that is as good as an end of its own.
        boolean over = !(report.end() instanceof Report.End.Open) && ran.cause() == Ended.Cause.ENOUGH;
        var ended = new Ended.Ran(over ? Ended.Cause.ITSELF : ran.cause(), ran.code(), ran.took(), ran.log());
        Transcript transcript = AcpEndings.of(report, request.agent(), ended.cause());
        AgentOutcome outcome =
                switch (new CliJudgement(request, ended, report.overLimit(), clock.instant())
                        .of(transcript, content, false)) {
                    case Verdict.Final(AgentOutcome last) -> last;
                    case Verdict.Again again -> again.otherwise();
                };
        return report.refused()
                        && content instanceof ResultFile.Content.Absent
                        && outcome instanceof AgentOutcome.Failed f
                        && f.kind() == FailureKind.AGENT_RESULT
                ? new AgentOutcome.Failed(
                        FailureKind.TOOL_DENIED,
                        "The agent was refused a tool that this stage doesn't allow, and gave no result.",
                        List.of(),
                        Optional.empty(),
                        f.usage())
                : outcome;
    }

    private static void log(AgentRequest request, Ended.Ran ran, Report report) {
        LOG.info(
                "event=agent-ended agent={} stage={} cause={} code={} ms={} ending={} tool_calls={}",
                request.agent().name(),
                request.stage().word(),
                ran.cause(),
                ran.code(),
                ran.took().toMillis(),
                report.end().getClass().getSimpleName(),
                report.toolCalls());
        LOG.debug("event=agent-log text={}", ran.log().raw());
    }

    private static AgentOutcome notFound(AgentSpec agent) {
        return failed(
                FailureKind.ACCESS,
                "The program of agent " + agent.name() + " is missing: install it before Pawl runs.",
                List.of(agent.run().getFirst()));
    }

    private static AgentOutcome failed(FailureKind kind, String reason, List<String> details) {
        return new AgentOutcome.Failed(kind, reason, details, Optional.empty(), Usage.NONE);
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("the work tree can't be read", e);
        }
    }

    private static void write(Path home, String path, String content) {
        try {
            Within.write(home, home.resolve(path), content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("a file for the agent can't be written", e);
        }
    }

    private static void remove(Path file) {
        try {
            HiddenFiles.remove(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the result file can't be removed", e);
        }
    }
}
