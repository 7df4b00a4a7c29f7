package dev.pawl.sandbox.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** Reads and writes blobs, trees and commits. */
public final class Objects {
    private final Repository repository;

    Objects(Repository repository) {
        this.repository = repository;
    }

    /** The object's id, if the text is one and the object exists. */
    public Optional<ObjectId> find(String sha) {
        if (!ObjectId.isId(sha)) {
            return Optional.empty();
        }
        ObjectId id = ObjectId.fromString(sha);
        try (ObjectReader reader = repository.newObjectReader()) {
            return reader.has(id) ? Optional.of(id) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The kind of an existing object: commit, tree, blob or tag. */
    public String kind(ObjectId id) {
        try (ObjectReader reader = repository.newObjectReader()) {
            return Constants.typeString(reader.open(id).getType());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The commit a full sha, branch, tag or full ref name stands for. */
    public Optional<RevCommit> commit(String name) {
        try (var walk = new RevWalk(repository)) {
            ObjectId id = repository.resolve(name + "^{commit}");
            return id == null ? Optional.empty() : Optional.of(walk.parseCommit(id));
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The commit of that id, which exists. */
    public RevCommit commit(AnyObjectId id) {
        return commit(id.name()).orElseThrow(() -> new IllegalArgumentException("no commit " + id.name()));
    }

    /** The content of a blob. */
    public Optional<byte[]> blob(String sha) {
        return find(sha).map(id -> {
            try (ObjectReader reader = repository.newObjectReader()) {
                return reader.open(id, Constants.OBJ_BLOB).getBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The text of a file in a commit. */
    public Optional<String> file(RevCommit commit, String path) {
        try (TreeWalk walk = TreeWalk.forPath(repository, path, commit.getTree())) {
            return walk == null || walk.getFileMode(0) == FileMode.TREE
                    ? Optional.empty()
                    : blob(walk.getObjectId(0).name()).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stores a blob. */
    public ObjectId write(byte[] content) {
        return insert(inserter -> {
            try {
                return inserter.insert(Constants.OBJ_BLOB, content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Stores a commit. */
    public ObjectId write(CommitBuilder commit) {
        return insert(inserter -> {
            try {
                return inserter.insert(commit);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The tree that a commit's tree becomes with these files written, or removed where the text is null. */
    public ObjectId treeWith(@Nullable RevCommit base, Map<String, ? extends @Nullable String> files) {
        var edit = new TreeEdit(repository);
        if (base != null) {
            edit.add("", base.getTree());
        }
        files.forEach((path, text) -> {
            if (text == null) {
                edit.remove(path);
            } else {
                edit.put(path, FileMode.REGULAR_FILE, write(text.getBytes(StandardCharsets.UTF_8)));
            }
        });
        return edit.write();
    }

    private ObjectId insert(Function<ObjectInserter, ObjectId> what) {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId id = what.apply(inserter);
            inserter.flush();
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty edit of trees. */
    public TreeEdit edit() {
        return new TreeEdit(repository);
    }

    /** A reading of one tree. */
    public TreeListing listing() {
        return new TreeListing(repository);
    }
}
