package dev.pawl.agent.cli;

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
import dev.pawl.agent.session.Kept;
import dev.pawl.agent.session.PlainFile;
import dev.pawl.agent.session.Sessions;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.state.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One program in one home: it is asked, and what is wrong with its result is told to the same session once.
 *
 * @param cli the program
 * @param tools what runs it
 * @param folder holds its home
 */
record CliAttempt(Cli cli, Tools tools, PrivateFolder folder) {
    private static final Logger LOG = LoggerFactory.getLogger(CliAttempt.class);
    private static final Duration ASIDE = Duration.ofSeconds(60);

    /** Less time than this isn't worth starting a program for. */
    static final Duration WORTH_ASKING = Duration.ofSeconds(10);

    /**
     * What runs programs.
     *
     * @param runner runs them
     * @param prompts writes what they are told
     * @param host what they run on
     * @param clock tells when a provider's wait is over
     */
    record Tools(ProcessRunner runner, Prompts prompts, Host host, InstantSource clock) {}

    /**
     * What came of it.
     *
     * @param outcome how it ended; it used what the program counted
     * @param session the program's session, if the model answered in it
     * @param neverWentOn whether it stumbled over the session that it should have gone on with
     * @param took how long it took until then
     */
    record Heard(AgentOutcome outcome, Optional<String> session, boolean neverWentOn, Duration took) {}

    /** The job in this home. */
    Job job(AgentRequest request, Job.Access access, Path workTree) {
        var job = new Job(
                request, access, workTree, folder.place().home(), folder.file("exchange"), Optional.empty(), false);
        try {
            Files.createDirectories(job.exchange());
        } catch (IOException e) {
            throw new UncheckedIOException("a folder for the agent can't be made", e);
        }
        return job;
    }

    /** Asks, in a new session. */
    Heard begin(Job job, Duration limit) {
        return ask(job, prompt(job), limit);
    }

    /** Asks for the shortest result there is. */
    Heard tryOut(Job job, Duration limit) {
        return ask(job, Prompts.trial(delivery(job)), limit);
    }

    /** Asks, in a session from another home. */
    Heard goOn(Job job, Sessions.Opening.Resume resume, Duration limit) {
        Job moved = job.movedHere(resume.kept().id());
        cli.launch(moved)
                .files()
                .forEach((path, content) -> write(moved.home(), moved.home().resolve(path), content));
        if (!cli.keeping().put(home(moved), resume.kept().id(), resume.content())) {
            AgentOutcome outcome = failed(FailureKind.AGENT_CRASH, "The agent can't read its session.", List.of());
            return new Heard(outcome, Optional.empty(), true, Duration.ZERO);
        }
        return ask(moved, Prompts.goingOn(moved.workTree(), prompt(moved)), limit);
    }

    private String prompt(Job job) {
        AgentRequest request = job.request();
        var conventions = new Conventions(
                tools.host().baseFiles(), job.workTree(), request.base().sha());
        return tools.prompts().of(request, conventions.read(cli.instructions()), delivery(job));
    }

    private Delivery delivery(Job job) {
        return cli.answers() ? new Delivery.Answer() : new Delivery.File(job.result());
    }

    private Heard ask(Job job, String prompt, Duration limit) {
        return switch (run(job, prompt, limit)) {
            case Run.NotFound() -> new Heard(notFound(job.request().agent()), Optional.empty(), false, Duration.ZERO);
            case Run.Judged first -> {
                AgentOutcome outcome =
                        switch (first.verdict()) {
                            case Verdict.Final(AgentOutcome last) -> last;
                            case Verdict.Again again -> {
                                Duration left = limit.minus(first.took());
                                yield left.compareTo(WORTH_ASKING) < 0
                                        ? again.otherwise()
                                        : askedAgain(job.resuming(again.session()), again, left);
                            }
                        };
                Transcript transcript = first.transcript();
                Optional<String> session = transcript
                        .session()
                        .filter(id ->
                                transcript.answered() && Kept.ID.matcher(id).matches());
                yield new Heard(outcome, session, first.neverWentOn(), first.took());
            }
        };
    }

