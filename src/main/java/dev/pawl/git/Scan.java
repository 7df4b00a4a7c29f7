package dev.pawl.git;

import dev.pawl.domain.policy.PathRules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * One walk over the work tree that finds what differs from the start. It reads no more of a file than the start commit holds:
 * new files and files of another size are counted by their size, and read later, if at all. Any {@code .git} is passed over.
 */
final class Scan {
    private static final int DEEPEST = 100;

    /** Says what a found file is, without its content. */
    record Found(FileMode mode, long size) {}

    final SortedMap<String, Found> changed = new TreeMap<>();
    final SortedSet<String> deleted = new TreeSet<>();
    final Map<String, String> links = new TreeMap<>();
    final Reasons reasons;

    private final Disk disk;
    private final StartTree start;
    private final Ignores ignores;
    private final ObjectReader reader;
    private final PathRules rules;
    private final Set<String> seen = new HashSet<>();
    private final ObjectInserter.Formatter hash = new ObjectInserter.Formatter();

    Scan(Disk disk, StartTree start, ObjectReader reader, PathRules rules, Reasons reasons) throws IOException {
        this.disk = disk;
        this.start = start;
        this.reader = reader;
        this.rules = rules;
        this.reasons = reasons;
        this.ignores = Ignores.of(reader, start);
    }

    /** Walks. It stops as soon as there are more changes than allowed. */
    void run() throws IOException {
        try (SecureDirectoryStream<Path> top = disk.open()) {
            walk(top, "", false, 0);
        }
        if (isOverfull()) {
            return;
        }
        start.entries().forEach((path, entry) -> {
            if (entry.isLaidOut() && !seen.contains(path)) {
                deleted.add(path);
            }
        });
    }

    /** Whether the walk stopped early. */
    boolean isOverfull() {
        return changed.size() > rules.maxFiles();
    }

    private void walk(SecureDirectoryStream<Path> folder, String prefix, boolean ignored, int depth)
            throws IOException {
        readIgnores(folder, prefix, ignored);
        for (Path name : Disk.names(folder)) {
            if (isOverfull()) {
                return;
            }
            if (name.toString().equals(Constants.DOT_GIT)) {
                continue;
            }
            String path = prefix + name;
            try {
                PosixFileAttributes attributes = Disk.look(folder, name);
                if (attributes.isDirectory()) {
                    folder(folder, name, path, ignored, depth);
                } else if (start.get(path) != null || !(ignored || ignores.covers(path, false))) {
                    seen.add(path);
                    file(folder, name, path, attributes);
                }
            } catch (AccessDeniedException e) {
                seen.add(path);
                reasons.isUnreadable(path);
            } catch (NoSuchFileException e) {
                seen.remove(path); // gone since it was listed: as if it had never been there
            }
        }
    }

    private void folder(SecureDirectoryStream<Path> parent, Path name, String path, boolean inIgnored, int depth)
            throws IOException {
        StartTree.Entry entry = start.get(path);
        if (entry != null && entry.isSubmodule()) {
            return;
        }
        boolean ignored = inIgnored || ignores.covers(path, true);
        if (ignored && !start.hasBelow(path)) {
            return;
        }
        if (depth >= DEEPEST) {
            reasons.isTooDeep(path);
            return;
        }
        try (SecureDirectoryStream<Path> folder = Disk.open(parent, name)) {
            walk(folder, path + "/", ignored, depth + 1);
        }
    }

    private void file(SecureDirectoryStream<Path> folder, Path name, String path, PosixFileAttributes attributes)
            throws IOException {
        StartTree.Entry entry = start.get(path);
        if (attributes.isSymbolicLink()) {
            String target = disk.target(path);
            links.put(path, target);
            byte[] bytes = target.getBytes(StandardCharsets.UTF_8);
            if (entry == null
                    || !entry.isLink()
                    || !hash.idFor(Constants.OBJ_BLOB, bytes).equals(entry.id())) {
                changed.put(path, new Found(FileMode.SYMLINK, bytes.length));
            }
        } else if (attributes.isRegularFile()) {
            boolean executable = attributes.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
            FileMode mode = executable ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE;
            if (entry == null || !entry.mode().equals(mode) || !isSame(folder, name, attributes.size(), entry)) {
                changed.put(path, new Found(mode, attributes.size()));
            }
        } else {
            reasons.isSpecial(path);
        }
    }

    private boolean isSame(SecureDirectoryStream<Path> folder, Path name, long size, StartTree.Entry entry)
            throws IOException {
        if (reader.getObjectSize(entry.id(), Constants.OBJ_BLOB) != size) {
            return false;
        }
        try (InputStream in = Disk.read(folder, name)) {
            ObjectId id = hash.idFor(Constants.OBJ_BLOB, size, in);
            return id.equals(entry.id());
        }
    }

    private void readIgnores(SecureDirectoryStream<Path> folder, String prefix, boolean ignored) throws IOException {
        byte[] rules = ignored ? null : ignoreFile(folder);
        if (rules != null) {
            ignores.add(prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1), rules);
        }
    }

    private static byte @Nullable [] ignoreFile(SecureDirectoryStream<Path> folder) throws IOException {
        Path name = Path.of(Ignores.FILE);
        try {
            PosixFileAttributes attributes = Disk.look(folder, name);
            if (attributes.isRegularFile() && attributes.size() <= Ignores.LONGEST_FILE) {
                try (InputStream in = Disk.read(folder, name)) {
                    return in.readNBytes(Ignores.LONGEST_FILE);
                }
            }
        } catch (NoSuchFileException | AccessDeniedException e) {
            return null;
        }
        return null;
    }
}
