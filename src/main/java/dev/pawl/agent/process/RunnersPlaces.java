package dev.pawl.agent.process;

import dev.pawl.agent.process.Probe.Forbidden;
import dev.pawl.agent.process.Probe.Forbidden.How;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies around us that no agent may reach: our own process, the sockets of container engines, and the runner's files. The
 * runner leaves its files readable for every user; while we run they aren't, and afterwards they are what they were.
 */
final class RunnersPlaces implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunnersPlaces.class);
    private static final List<String> FILES = List.of(
            "GITHUB_EVENT_PATH", "GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STATE", "GITHUB_STEP_SUMMARY");
    private static final List<String> FOLDERS =
            List.of("GITHUB_WORKSPACE", "RUNNER_WORKSPACE", "RUNNER_TEMP", "HOME", "PAWL_SESSIONS");
    private static final List<String> SOCKETS = List.of(
            "/var/run/docker.sock",
            "/run/docker.sock",
            "/run/podman/podman.sock",
            "/run/containerd/containerd.sock",
            "/run/crio/crio.sock");
    private static final int OTHERS = 07;
    private static final int OTHERS_PASS = 01;
    private static final int STICKY = 01000;
    /** {@code /}, {@code /home} and {@code /tmp} are the system's, whatever a variable says. */
    private static final int SHALLOWEST = 2;

    private final Map<String, String> environment;
    private final Path scratch;
    private final List<Forbidden> forbidden = new ArrayList<>();
    private final Map<Path, Integer> modes = new LinkedHashMap<>();

    /**
     * @param environment ours
     * @param scratch the folder that agents work in; folders on the way to it may be passed through
     */
    RunnersPlaces(Map<String, String> environment, Path scratch) {
        this.environment = Map.copyOf(environment);
        this.scratch = scratch;
    }

    /** Finds them; those of a runner are closed to other users. */
    List<Forbidden> found() throws IOException {
        Path own = Path.of("/proc", Long.toString(ProcessHandle.current().pid()));
        List.of("environ", "mem", "maps", "fd")
                .forEach(name -> forbidden.add(new Forbidden(How.OPENS, own.resolve(name))));
        Stream.concat(
                        SOCKETS.stream(),
                        Optional.ofNullable(environment.get("DOCKER_HOST"))
                                .filter(host -> host.startsWith("unix://"))
                                .map(host -> host.substring("unix://".length()))
                                .stream())
                .flatMap(RunnersPlaces::path)
                .filter(Files::exists)
                .forEach(socket -> forbidden.add(new Forbidden(How.WRITES, socket)));
        if ("true".equals(environment.get("GITHUB_ACTIONS"))) {
            for (String name : FOLDERS) {
                for (Path folder : named(name)) {
                    close(folder);
                }
            }
            for (String name : FILES) {
                for (Path file : named(name)) {
                    // the files beside it are the runner's, too, unless the folder is everybody's
                    Path around = file.resolveSibling("");
                    if ((mode(around) & STICKY) == 0) {
                        close(around);
                    }
                    close(file);
                }
            }
        }
        for (Path home : named("HOME")) {
            forbid(home.toRealPath());
        }
        Path git = scratch.resolve("git");
        if (Files.exists(git)) {
            forbidden.add(new Forbidden(How.CLOSED, git));
        }
        return List.copyOf(forbidden);
    }

    private List<Path> named(String name) {
        return Stream.ofNullable(environment.get(name))
                .filter(value -> value.startsWith("/"))
                .flatMap(RunnersPlaces::path)
                .filter(Files::exists)
                .toList();
    }

    private static Stream<Path> path(String text) {
        try {
            return Stream.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Stream.empty();
        }
    }

    /** Closes a file or a folder; of a folder on the way to the scratch folder, what else is in it. */
    private void close(Path given) throws IOException {
        Path path = given.toRealPath();
        if (path.equals(scratch) || !forbid(path)) {
            return;
        }
        boolean onTheWay = scratch.startsWith(path);
        int mode = mode(path);
        if (path.getNameCount() < SHALLOWEST || (Files.isDirectory(path) && (mode & STICKY) != 0)) {
            return; // everybody's
        }
        int closed = mode & ~(onTheWay ? OTHERS & ~OTHERS_PASS : OTHERS);
        if (closed != mode) {
            try {
                Files.setAttribute(path, "unix:mode", closed);
                modes.putIfAbsent(path, mode);
            } catch (IOException e) {
                LOG.debug("event=not-closed path={}", path); // the probe tells whether that matters
            }
        }
        if (onTheWay) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
                for (Path child : children) {
                    if (!Files.isSymbolicLink(child) && !child.equals(scratch)) {
                        close(child);
                    }
                }
            }
        }
    }

    private boolean forbid(Path path) {
        boolean isNew = path.getNameCount() > 0
                && forbidden.stream().noneMatch(f -> f.path().equals(path));
        if (isNew) {
            forbidden.add(new Forbidden(scratch.startsWith(path) ? How.PASSES : How.CLOSED, path));
        }
        return isNew;
    }

    private static int mode(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:mode") & 07777;
    }

    /** Gives them back the modes that they had. */
    @Override
    public void close() {
        modes.forEach((path, mode) -> {
            try {
                if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.setAttribute(path, "unix:mode", mode);
                }
            } catch (IOException e) {
                LOG.warn("event=mode-kept path={}", path);
            }
        });
        modes.clear();
    }
}
