package dev.pawl.git;

import dev.pawl.domain.policy.PathRules;
import dev.pawl.domain.port.Workspace.Changes;
import dev.pawl.domain.secret.Secrets;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * From a work tree to a tree object: scan, inspect, and only then read and store. What was inspected is what is stored; a commit
 * later looks at the stored tree, not at the disk.
 *
 * @param changes what to tell
 * @param tree the stored tree, where the changes are accepted
 */
record Changeset(Changes changes, Optional<ObjectId> tree) {
    /**
     * What a change is held against.
     *
     * @param paths names, amounts and sizes
     * @param secrets what mustn't be in it
     */
    record Rules(PathRules paths, Secrets secrets) {}

    /** Looks at the folder. */
    static Changeset of(Repository ours, Path folder, ObjectId commit, Rules rules) throws IOException {
        var reasons = new Reasons();
        try (ObjectReader reader = ours.newObjectReader();
                ObjectInserter inserter = ours.newObjectInserter()) {
            StartTree start = StartTree.of(reader, commit);
            var disk = new Disk(folder);
            var scan = new Scan(disk, start, reader, rules.paths(), reasons);
            scan.run();
            new Inspection(scan, start, rules.paths()).run();
            if (!reasons.isEmpty()) {
                return refused(reasons);
            }
            Map<String, ObjectId> blobs =
                    store(disk, scan, new SecretGuard(rules.secrets(), start, reader, reasons), inserter);
            if (!reasons.isEmpty()) {
                return refused(reasons);
            }
            ObjectId tree = tree(reader, start, scan, blobs, inserter);
            inserter.flush();
            return tree.equals(start.tree())
                    ? new Changeset(new Changes.None(), Optional.empty())
                    : accepted(scan, tree);
        }
    }

    private static Changeset refused(Reasons reasons) {
        return new Changeset(new Changes.Refused(reasons.list()), Optional.empty());
    }

    private static Changeset accepted(Scan scan, ObjectId tree) {
        var files = new ArrayList<>(scan.changed.keySet());
        files.addAll(scan.deleted);
        files.sort(null);
        return new Changeset(new Changes.Accepted(files), Optional.of(tree));
    }

    private static Map<String, ObjectId> store(Disk disk, Scan scan, SecretGuard guard, ObjectInserter inserter)
            throws IOException {
        Map<String, ObjectId> blobs = new HashMap<>();
        for (var entry : scan.changed.entrySet()) {
            String path = entry.getKey();
            try {
                if (entry.getValue().mode().equals(FileMode.SYMLINK)) {
                    byte[] target = scan.links.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
                    guard.look(path, target);
                    blobs.put(path, inserter.insert(Constants.OBJ_BLOB, target));
                } else if (disk.names(path) > 1) {
                    scan.reasons.isShared(path);
                } else {
                    byte[] content = content(disk, path, entry.getValue().size());
                    guard.look(path, content);
                    blobs.put(path, inserter.insert(Constants.OBJ_BLOB, content));
                }
            } catch (AccessDeniedException e) {
                scan.reasons.isUnreadable(path);
            } catch (NoSuchFileException | EOFException e) {
                scan.reasons.isMoving(path);
            }
        }
        return blobs;
    }

    /** All of it: the inspection has seen to it that all changes together are no larger than allowed. */
    private static byte[] content(Disk disk, String path, long size) throws IOException {
        return disk.in(path, (folder, name) -> {
            var attributes = Disk.look(folder, name);
            if (!attributes.isRegularFile() || attributes.size() != size) {
                throw new EOFException(path);
            }
            try (InputStream in = Disk.read(folder, name)) {
                byte[] content = in.readNBytes(Math.toIntExact(size));
                if (content.length < size || in.read() >= 0) {
                    throw new EOFException(path);
                }
                return content;
            }
        });
    }

    private static ObjectId tree(
            ObjectReader reader, StartTree start, Scan scan, Map<String, ObjectId> blobs, ObjectInserter inserter)
            throws IOException {
        DirCache index = DirCache.newInCore();
        DirCacheBuilder builder = index.builder();
        try (var walk = new TreeWalk(reader)) {
            walk.addTree(start.tree());
            walk.setRecursive(true);
            while (walk.next()) {
                String path = walk.getPathString();
                if (!scan.deleted.contains(path) && !scan.changed.containsKey(path)) {
                    builder.add(entry(new DirCacheEntry(walk.getRawPath()), walk.getFileMode(0), walk.getObjectId(0)));
                }
            }
        }
        blobs.forEach((path, id) -> {
            Scan.Found found = scan.changed.get(path);
            if (found != null) {
                builder.add(entry(new DirCacheEntry(path), found.mode(), id));
            }
        });
        builder.finish();
        return index.writeTree(inserter);
    }

    private static DirCacheEntry entry(DirCacheEntry entry, FileMode mode, ObjectId id) {
        entry.setFileMode(mode);
        entry.setObjectId(id);
        return entry;
    }
}
