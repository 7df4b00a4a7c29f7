package dev.pawl.sandbox.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Builds a tree from other trees and single entries, as {@code POST /git/trees} does with its {@code base_tree}. */
public final class TreeEdit {
    private final Repository repository;
    private final TreeMap<String, Entry> entries = new TreeMap<>();

    private record Entry(FileMode mode, ObjectId id) {}

    TreeEdit(Repository repository) {
        this.repository = repository;
    }

    /** Puts a whole tree under a folder; the empty name is the root. */
    public void add(String folder, AnyObjectId tree) {
        try (var walk = new TreeWalk(repository)) {
            walk.setRecursive(true);
            walk.addTree(tree);
            while (walk.next()) {
                String path = folder.isEmpty() ? walk.getPathString() : folder + "/" + walk.getPathString();
                entries.put(path, new Entry(walk.getFileMode(0), walk.getObjectId(0)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts an entry in place of whatever was there, folders on its way included. */
    public void put(String path, FileMode mode, ObjectId id) {
        remove(path);
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            entries.remove(path.substring(0, slash));
        }
        if (mode == FileMode.TREE) {
            add(path, id);
        } else {
            entries.put(path, new Entry(mode, id));
        }
    }

    /** Removes a file or a folder. */
    public void remove(String path) {
        entries.remove(path);
        entries.subMap(path + "/", path + "0").clear();
    }

    /** Writes the tree. */
    public ObjectId write() {
        DirCache index = DirCache.newInCore();
        DirCacheBuilder builder = index.builder();
        entries.forEach((path, entry) -> {
            var line = new DirCacheEntry(path);
            line.setFileMode(entry.mode());
            line.setObjectId(entry.id());
            builder.add(line);
        });
        builder.finish();
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId tree = index.writeTree(inserter);
            inserter.flush();
            return tree;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
