package dev.pawl.agent.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How a command is started. Always, as far as util-linux is there: in a session of its own, never gaining privileges, with no
 * core dumps and no endless files, and first in line when memory runs out. With a user for agents: as that user besides, with
 * no other group and no capability, a bounded number of processes, and in folders that are lent to it.
 */
public final class Launcher {
    /** The largest file that a process may write, in bytes. */
    static final long LARGEST_FILE = 4L << 30;

    /** How many processes and threads the agents' user may have at once. */
    static final int MOST_PROCESSES = 4096;

    private static final Launcher PLAIN = new Launcher(Optional.empty(), Optional.empty(), Long.MAX_VALUE);

    private final Optional<AgentUser> user;
    private final Optional<Lending> lending;
    private final long memory;

    private Launcher(Optional<AgentUser> user, Optional<Lending> lending, long memory) {
        this.user = user;
        this.lending = lending;
        this.memory = memory;
    }

    /** As the user that we are. */
    public static Launcher plain() {
        return PLAIN;
    }

    /**
     * As another user. Only root can.
     *
     * @param scratch what lies in it may be lent
     * @param memory how many bytes the user's processes may hold together
     */
    static Launcher as(AgentUser user, Supplier<Path> scratch, long memory) {
        return new Launcher(Optional.of(user), Optional.of(new Lending(user, scratch)), memory);
    }

    /** The user for agents, where there is one. */
    public Optional<AgentUser> user() {
        return user;
    }

    /** Whether a process gets a session of its own. */
    static boolean makesSessions() {
        return tool("setsid").isPresent();
    }

    /** The tools without which there is no other user. */
    static List<String> missing() {
        return List.of("setsid", "setpriv", "prlimit").stream()
                .filter(name -> tool(name).isEmpty())
                .toList();
    }

    /** Whether the program can be run by whom it would be run as. */
    boolean mayRun(Path program) {
        return user.map(u -> Reach.runs(program, u)).orElse(true);
    }

    /** The words before the program. */
    List<String> words() {
        var words = new ArrayList<String>();
        tool("setsid").ifPresent(words::add);
        tool("prlimit").ifPresent(prlimit -> {
            words.addAll(List.of(prlimit, "--core=0"));
            lower("Max file size", LARGEST_FILE).ifPresent(most -> words.add("--fsize=" + most));
            user.flatMap(_ -> lower("Max processes", MOST_PROCESSES)).ifPresent(most -> words.add("--nproc=" + most));
        });
        tool("choom").ifPresent(choom -> words.addAll(List.of(choom, "-n", "1000", "--")));
        tool("setpriv").ifPresent(setpriv -> {
            words.add(setpriv);
            user.ifPresent(u -> words.addAll(becoming(u)));
            words.addAll(List.of("--no-new-privs", "--"));
        });
        return words;
    }

    /** Not where the limit is lower already: only who may raise limits could set it. */
    private static Optional<Long> lower(String limit, long most) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/limits"))) {
            return lines.filter(line -> line.startsWith(limit))
                            .map(line -> line.substring(limit.length()).strip().split("\\s+"))
                            .anyMatch(hard ->
                                    hard.length > 1 && hard[1].matches("[0-9]+") && Long.parseLong(hard[1]) < most)
                    ? Optional.empty()
                    : Optional.of(most);
        } catch (IOException | UncheckedIOException | NumberFormatException e) {
            return Optional.of(most);
        }
    }

    private static List<String> becoming(AgentUser user) {
        return List.of(
                "--reuid=" + user.uid(),
                "--regid=" + user.gid(),
                "--clear-groups",
                "--inh-caps=-all",
                "--ambient-caps=-all",
                "--bounding-set=-all");
    }

    /** Whether the agents' user holds more memory than it may. */
    boolean overfull() {
        return user.map(u -> ProcessTable.of(u.uid()).bytes() > memory).orElse(false);
    }

    /** Lends the command's user the folders that it works in. */
    void lend(Command command) {
        lending.ifPresent(l -> l.lend(command));
    }

    /**
     * Ends every process of the agents' user.
     *
     * @throws IllegalStateException when one can't be ended: then nothing that it may have written counts
     */
    void sweep() {
        user.ifPresent(u -> new Sweep(u, tool("setpriv").orElseThrow()).run());
    }

    private static Optional<String> tool(String name) {
        return List.of("/usr/bin/" + name, "/bin/" + name).stream()
                .filter(file -> new File(file).canExecute())
                .findFirst();
    }
}
