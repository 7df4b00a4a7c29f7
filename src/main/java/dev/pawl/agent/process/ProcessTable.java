package dev.pawl.agent.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The running processes as Linux shows them in {@code /proc} (proc(5)); empty on other systems. */
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");
    private static final Share NOTHING = new Share(0, 0);

    private ProcessTable() {}

    /** Whether the system shows its processes that way. */
    static boolean isThere() {
        return Files.exists(PROC.resolve("self/stat"));
    }

    /** All processes but ourselves, without those that are dead and only not yet collected. */
    static List<Entry> read() {
        long self = ProcessHandle.current().pid();
        var entries = new ArrayList<Entry>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[1-9]*")) {
            for (Path folder : folders) {
                entry(folder).filter(e -> e.pid != self).ifPresent(entries::add);
            }
        } catch (IOException | DirectoryIteratorException e) {
            return entries;
        }
        return entries;
    }

    /** What a user's processes come to. */
    record Share(int processes, long bytes) {}

    /**
     * The processes that belong to a user, by any of its numbers, and the memory that is theirs alone; the dead that nobody has
     * collected don't count.
     */
    static Share of(long uid) {
        int processes = 0;
        long bytes = 0;
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[1-9]*")) {
            for (Path folder : folders) {
                Share share = share(folder, Long.toString(uid));
                processes += share.processes();
                bytes += share.bytes();
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new IllegalStateException("the processes of the agents' user can't be told", e);
        }
        return new Share(processes, bytes);
    }

    private static Share share(Path folder, String uid) {
        try {
            String status = Files.readString(folder.resolve("status"), StandardCharsets.ISO_8859_1);
            boolean dead = List.of("Z", "X").contains(field(status, "State:").getFirst());
            if (dead || !field(status, "Uid:").contains(uid)) {
                return NOTHING;
            }
            List<String> memory = field(status, "RssAnon:");
            return new Share(1, memory.getFirst().isEmpty() ? 0 : Long.parseLong(memory.getFirst()) << 10);
        } catch (IOException e) {
            return NOTHING; // gone meanwhile
        }
    }

    /** The words of a line of a status file; one empty word where there is no such line. */
    private static List<String> field(String status, String name) {
        int begin = status.indexOf("\n" + name);
        return begin < 0
                ? List.of("")
                : List.of(status.substring(begin + 1 + name.length(), status.indexOf('\n', begin + 1))
                        .strip()
                        .split("\\s+"));
    }

    /** Whether there is such a process, and it isn't dead and only not yet collected. */
    static boolean lives(long pid) {
        return entry(PROC.resolve(Long.toString(pid))).isPresent();
    }

    private static Optional<Entry> entry(Path folder) {
        try {
            String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
            // The name stands in brackets and may hold any character, brackets too.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 5);
            if (fields[0].equals("Z") || fields[0].equals("X")) {
                return Optional.empty();
            }
            return Optional.of(new Entry(
                    folder,
                    Long.parseLong(folder.getFileName().toString()),
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[2]),
                    Long.parseLong(fields[3].strip())));
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // gone meanwhile
        }
    }

    /** What the process's descriptor 1 is, such as {@code pipe:[4711]}; empty where that can't be told. */
    static Optional<String> standardOutput(long pid) {
        return link(PROC.resolve(Long.toString(pid)).resolve("fd/1")).filter(l -> l.startsWith("pipe:"));
    }

    private static Optional<String> link(Path file) {
        try {
            return Optional.of(Files.readSymbolicLink(file).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** One process. */
    record Entry(Path folder, long pid, long parent, long group, long session) {
        /** Whether it was started with this in its environment. */
        boolean carries(byte[] variable) {
            try {
                return contains(Files.readAllBytes(folder.resolve("environ")), variable);
            } catch (IOException e) {
                return false; // another account's, or gone
            }
        }

        /** Whether it holds that pipe open. */
        boolean holds(String pipe) {
            try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(folder.resolve("fd"))) {
                for (Path descriptor : descriptors) {
                    if (link(descriptor).filter(pipe::equals).isPresent()) {
                        return true;
                    }
                }
            } catch (IOException | DirectoryIteratorException e) {
                return false;
            }
            return false;
        }

        private static boolean contains(byte[] text, byte[] part) {
            for (int i = 0; i + part.length <= text.length; i++) {
                if (Arrays.equals(text, i, i + part.length, part, 0, part.length)) {
                    return true;
                }
            }
            return false;
        }
    }
}
