package dev.pawl.agent.cli;

import dev.pawl.agent.cli.CliJudgement.Verdict;
import dev.pawl.agent.command.CommandAgents.Host;
import dev.pawl.agent.command.Conventions;
import dev.pawl.agent.process.Command;
import dev.pawl.agent.process.Ended;
import dev.pawl.agent.process.PassedEnvironment;
import dev.pawl.agent.process.PrivateFolder;
import dev.pawl.agent.process.ProcessRunner;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the command-line agents. The prompt goes in as standard input, events come out as lines of JSON. A run counts
 * when its final event says that it is done and the result is valid; what is wrong with a result is said once, in the
 * same session.
 */
public final class CliAgents implements Agents {
    private static final Logger LOG = LoggerFactory.getLogger(CliAgents.class);
    private static final Duration WORTH_ASKING = Duration.ofSeconds(10);

    private static final Map<AgentSpec.Kind, Cli> CLIS = Stream.<Cli>of(
                    new ClaudeCode(), new Codex(), new Copilot(), new Gemini(), new Opencode(), new Qwen())
            .collect(Collectors.toMap(Cli::kind, Function.identity()));

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
    public CliAgents(ProcessRunner runner, Prompts prompts, Host host, InstantSource clock) {
        this.runner = runner;
        this.prompts = prompts;
        this.host = host;
        this.clock = clock;
    }

    /** The program of that name, as it is found on the {@code PATH}; empty when it is none of these. */
    static Optional<Cli> named(String program) {
        return CLIS.values().stream()
                .filter(cli -> cli.program().equals(program))
                .findFirst();
    }

