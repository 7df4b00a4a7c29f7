package dev.pawl.app;

import dev.pawl.agent.cli.AcpAgents;
import dev.pawl.agent.cli.CliAgents;
import dev.pawl.agent.command.CommandAgents;
import dev.pawl.agent.guard.GuardedAgents;
import dev.pawl.agent.model.ModelAgents;
import dev.pawl.agent.price.PricedAgents;
import dev.pawl.agent.price.Prices;
import dev.pawl.agent.process.Command;
import dev.pawl.agent.process.Isolation;
import dev.pawl.agent.process.ProcessRunner;
import dev.pawl.agent.prompt.Prompts;
import dev.pawl.agent.result.CheckpointJson;
import dev.pawl.agent.session.Sessions;
import dev.pawl.agent.validation.CommandValidation;
import dev.pawl.domain.decide.Trigger;
import dev.pawl.domain.model.Actor;
import dev.pawl.domain.policy.Limits;
import dev.pawl.domain.port.Forge;
import dev.pawl.domain.port.Policies;
import dev.pawl.domain.port.Validation;
import dev.pawl.domain.report.Report;
import dev.pawl.engine.Advancer;
import dev.pawl.engine.Engine;
import dev.pawl.engine.Repairer;
import dev.pawl.engine.Settings;
import dev.pawl.forge.github.GitHubConnection;
import dev.pawl.forge.github.GitHubForge;
import dev.pawl.forge.github.GitHubSettings;
import dev.pawl.forge.github.RestLedger;
import dev.pawl.git.GitSettings;
import dev.pawl.git.GitWorkspace;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Joins the layers for one invocation: the only place that knows all of them, and where clock and chance come from. */
@Factory
public class Wiring {
    /**
     * Where a dry run prints.
     *
     * @param lines takes whole lines
     */
    record Printer(Consumer<String> lines) {}

    /** Advances the invocation's issue. */
    static Report advance(Invocation invocation, Consumer<String> print) {
        return in(
                invocation,
                print,
                context -> context.getBean(Tracing.class)
                        .stage(
                                invocation.repository(),
                                () -> context.getBean(Advancer.class).advance(invocation.trigger())));
    }

    /** Looks at an issue's state, and writes it anew where that is wished for. */
    static Repairer.Repaired repair(Invocation invocation, int issue, boolean write) {
        return in(
                invocation, _ -> {}, context -> context.getBean(Repairer.class).repair(issue, write));
    }

    /** The account that the token belongs to. */
    static Actor account(Environment environment) {
        return onForge(environment, (_, forge) -> forge.account());
    }

    /** Does something with the repository's forge and its connection, and writes nothing. */
    static <T> T onForge(Environment environment, BiFunction<GitHubConnection, GitHubForge, T> act) {
        var invocation =
                new Invocation(environment, environment.required("GITHUB_REPOSITORY"), new Trigger.Sweep(), true);
        return in(
                invocation,
                _ -> {},
                context -> act.apply(context.getBean(GitHubConnection.class), context.getBean(GitHubForge.class)));
    }

    private static <T> T in(Invocation invocation, Consumer<String> print, Function<ApplicationContext, T> act) {
        try (var scratch = new Scratch(invocation.environment().scratch(), invocation.dryRun());
                ApplicationContext context = ApplicationContext.builder()
                        .deduceEnvironment(false)
                        .banner(false)
                        .eagerBeansEnabled(
                                false) // there are none, and a thread that looks for them outlives a short run
                        .singletons(invocation, new Printer(print), scratch)
                        .start()) {
            return act.apply(context);
        }
    }

    @Bean(preDestroy = "close")
    @Singleton
    GitHubConnection connection(Invocation invocation) {
        Environment environment = invocation.environment();
        String[] name = invocation.repository().split("/", 2);
        if (name.length != 2 || name[0].isEmpty() || name[1].isEmpty()) {
            throw new UsageError("A repository is named by its owner and its name, such as octo/shop.");
        }
        var settings = new GitHubSettings(
                environment.api(),
                name[0],
                name[1],
                environment.number("GITHUB_REPOSITORY_ID"),
                environment.defaultBranch(),
                environment.token(),
                environment.botId(),
                environment.input("state-key"),
                new GitHubSettings.WorkflowRun(
                        environment.number("GITHUB_RUN_ID").orElse(0),
                        (int) environment.number("GITHUB_RUN_ATTEMPT").orElse(1)),
                Limits.DEFAULT.waitForForge(),
                GitHubSettings.LEDGER_PREFIX,
                environment.graphql());
        return GitHubConnection.open(
                settings, environment.secrets(), environment.surroundings().github());
    }

    @Singleton
    GitHubForge forge(GitHubConnection connection) {
        return new GitHubForge(connection);
    }

