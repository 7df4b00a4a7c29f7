package dev.pawl.sandbox.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/** One bare repository in a folder: its refs here, its objects by {@link Objects}, what differs by {@link Comparison}. */
public final class BareRepository implements AutoCloseable {
    /** The default branch of every repository. */
    public static final String DEFAULT_BRANCH = "main";

    private final Repository repository;

    private BareRepository(Repository repository) {
        this.repository = repository;
    }

    /** Opens the repository in that folder, or creates it. */
    public static BareRepository at(Path folder) {
        try {
            var repository = new FileRepository(folder.toFile());
            if (!Files.exists(folder.resolve(Constants.HEAD))) {
                repository.create(true);
            }
            repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + DEFAULT_BRANCH);
            StoredConfig config = repository.getConfig();
            config.load();
            // As on github.com: any object may be asked for, blobs may be left out, partial clones work.
            config.setBoolean("uploadpack", null, "allowFilter", true);
            config.setBoolean("uploadpack", null, "allowAnySHA1InWant", true);
            config.setBoolean("gc", null, "autoDetach", false);
            config.setInt("gc", null, "auto", 0);
            config.save();
            return new BareRepository(repository);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ConfigInvalidException e) {
            throw new IllegalStateException(e);
        }
    }

    Repository jgit() {
        return repository;
    }

    /** Its objects. */
    public Objects objects() {
        return new Objects(repository);
    }

    /** What lies between its commits. */
    public Comparison comparison() {
        return new Comparison(repository);
    }

    /** The commit or tag object a ref's full name leads to. */
    public @Nullable ObjectId ref(String fullName) {
        try {
            Ref ref = repository.exactRef(fullName);
            return ref == null ? null : ref.getObjectId();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The head of a branch, by its short name. */
    public @Nullable ObjectId branch(String name) {
        return ref(Constants.R_HEADS + name);
    }

    /** Every ref whose full name begins so, by name. */
    public Map<String, ObjectId> refs(String prefix) {
        try {
            var found = new LinkedHashMap<String, ObjectId>();
            for (Ref ref : repository.getRefDatabase().getRefsByPrefix(prefix)) {
                if (ref.getName().startsWith(Constants.R_REFS) && !ref.isSymbolic()) {
                    found.put(ref.getName(), ref.getObjectId());
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What became of a wish to move a ref. */
    public enum Moved {
        /** It stands where it was wished. */
        DONE,
        /** It exists already. */
        EXISTS,
        /** It doesn't exist. */
        MISSING,
        /** The new commit doesn't follow the old one. */
        NOT_FAST_FORWARD,
        /** Git doesn't take that name. */
        BAD_NAME,
        /** Somebody else was moving it. */
        LOST
    }

    /** Creates a ref that doesn't exist. */
    public Moved create(String fullName, ObjectId target) {
        if (!Repository.isValidRefName(fullName)) {
            return Moved.BAD_NAME;
        }
        if (ref(fullName) != null) {
            return Moved.EXISTS;
        }
        return moved(fullName, update -> {
            update.setExpectedOldObjectId(ObjectId.zeroId());
            update.setNewObjectId(target);
            return update.update();
        });
    }

    /** Moves a ref forward, or anywhere. */
    public Moved move(String fullName, ObjectId target, boolean anywhere) {
        ObjectId old = ref(fullName);
        if (old == null) {
            return Moved.MISSING;
        }
        return moved(fullName, update -> {
            update.setExpectedOldObjectId(old);
            update.setNewObjectId(target);
            if (anywhere) {
                return update.forceUpdate();
            }
            try (var walk = new RevWalk(repository)) {
                return update.update(walk);
            }
        });
    }

    /** Deletes a ref wherever it stands. */
    public Moved delete(String fullName) {
        if (ref(fullName) == null) {
            return Moved.MISSING;
        }
        return moved(fullName, update -> {
            update.setForceUpdate(true);
            return update.delete();
        });
    }

    /** Makes the refs exactly these; objects nobody names any more stay, as they do on github.com. */
    public void restoreRefs(Map<String, ObjectId> wanted) {
        for (String name : refs(Constants.R_REFS).keySet()) {
            if (!wanted.containsKey(name)) {
                delete(name);
            }
        }
        wanted.forEach(this::restoreRef);
    }

    /** Lets a ref stand there, whether it existed or not. */
    public void restoreRef(String name, ObjectId target) {
        if (create(name, target) == Moved.EXISTS) {
            move(name, target, true);
        }
    }

    private interface Change {
        RefUpdate.Result apply(RefUpdate update) throws IOException;
    }

    private Moved moved(String fullName, Change change) {
        try {
            RefUpdate update = repository.updateRef(fullName);
            update.disableRefLog();
            return switch (change.apply(update)) {
                case NEW, FORCED, FAST_FORWARD, NO_CHANGE, RENAMED -> Moved.DONE;
                case REJECTED -> Moved.NOT_FAST_FORWARD;
                case LOCK_FAILURE, IO_FAILURE, REJECTED_CURRENT_BRANCH -> Moved.LOST;
                case NOT_ATTEMPTED, REJECTED_MISSING_OBJECT, REJECTED_OTHER_REASON -> Moved.LOST;
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
