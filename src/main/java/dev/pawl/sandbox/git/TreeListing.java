package dev.pawl.sandbox.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Lists the entries of trees. */
public final class TreeListing {
    private final Repository repository;

    TreeListing(Repository repository) {
        this.repository = repository;
    }

    /** One entry; {@code size} is a file's length in bytes and 0 of anything else. */
    public record Entry(String path, FileMode mode, ObjectId id, long size) {
        /** The kind as git names it: blob, tree or commit. */
        public String kind() {
            return Constants.typeString(mode.getObjectType());
        }

        /** The mode in six digits. */
        public String octal() {
            return String.format("%06o", mode.getBits());
        }
    }

    /** The entries of a tree, with those of its folders if wanted. */
    public List<Entry> of(AnyObjectId tree, boolean deep) {
        try (var walk = new TreeWalk(repository);
                ObjectReader reader = repository.newObjectReader()) {
            walk.addTree(tree);
            var entries = new ArrayList<Entry>();
            while (walk.next()) {
                entries.add(entry(walk, reader));
                if (deep && walk.isSubtree()) {
                    walk.enterSubtree();
                }
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The entry at a path below a tree. */
    public Optional<Entry> at(AnyObjectId tree, String path) {
        try (TreeWalk walk = TreeWalk.forPath(repository, path, tree);
                ObjectReader reader = repository.newObjectReader()) {
            return walk == null ? Optional.empty() : Optional.of(entry(walk, reader));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Entry entry(TreeWalk walk, ObjectReader reader) throws IOException {
        FileMode mode = walk.getFileMode(0);
        ObjectId id = walk.getObjectId(0);
        long size = mode.getObjectType() == Constants.OBJ_BLOB ? reader.getObjectSize(id, Constants.OBJ_BLOB) : 0;
        return new Entry(walk.getPathString(), mode, id, size);
    }
}
