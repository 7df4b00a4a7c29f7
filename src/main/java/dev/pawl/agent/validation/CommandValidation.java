package dev.pawl.agent.validation;

import dev.pawl.agent.process.Command;
import dev.pawl.agent.process.Ended;
import dev.pawl.agent.process.PassedEnvironment;
import dev.pawl.agent.process.PrivateFolder;
import dev.pawl.agent.process.ProcessRunner;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.ValidationRules;
import dev.pawl.domain.port.Validation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the repository's commands in the work tree, one after the other, and reads the reports that each one wrote. */
public final class CommandValidation implements Validation {
    private static final Logger LOG = LoggerFactory.getLogger(CommandValidation.class);
    private static final int LAST_LINES = 200;

    /**
     * What commonly tells where a toolchain and its caches are, or how it should run. None of it is meant to hold a
     * secret; keys, tokens and the runner's own names never pass.
     */
    static final List<String> TOOLCHAINS = List.of(
            "CI",
            "JAVA_HOME",
            "JAVA_TOOL_OPTIONS",
            "MAVEN_HOME",
            "MAVEN_OPTS",
            "MAVEN_ARGS",
            "GRADLE_HOME",
            "GRADLE_OPTS",
            "GRADLE_USER_HOME",
            "NODE_OPTIONS",
            "NPM_CONFIG_CACHE",
            "YARN_CACHE_FOLDER",
            "PNPM_HOME",
            "GOROOT",
            "GOPATH",
            "GOCACHE",
            "GOMODCACHE",
            "GOFLAGS",
            "CARGO_HOME",
            "RUSTUP_HOME",
            "PYTHONPATH",
            "VIRTUAL_ENV",
            "PIP_CACHE_DIR",
            "UV_CACHE_DIR",
            "DOTNET_ROOT",
            "GEM_HOME",
            "BUNDLE_PATH");

    private final ProcessRunner runner;
    private final Map<String, String> environment;
    private final Path scratch;
    private final Duration grace;

    /**
     * @param runner runs the commands
     * @param environment our own environment, of which commands get the toolchains' names only
     * @param scratch a folder for what lives as long as one validation, out of every work tree
     * @param grace how long a command has between SIGTERM and SIGKILL
     */
    public CommandValidation(ProcessRunner runner, Map<String, String> environment, Path scratch, Duration grace) {
        this.runner = runner;
        this.environment = Map.copyOf(environment);
        this.scratch = scratch;
        this.grace = grace;
    }

    @Override
    public List<Result> run(ValidationRules rules, Path workTree) {
        var results = new ArrayList<Result>();
        try (var folder = PrivateFolder.in(scratch)) {
            Map<String, String> passed = PassedEnvironment.of(environment, TOOLCHAINS, folder.place());
            for (ValidationRules.Command command : rules.commands()) {
                results.add(run(command, workTree, passed));
            }
        }
        return List.copyOf(results);
    }

    private Result run(ValidationRules.Command command, Path workTree, Map<String, String> passed) {
        var reports = ReportFiles.before(command.reports(), workTree);
        var ended = runner.run(new Command(command.run(), workTree, passed, command.timeout(), grace));
        return switch (ended) {
            case Ended.NotFound n ->
                new Result(command, Result.Status.NOT_FOUND, Duration.ZERO, List.of(), Untrusted.EMPTY);
            case Ended.Ran ran -> {
                Result.Status status = status(ran);
                List<Failure> failures =
                        status == Result.Status.PASSED ? List.of() : failures(reports.written(), workTree);
                LOG.info(
                        "event=validated command=\"{}\" status={} code={} ms={} failures={}",
                        command.name(),
                        status,
                        ran.code(),
                        ran.took().toMillis(),
                        failures.size());
                Untrusted log = failures.isEmpty() ? tail(ran.log()) : Untrusted.EMPTY;
                yield new Result(command, status, ran.took(), failures, log);
            }
        };
    }

    private static Result.Status status(Ended.Ran ran) {
        return switch (ran.cause()) {
            case ITSELF -> ran.code() == 0 ? Result.Status.PASSED : Result.Status.FAILED;
            case TIME_LIMIT, ENOUGH, SHUTDOWN -> Result.Status.TIMED_OUT;
        };
    }

    private static List<Failure> failures(List<Path> reports, Path workTree) {
        var read = new ArrayList<JUnitReport.Case>();
        for (Path report : reports) {
            read.addAll(JUnitReport.failures(report, JUnitReport.MOST_FAILURES - read.size()));
        }
        if (read.isEmpty()) {
            return List.of();
        }
        var files = TreeFiles.of(workTree);
        return read.stream().map(c -> failure(c, files)).toList();
    }

    private static Failure failure(JUnitReport.Case failed, TreeFiles files) {
        var place = SourcePlace.in(failed, files);
        return new Failure(failed.test(), failed.message(), place.file(), place.line());
    }

    private static Untrusted tail(Untrusted log) {
        String text = log.raw().stripTrailing();
        int from = text.length();
        for (int line = 0; line < LAST_LINES && from >= 0; line++) {
            from = text.lastIndexOf('\n', from - 1);
        }
        return new Untrusted(text.substring(from + 1));
    }
}