    @Singleton
    Policies policies(Invocation invocation) {
        return new FilePolicies(invocation.environment().policyPath());
    }

    @Singleton
    Settings settings(Invocation invocation) {
        Environment environment = invocation.environment();
        return new Settings(
                environment.policyPath(),
                environment.input("agent"),
                environment.dispatches(),
                environment.invocation(),
                environment.workflow());
    }

    @Bean(preDestroy = "close")
    @Singleton
    GitWorkspace workspace(Invocation invocation, GitHubConnection connection, Scratch scratch) {
        Environment environment = invocation.environment();
        var git = new GitSettings(
                environment.server(),
                invocation.repository(),
                environment.token(),
                scratch.folder(),
                environment.workspace().filter(Files::isDirectory),
                environment.surroundings().github().clock(),
                environment.surroundings().git(),
                connection.backoff());
        return new GitWorkspace(git, environment.secrets());
    }

    @Bean(preDestroy = "close")
    @Singleton
    Isolation isolation(Invocation invocation, Scratch scratch) {
        return invocation.environment().isolation(scratch::folder);
    }

    @Bean(preDestroy = "close")
    @Singleton
    ProcessRunner processes(Isolation isolation) {
        return new ProcessRunner(InstantSource.system(), nonces(), isolation::launcher);
    }

    @Singleton
    Validation validation(Invocation invocation, ProcessRunner processes, Scratch scratch) {
        return new CommandValidation(processes, invocation.environment().variables(), scratch.folder(), Command.GRACE);
    }

    @Bean(preDestroy = "close")
    @Singleton
    Tracing tracing(Invocation invocation) {
        return Tracing.of(invocation.environment().variables());
    }

    @Singleton
    Engine engine(
            Invocation invocation,
            GitHubConnection connection,
            Forge forge,
            GitWorkspace workspace,
            Validation validation,
            ProcessRunner processes,
            Isolation isolation,
            Scratch scratch,
            Settings settings,
            Tracing tracing,
            Printer printer) {
        var host = new CommandAgents.Host(
                invocation.environment().variables(),
                scratch.folder(),
                (tree, base, path) -> baseFile(workspace.files(base), path),
                Command.GRACE);
        // A dry run leaves no trace: what it says to an agent isn't part of anything.
        Sessions sessions = invocation
                .environment()
                .sessions()
                .filter(_ -> !invocation.dryRun())
                .map(folder -> Sessions.in(folder, InstantSource.system()))
                .orElseGet(Sessions::off);
        var modelHost = new ModelAgents.Host(
                invocation.environment().variables(),
                scratch.folder(),
                host.baseFiles(),
                InstantSource.system(),
                nonces(),
                ModelAgents.Host.ANSWER,
                ModelAgents.Host.TOOL);
        var parts = new Engine.Parts(
                policy -> {
                    connection.waitAtMost(policy.limits().waitForForge());
                    Preflight.look(policy, invocation.environment().token());
                    connection.scopes().ifPresent(Preflight::warnOf);
                    return new RestLedger(connection, nonces(), policy.ledgerPrefix());
                },
                workspace,
                policy -> {
                    var prompts = new Prompts(policy.paths(), policy.byName(), nonces());
                    var prices = new Prices(policy.prices());
                    var agents = new AgentsByKind(
                            new CommandAgents(processes, prompts, host),
                            new CliAgents(processes, prompts, host, InstantSource.system()).keeping(sessions),
                            new AcpAgents(processes, prompts, host, InstantSource.system()),
                            new ModelAgents(processes, prompts, prices, modelHost));
                    return tracing.around(new GuardedAgents(
                            new PricedAgents(agents, prices),
                            invocation.environment().secrets()));
                },
                validation,
                new CheckpointJson(),
                invocation.environment().surroundings().github().clock(),
                policy -> invocation.environment().unsafe(isolation, policy));
        return invocation.dryRun()
                ? Engine.printing(forge, parts, settings, printer.lines())
                : Engine.writing(forge, parts, settings);
    }

    @Singleton
    Advancer advancer(Forge forge, Policies policies, Engine engine, Settings settings) {
        return new Advancer(forge, policies, engine, settings);
    }

    @Singleton
    Repairer repairer(Forge forge, Policies policies, Engine engine, Settings settings) {
        return new Repairer(forge, policies, engine, settings);
    }

    /** A link of the base may lead to another file of it, and no further. */
    private static Optional<Path> baseFile(Path root, String path) {
        try {
            Path file = root.resolve(path).toRealPath();
            return file.startsWith(root.toRealPath()) && Files.isRegularFile(file)
                    ? Optional.of(file)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Supplier<String> nonces() {
        var random = new SecureRandom();
        return () -> {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        };
    }
}
