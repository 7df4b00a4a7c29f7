package dev.pawl.container;

import dev.pawl.sandbox.SandboxGitHub;
import dev.pawl.sandbox.SandboxRepository;
import dev.pawl.sandbox.world.WebhookEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What the runner gives to one step that is a container action: its mounts, its files and all its variables (actions/runner
 * 2.336.0, ContainerActionHandler, GitHubContext, FileCommandManager).
 */
final class RunnerStep {
    /** Whom everything on a hosted runner belongs to. */
    private static final int RUNNER = 1001;

    private final Path temp;
    private final Path workspace;
    private final Path pipes;
    private final Path socket;
    private final Map<String, String> environment = new TreeMap<>();

    RunnerStep(Path folder, Path socket) {
        try {
            this.socket = socket;
            workspace = Files.createDirectories(folder.resolve("work/shop/shop"));
            temp = folder.resolve("work/_temp");
            pipes = Files.createDirectories(folder.resolve("pipes"));
            for (String name : List.of("_github_home", "_github_workflow", "_runner_file_commands")) {
                Files.createDirectories(temp.resolve(name));
            }
            for (String name : List.of("set_output", "step_summary", "save_state", "set_env", "add_path")) {
                Files.createFile(temp.resolve("_runner_file_commands").resolve(name));
            }
            checkout();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.toList()) {
                    Files.setAttribute(file, "unix:uid", RUNNER);
                    Files.setAttribute(file, "unix:gid", RUNNER);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a checkout leaves in the workspace, as far as somebody might stumble over it. */
    private void checkout() throws IOException {
        Files.writeString(workspace.resolve("sum.txt"), "not the one that counts\n");
        try {
            new ProcessBuilder("git", "init", "--quiet", workspace.toString())
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A pipe in a folder of the test's, which everybody may write to: who reads it waits until somebody has written. */
    Path pipe(String name) throws IOException, InterruptedException {
        Path pipe = pipes.resolve(name);
        if (new ProcessBuilder("mkfifo", "--mode=666", pipe.toString()).start().waitFor() != 0) {
            throw new IOException("no pipe can be made");
        }
        return pipe;
    }

    /** A file of the runner's, by its name inside, which every user may read as the runner leaves it. */
    RunnerStep put(String inside, String text) {
        return write(outside(inside), text, "rw-r--r--");
    }

    /** A file of the test's, beside the pipes, which everybody may write to. */
    RunnerStep open(String name, String text) {
        return write(pipes.resolve(name), text, "rw-rw-rw-");
    }

    /** What stands in a file of the test's. */
    String left(String name) {
        try {
            return new String(Files.readAllBytes(pipes.resolve(name)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path outside(String inside) {
        Map.Entry<String, Path> mount = mounts().entrySet().stream()
                .filter(m -> inside.startsWith(m.getKey() + "/"))
                .findFirst()
                .orElseThrow();
        return mount.getValue().resolve(inside.substring(mount.getKey().length() + 1));
    }

    private RunnerStep write(Path file, String text, String permissions) {
        try {
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            Files.setAttribute(file, "unix:uid", RUNNER);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The variables for the run of an event. */
    RunnerStep on(WebhookEvent event, long run, SandboxGitHub github, SandboxRepository repository) {
        try {
            Files.writeString(temp.resolve("_github_workflow/event.json"), event.payload());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String sha = repository.ref("refs/heads/main").orElseThrow();
        String[] names = repository.fullName().split("/", 2);
        environment.putAll(Map.of(
                "GITHUB_ACTOR", event.sender(),
                "GITHUB_TRIGGERING_ACTOR", event.sender(),
                "GITHUB_API_URL", github.apiUrl(),
                "GITHUB_GRAPHQL_URL", github.graphqlUrl(),
                "GITHUB_SERVER_URL", github.serverUrl(),
                "GITHUB_EVENT_NAME", event.name(),
                "GITHUB_RUN_ID", Long.toString(run)));
        environment.putAll(Map.of(
                "GITHUB_REPOSITORY",
                repository.fullName(),
                "GITHUB_REPOSITORY_ID",
                Long.toString(repository.id()),
                "GITHUB_REPOSITORY_OWNER",
                names[0],
                "GITHUB_SHA",
                sha,
                "GITHUB_WORKFLOW_SHA",
                sha,
                "GITHUB_WORKFLOW_REF",
                repository.fullName() + "/.github/workflows/pawl.yml@refs/heads/main"));
        constants().lines().map(line -> line.split("=", 2)).forEach(pair -> environment.put(pair[0], pair[1]));
        inputs().forEach((name, value) ->
                environment.put("INPUT_" + name.replace(' ', '_').toUpperCase(Locale.ROOT), value));
        environment.put("INPUT_GITHUB-TOKEN", github.actionsToken());
        return this;
    }

    RunnerStep with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    private static String constants() {
        return """
                ACTIONS_CACHE_URL=https://acghubeus1.example/
                ACTIONS_RESULTS_URL=https://results-receiver.example/
                ACTIONS_RUNTIME_TOKEN=not-for-agents
                ACTIONS_RUNTIME_URL=https://pipelines.example/
                CI=true
                GITHUB_ACTION=__pawl-dev_pawl
                GITHUB_ACTIONS=true
                GITHUB_ACTION_REF=v0
                GITHUB_ACTION_REPOSITORY=pawl-dev/pawl
                GITHUB_ACTOR_ID=1
                GITHUB_BASE_REF=
                GITHUB_ENV=/github/file_commands/set_env
                GITHUB_EVENT_PATH=/github/workflow/event.json
                GITHUB_HEAD_REF=
                GITHUB_JOB=advance
                GITHUB_OUTPUT=/github/file_commands/set_output
                GITHUB_PATH=/github/file_commands/add_path
                GITHUB_REF=refs/heads/main
                GITHUB_REF_NAME=main
                GITHUB_REF_PROTECTED=false
                GITHUB_REF_TYPE=branch
                GITHUB_REPOSITORY_OWNER_ID=2
                GITHUB_RETENTION_DAYS=90
                GITHUB_RUN_ATTEMPT=1
                GITHUB_RUN_NUMBER=1
                GITHUB_STATE=/github/file_commands/save_state
                GITHUB_STEP_SUMMARY=/github/file_commands/step_summary
                GITHUB_WORKFLOW=Pawl
                GITHUB_WORKSPACE=/github/workspace
                HOME=/github/home
                RUNNER_ARCH=X64
                RUNNER_ENVIRONMENT=github-hosted
                RUNNER_NAME=GitHub Actions 2
                RUNNER_OS=Linux
                RUNNER_TEMP=/github/runner_temp
                RUNNER_TOOL_CACHE=/opt/hostedtoolcache
                RUNNER_WORKSPACE=/home/runner/work/shop
                """;
    }

    /** Every input that the action declares, with its default; without one it is there, too, and empty. */
    private static Map<String, String> inputs() {
        try {
            var loader = new Load(LoadSettings.builder().build());
            var action = (Map<?, ?>) loader.loadFromString(Files.readString(Path.of("action.yml")));
            var declared = (Map<?, ?>) Objects.requireNonNull(action.get("inputs"));
            var inputs = new TreeMap<String, String>();
            declared.forEach((name, about) -> {
                Object preset = ((Map<?, ?>) about).get("default");
                inputs.put(name.toString(), preset == null ? "" : preset.toString());
            });
            return inputs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, String> environment() {
        return environment;
    }

    /** Where a folder of ours is inside. */
    Map<String, Path> mounts() {
        var mounts = new LinkedHashMap<String, Path>();
        // Where the runner says /var/run/docker.sock, which is this file: Docker follows the image's link, and buildah
        // loses the mount.
        mounts.put("/run/docker.sock", socket);
        mounts.put("/pipes", pipes);
        mounts.put("/github/runner_temp", temp);
        mounts.put("/github/home", temp.resolve("_github_home"));
        mounts.put("/github/workflow", temp.resolve("_github_workflow"));
        mounts.put("/github/file_commands", temp.resolve("_runner_file_commands"));
        mounts.put("/github/workspace", workspace);
        return mounts;
    }

    /** What the step wrote to a file command. */
    String wrote(String command) {
        try {
            return Files.readString(temp.resolve("_runner_file_commands").resolve(command));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The step's outputs, of one line each. */
    Map<String, String> outputs() {
        var outputs = new LinkedHashMap<String, String>();
        wrote("set_output").lines().map(line -> line.split("=", 2)).forEach(pair -> outputs.put(pair[0], pair[1]));
        return outputs;
    }

    /** The names of what the step left in its home folder, which all steps of a job share. */
    List<String> leftAtHome() {
        return names(temp.resolve("_github_home"));
    }

    /** Everything in the workspace, with its owner, its size and when it was changed. */
    List<String> workspace() {
        return names(workspace).stream()
                .map(name -> {
                    try {
                        return name + " "
                                + Files.readAttributes(
                                        workspace.resolve(name),
                                        "unix:uid,size,lastModifiedTime,mode",
                                        LinkOption.NOFOLLOW_LINKS);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.skip(1)
                    .map(f -> folder.relativize(f).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