    /** The one more time: the session goes on with what was wrong. */
    private AgentOutcome askedAgain(Job job, Verdict.Again again, Duration left) {
        LOG.info("event=agent-asked-again agent={}", job.request().agent().name());
        remove(job.result());
        Run second = run(job, Prompts.again(again.complaints(), delivery(job)), left);
        AgentOutcome outcome =
                switch (second) {
                    case Run.NotFound() -> again.otherwise();
                    case Run.Judged judged ->
                        switch (judged.verdict()) {
                            case Verdict.Final(AgentOutcome last) -> last;
                            case Verdict.Again last -> last.otherwise();
                        };
                };
        return outcome.using(cli.together(again.usage(), outcome.usage()));
    }

    private sealed interface Run {
        record NotFound() implements Run {}

        record Judged(Verdict verdict, Transcript transcript, boolean neverWentOn, Duration took) implements Run {}
    }

    private Run run(Job job, String prompt, Duration limit) {
        AgentRequest request = job.request();
        Launch launch = cli.launch(job);
        launch.files().forEach((path, content) -> write(job.home(), job.home().resolve(path), content));
        Path input = folder.file("prompt");
        write(folder.file("."), input, prompt);
        var environment = environment(launch, job.access().passed());
        job.key().ifPresent(key -> environment.putIfAbsent(key.name(), key.value()));
        environment.put("PAWL_RESULT", job.result().toString());
        var argv = new ArrayList<>(List.of(cli.program()));
        argv.addAll(launch.arguments());
        var listener = new EventListener(cli.events(), request.agent().options().toolCalls());
        var command = new Command(
                argv,
                job.workTree(),
                environment,
                limit,
                tools.host().grace(),
                new Command.Streams(Optional.of(input), Optional.of(listener)));
        return switch (tools.runner().run(command)) {
            case Ended.NotFound _ -> new Run.NotFound();
            case Ended.Ran ran -> {
                boolean intact = folder.intact();
                Transcript transcript = listener.transcript(ran.code(), job.exchange());
                log(request, ran, transcript, listener.toolCalls());
                var content = intact ? ResultFile.read(job.result()) : new ResultFile.Content.Absent();
                var judgement = new CliJudgement(
                        request, ran, listener.overLimit(), tools.clock().instant());
                yield new Run.Judged(
                        judgement.of(transcript, content, cli.answers()),
                        transcript,
                        judgement.neverWentOn(transcript),
                        ran.took());
            }
        };
    }

    private Map<String, String> environment(Launch launch, List<String> passed) {
        var environment = new HashMap<>(PassedEnvironment.of(tools.host().environment(), passed, folder.place()));
        environment.putAll(launch.environment());
        return environment;
    }

    /** A session's conversation, now that the program is done. */
    PlainFile.Found conversation(Job job, String session) {
        return folder.intact() ? cli.keeping().take(home(job), session) : new PlainFile.Found.Nothing();
    }

    private Keeping.Home home(Job job) {
        return new Keeping.Home(job.home(), job.workTree(), arguments -> prints(job, arguments));
    }

    /** The program apart from any work: no prompt, none of the policy's variables. */
    private Optional<String> prints(Job job, List<String> arguments) {
        var argv = new ArrayList<>(List.of(cli.program()));
        argv.addAll(arguments);
        var printed = new StringBuilder();
        Command.Listener listener = line -> {
            printed.append(line).append('\n');
            return printed.length() <= Sessions.LARGEST;
        };
        var command = new Command(
                argv,
                job.workTree(),
                environment(cli.launch(job), List.of()),
                ASIDE,
                tools.host().grace(),
                new Command.Streams(Optional.empty(), Optional.of(listener)));
        boolean well = tools.runner().run(command) instanceof Ended.Ran ran
                && ran.cause() == Ended.Cause.ITSELF
                && ran.code() == 0;
        return well ? Optional.of(printed.toString()) : Optional.empty();
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

    private AgentOutcome notFound(AgentSpec agent) {
        return failed(
                FailureKind.ACCESS,
                "The program of agent %s is missing: install it before Pawl runs, such as with %s."
                        .formatted(agent.name(), cli.installation()),
                List.of(cli.program()));
    }

    private static AgentOutcome failed(FailureKind kind, String reason, List<String> details) {
        return new AgentOutcome.Failed(kind, reason, details, Optional.empty(), Usage.NONE);
    }

    private static void write(Path root, Path file, String content) {
        try {
            Within.write(root, file, content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("a file for the agent can't be written", e);
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