    /** Whether agents of this kind are run here. */
    public static boolean runs(AgentSpec.Kind kind) {
        return CLIS.containsKey(kind);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the agent is of another kind, or the stage has none
     */
    @Override
    public AgentOutcome run(AgentRequest request, Path workTree) {
        AgentSpec agent = request.agent();
        Cli cli = CLIS.get(agent.kind());
        if (cli == null) {
            throw new IllegalArgumentException("no command-line agent: " + agent.name());
        }
        Optional<Job.Key> key = key(cli, agent);
        return refusal(cli, agent, key).orElseGet(() -> {
            try (var folder = PrivateFolder.in(host.scratch());
                    var hidden = new HiddenFiles(workTree, cli.hidden(), folder.file("hidden"))) {
                LOG.debug("event=hidden files={}", hidden.count());
                var job = new Job(
                        request, key, workTree, folder.place().home(), folder.file("exchange"), Optional.empty());
                make(job.exchange());
                return asked(cli, job, folder);
            }
        });
    }

    /** What can't work is said before anything is started. */
    private Optional<AgentOutcome> refusal(Cli cli, AgentSpec agent, Optional<Job.Key> key) {
        List<String> refused =
                agent.env().stream().filter(PassedEnvironment::refused).toList();
        if (!refused.isEmpty()) {
            return Optional.of(failed(
                    FailureKind.POLICY,
                    "The policy lists environment variables for agent " + agent.name() + " that no agent may have.",
                    refused));
        }
        boolean somethingPasses = agent.env().stream().anyMatch(this::isSet);
        if (key.isEmpty() && !somethingPasses && agent.options().baseUrl().isEmpty()) {
            return Optional.of(failed(
                    FailureKind.ACCESS,
                    "Agent " + agent.name()
                            + " has no key: name a variable in its env, and give it a value in the step.",
                    cli.keys()));
        }
        return cli.refusal(agent).map(why -> failed(FailureKind.POLICY, why, List.of()));
    }

    private Optional<Job.Key> key(Cli cli, AgentSpec agent) {
        return cli.keys().stream()
                .filter(name -> agent.env().contains(name) && isSet(name))
                .findFirst()
                .map(name -> new Job.Key(name, host.environment().getOrDefault(name, "")));
    }

    private boolean isSet(String name) {
        return !host.environment().getOrDefault(name, "").isBlank();
    }

    private AgentOutcome asked(Cli cli, Job job, PrivateFolder folder) {
        AgentRequest request = job.request();
        var delivery = cli.answers() ? new Delivery.Answer() : new Delivery.File(job.result());
        var conventions =
                new Conventions(host.baseFiles(), job.workTree(), request.base().sha());
        String prompt = prompts.of(request, conventions.read(cli.instructions()), delivery);
        Duration limit = request.limits().time();
        Run first = run(cli, job, folder, prompt, limit);
        return switch (first) {
            case Run.NotFound() -> notFound(cli, request.agent());
            case Run.Judged(Verdict.Final(AgentOutcome outcome), var _) -> outcome;
            case Run.Judged(Verdict.Again again, Duration took) -> {
                Duration left = limit.minus(took);
                yield left.compareTo(WORTH_ASKING) < 0
                        ? again.otherwise()
                        : askedAgain(cli, job.resuming(again.session()), folder, again, left);
            }
        };
    }

    /** The one more time: the session goes on with what was wrong. */
    private AgentOutcome askedAgain(Cli cli, Job job, PrivateFolder folder, Verdict.Again again, Duration left) {
        LOG.info("event=agent-asked-again agent={}", job.request().agent().name());
        remove(job.result());
        var delivery = cli.answers() ? new Delivery.Answer() : new Delivery.File(job.result());
        Run second = run(cli, job, folder, Prompts.again(again.complaints(), delivery), left);
        AgentOutcome outcome =
                switch (second) {
                    case Run.NotFound() -> again.otherwise();
                    case Run.Judged(Verdict.Final(AgentOutcome last), var _) -> last;
                    case Run.Judged(Verdict.Again last, var _) -> last.otherwise();
                };
        return switch (outcome) {
            case AgentOutcome.Finished(var result, var usage) ->
                new AgentOutcome.Finished(result, cli.together(again.usage(), usage));
            case AgentOutcome.Failed f ->
                new AgentOutcome.Failed(
                        f.kind(), f.reason(), f.details(), f.retryAt(), cli.together(again.usage(), f.usage()));
        };
    }

    private sealed interface Run {
        record NotFound() implements Run {}

        record Judged(Verdict verdict, Duration took) implements Run {}
    }

    private Run run(Cli cli, Job job, PrivateFolder folder, String prompt, Duration limit) {
        AgentRequest request = job.request();
        Launch launch = cli.launch(job);
        launch.files().forEach((path, content) -> write(job.home().resolve(path), content));
        Path input = folder.file("prompt");
        write(input, prompt);
        var environment = new HashMap<>(
                PassedEnvironment.of(host.environment(), request.agent().env(), folder.place()));
        environment.putAll(launch.environment());
        environment.put("PAWL_RESULT", job.result().toString());
        var argv = new ArrayList<>(List.of(cli.program()));
        argv.addAll(launch.arguments());
        var listener = new EventListener(cli.events(), request.agent().options().toolCalls());
        var command = new Command(
                argv,
                job.workTree(),
                environment,
                limit,
                host.grace(),
                new Command.Streams(Optional.of(input), Optional.of(listener)));
        return switch (runner.run(command)) {
            case Ended.NotFound _ -> new Run.NotFound();
            case Ended.Ran ran -> {
                boolean intact = folder.intact();
                Transcript transcript = listener.transcript(ran.code(), job.exchange());
                log(request, ran, transcript, listener.toolCalls());
                var content = intact ? ResultFile.read(job.result()) : new ResultFile.Content.Absent();
                var judgement = new CliJudgement(request, ran, listener.overLimit(), clock.instant());
                yield new Run.Judged(judgement.of(transcript, content, cli.answers()), ran.took());
            }
        };
    }

    private static void log(AgentRequest request, Ended.Ran ran, Transcript transcript, int toolCalls) {
        LOG.info(
                "event=agent-ended agent={} stage={} cause={} code={} ms={} ending={} tool_calls={}",
                request.agent().name(),
                request.stage().word(),
                ran.cause(),
                ran.code(),
                ran.took().toMillis(),
                transcript.ending().getClass().getSimpleName(),
                toolCalls);
        LOG.debug("event=agent-log text={}", ran.log().raw());
    }

    private static AgentOutcome notFound(Cli cli, AgentSpec agent) {
        return failed(
                FailureKind.ACCESS,
                "The program of agent %s is missing: install it before Pawl runs, such as with npm install -g %s."
                        .formatted(agent.name(), cli.source()),
                List.of(cli.program()));
    }

    private static AgentOutcome failed(FailureKind kind, String reason, List<String> details) {
        return new AgentOutcome.Failed(kind, reason, details, Optional.empty(), Usage.NONE);
    }

    private static void write(Path file, String content) {
        try {
            Files.createDirectories(file.resolve("..").normalize());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException("a file for the agent can't be written", e);
        }
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("a folder for the agent can't be made", e);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("event=result-left reason={}", e.getClass().getSimpleName());
        }
    }
}
