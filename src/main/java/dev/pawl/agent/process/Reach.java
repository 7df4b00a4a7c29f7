package dev.pawl.agent.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a user may reach by owner, group and mode: we ourselves are root, and may everything. */
final class Reach {
    private static final int EXECUTE = 1;
    private static final int READ = 4;

    private Reach() {}

    /** Whether the user may run the file, and enter every folder on the way to it. */
    static boolean runs(Path program, AgentUser user) {
        try {
            Path file = program.toRealPath();
            for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
                if (!may(folder, user, EXECUTE)) {
                    return false;
                }
            }
            return may(file, user, EXECUTE) && (may(file, user, READ) || !isScript(file));
        } catch (IOException e) {
            return false;
        }
    }

    /** A script is read by its interpreter. */
    private static boolean isScript(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.read() == '#' && in.read() == '!';
        }
    }

    private static boolean may(Path path, AgentUser user, int right) throws IOException {
        var attributes = Files.readAttributes(path, "unix:uid,gid,mode");
        long mode = number(attributes.get("mode"));
        boolean owns = number(attributes.get("uid")) == user.uid();
        boolean isOfGroup = number(attributes.get("gid")) == user.gid();
        int shift = owns ? 6 : isOfGroup ? 3 : 0;
        return ((mode >> shift) & right) != 0;
    }

    private static long number(@Nullable Object value) {
        if (value instanceof Integer number) {
            return Integer.toUnsignedLong(number);
        }
        throw new IllegalStateException("no number among a file's attributes: " + value);
    }
}
