package dev.pawl.git;

import dev.pawl.domain.port.GitUnavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * The files of the commit that work starts from.
 *
 * @param tree the commit's tree
 * @param entries by path
 */
record StartTree(ObjectId tree, NavigableMap<String, Entry> entries) {
    StartTree {
        entries = Collections.unmodifiableNavigableMap(entries);
    }

    /** Reads the commit's tree. */
    static StartTree of(ObjectReader reader, ObjectId commit) throws IOException {
        var entries = new TreeMap<String, Entry>();
        try (var walk = new RevWalk(reader);
                var tree = new TreeWalk(reader)) {
            ObjectId root = walk.parseCommit(commit).getTree().copy();
            tree.addTree(root);
            tree.setRecursive(true);
            while (tree.next()) {
                String path = tree.getPathString();
                requireSafe(path);
                boolean utf8 = Arrays.equals(path.getBytes(StandardCharsets.UTF_8), tree.getRawPath());
                entries.put(path, new Entry(tree.getFileMode(0), tree.getObjectId(0), utf8));
            }
            return new StartTree(root, entries);
        }
    }

    @Nullable
    Entry get(String path) {
        return entries.get(path);
    }

    /** Whether a path below the folder is tracked. */
    boolean hasBelow(String folder) {
        String first = entries.ceilingKey(folder + "/");
        return first != null && first.startsWith(folder + "/");
    }

    private static void requireSafe(String path) {
        try {
            new ObjectChecker().checkPath(path);
        } catch (CorruptObjectException e) {
            throw new GitUnavailable(
                    GitUnavailable.Kind.UNUSABLE,
                    "git: the repository holds a path that no work tree may have: " + OneLine.path(path),
                    e);
        }
    }

    /**
     * A tracked path.
     *
     * @param mode file, executable, link or submodule
     * @param id the content's id
     * @param utf8 whether the name can be written on our disk; if not, the file is left out, and kept as it is
     */
    record Entry(FileMode mode, ObjectId id, boolean utf8) {
        boolean isSubmodule() {
            return mode.equals(FileMode.GITLINK);
        }

        boolean isLink() {
            return mode.equals(FileMode.SYMLINK);
        }

        boolean isExecutable() {
            return mode.equals(FileMode.EXECUTABLE_FILE);
        }

        /** Whether the path is on disk, so that its absence means something. */
        boolean isLaidOut() {
            return utf8 && !isSubmodule();
        }
    }
}
