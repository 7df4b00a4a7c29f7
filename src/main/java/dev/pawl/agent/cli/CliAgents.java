package dev.pawl.agent.cli;

import dev.pawl.agent.cli.CliAttempt.Heard;
import dev.pawl.agent.cli.CliAttempt.Tools;
import dev.pawl.agent.command.CommandAgents.Host;
import dev.pawl.agent.process.PassedEnvironment;
import dev.pawl.agent.process.PrivateFolder;
import dev.pawl.agent.process.ProcessRunner;
import dev.pawl.agent.prompt.Prompts;
import dev.pawl.agent.session.Kept;
import dev.pawl.agent.session.PlainFile;
import dev.pawl.agent.session.Secrets;
import dev.pawl.agent.session.Sessions;
import dev.pawl.agent.session.Sessions.Opening;
import dev.pawl.agent.session.Slot;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.port.AgentSession;
import dev.pawl.domain.port.AgentSession.Beginning;
import dev.pawl.domain.port.Agents;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.state.FailureKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
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

    static final Map<AgentSpec.Kind, Cli> CLIS = Stream.<Cli>of(
                    new ClaudeCode(), new Codex(), new Copilot(), new Gemini(), new Opencode(), new Qwen())
            .collect(Collectors.toMap(Cli::kind, Function.identity()));

    private final Tools tools;
    private final Sessions sessions;

    /**
     * Those whose sessions aren't kept.
     *
     * @param runner runs the programs
     * @param prompts writes what they are told
     * @param host what they run on
     * @param clock tells when a provider's wait is over
     */
    public CliAgents(ProcessRunner runner, Prompts prompts, Host host, InstantSource clock) {
        this(new Tools(runner, prompts, host, clock), Sessions.off());
    }

    private CliAgents(Tools tools, Sessions sessions) {
        this.tools = tools;
        this.sessions = sessions;
    }

    /** The same agents, whose sessions are kept there. */
    public CliAgents keeping(Sessions kept) {
        return new CliAgents(tools, kept);
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
        return run(request, workTree, this::asked);
    }

    /**
     * Asks an agent for the shortest result there is, in an empty folder: whether its program, key, model and address work
     * together.
     *
     * @param agent the agent
     * @param limit how long it may take
     * @throws IllegalArgumentException when the agent is of another kind
     */
    public AgentOutcome tryOut(AgentSpec agent, Duration limit) {
        try (var folder = PrivateFolder.in(tools.host().scratch())) {
            return run(
                    Trial.request(agent, limit),
                    folder.place().temporary(),
                    asked -> inAHome(asked, (attempt, job) -> attempt.tryOut(job, limit))
                            .heard()
                            .outcome());
        }
    }

    private AgentOutcome run(AgentRequest request, Path workTree, Function<Asked, AgentOutcome> asking) {
        AgentSpec agent = request.agent();
        Cli cli = CLIS.get(agent.kind());
        if (cli == null) {
            throw new IllegalArgumentException("no command-line agent: " + agent.name());
        }
        Optional<Job.Key> key = key(cli, agent);
        return refusal(cli, agent, key).orElseGet(() -> asking.apply(new Asked(cli, request, key, workTree)));
    }

    /** What is asked, and of whom. */
    private record Asked(Cli cli, AgentRequest request, Optional<Job.Key> key, Path workTree) {}

    /** What an attempt goes on from. */
    private record Since(Beginning beginning, int failedResumes, Usage counted) {}

    private AgentOutcome asked(Asked asked) {
        AgentRequest request = asked.request();
        Slot slot = Slot.of(request);
        Duration limit = request.limits().time();
        return switch (sessions.open(slot, request.conversation())) {
            case Opening.Anew anew -> anew(asked, slot, anew, limit);
            case Opening.Resume resume -> resumed(asked, slot, resume, limit);
        };
    }

    private AgentOutcome anew(Asked asked, Slot slot, Opening.Anew anew, Duration limit) {
        Talked talked = inAHome(asked, (attempt, job) -> attempt.begin(job, limit));
        return kept(asked, slot, talked, new Since(anew.why(), anew.failedResumes(), Usage.NONE));
    }

    /** A session that can't be resumed costs no attempt: a new one begins at once. */
    private AgentOutcome resumed(Asked asked, Slot slot, Opening.Resume resume, Duration limit) {
        Kept kept = resume.kept();
        Talked talked = inAHome(asked, (attempt, job) -> attempt.goOn(job, resume, limit));
        Heard heard = talked.heard();
        if (!heard.neverWentOn()) {
            return kept(asked, slot, talked, new Since(Beginning.RESUMED, 0, kept.counted()));
        }
        LOG.warn("event=session-refused agent={}", slot.agent());
        sessions.refused(slot, kept);
        Usage inVain = asked.cli().own(heard.outcome().usage(), kept.counted());
        Duration left = limit.minus(heard.took());
        if (left.compareTo(CliAttempt.WORTH_ASKING) < 0) {
            return heard.outcome().using(inVain).in(new AgentSession(Optional.empty(), Beginning.REFUSED));
        }
        AgentOutcome outcome = anew(asked, slot, new Opening.Anew(Beginning.REFUSED, kept.failedResumes() + 1), left);
        return outcome.using(Usages.sum(inVain, outcome.usage()));
    }

    /** What came of an attempt, and its conversation, where one is kept. */
    private record Talked(Heard heard, PlainFile.Found conversation) {}

    private Talked inAHome(Asked asked, BiFunction<CliAttempt, Job, Heard> asking) {
        Cli cli = asked.cli();
        try (var folder = PrivateFolder.in(tools.host().scratch());
                var hidden = new HiddenFiles(asked.workTree(), cli.hidden(), folder.file("hidden"));
                var doorman = Doorman.of(
                        cli,
                        asked.request().agent(),
                        asked.key(),
                        new Doorman.Desk(tools.host().environment(), tools.runner()::nonce))) {
            LOG.debug("event=hidden files={}", hidden.count());
            var attempt = new CliAttempt(cli, tools, folder);
            Job job = attempt.job(asked.request(), doorman.access(), asked.workTree());
            Heard heard = asking.apply(attempt, job);
            return new Talked(
                    heard,
                    heard.session()
                            .filter(_ -> sessions.areKept())
                            .map(session -> attempt.conversation(job, session))
                            .orElseGet(PlainFile.Found.Nothing::new));
        }
    }

    private AgentOutcome kept(Asked asked, Slot slot, Talked talked, Since since) {
        AgentOutcome outcome = talked.heard().outcome();
        Usage counted = outcome.usage();
        boolean told =
                counted.inputTokens() + counted.outputTokens() + counted.cost().micros() > 0;
        var secrets = Secrets.of(asked.request().agent().env(), tools.host().environment());
        Optional<String> id = talked.heard()
                .session()
                .map(session -> new Sessions.Talk(
                        session,
                        since.failedResumes(),
                        told ? counted : since.counted(),
                        talked.conversation(),
                        secrets))
                .flatMap(talk ->
                        sessions.keep(slot, asked.request().conversation().task(), talk));
        return outcome.using(asked.cli().own(counted, since.counted())).in(new AgentSession(id, since.beginning()));
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
                .map(name -> new Job.Key(name, tools.host().environment().getOrDefault(name, "")));
    }

    private boolean isSet(String name) {
        return !tools.host().environment().getOrDefault(name, "").isBlank();
    }

    private static AgentOutcome failed(FailureKind kind, String reason, List<String> details) {
        return new AgentOutcome.Failed(kind, reason, details, Optional.empty(), Usage.NONE);
    }
}
