package dev.pawl.agent.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** How much memory there is: the machine's, or what a container's control group leaves of it. */
final class Memory {
    private static final Path MACHINE = Path.of("/proc/meminfo");
    private static final List<Path> GROUPS =
            List.of(Path.of("/sys/fs/cgroup/memory.max"), Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes"));

    private Memory() {}

    /** Three quarters of it, in bytes. */
    static long forAgents() {
        long least = LongStream.concat(
                        lines(MACHINE)
                                .filter(line -> line.startsWith("MemTotal:"))
                                .mapToLong(line -> number(line.replaceAll("[^0-9]", "")) << 10),
                        GROUPS.stream().flatMap(Memory::lines).mapToLong(Memory::number))
                .filter(bytes -> bytes > 0)
                .min()
                .orElse(Long.MAX_VALUE);
        return least / 4 * 3;
    }

    private static long number(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
