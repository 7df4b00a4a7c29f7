package dev.pawl.git;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runner's checkout as a store of objects that saves fetching them. It may be shallow, somebody else's, tampered with or no
 * repository at all: only its objects are read, each under the name that its content gives it, and any trouble means
 * fetching instead.
 */
final class RunnerCheckout {
    private static final Logger LOG = LoggerFactory.getLogger(RunnerCheckout.class);
    private static final String HAVE = "refs/pawl/have/";

    private final Path folder;

    /**
     * A checkout.
     *
     * @param folder its work tree
     */
    RunnerCheckout(Path folder) {
        this.folder = folder;
    }

    /** Copies those of the commits that the checkout has and we lack. */
    void lend(Collection<ObjectId> commits, Repository ours) throws IOException {
        var objects = Repositories.objectsOf(ours, folder);
        if (objects.isPresent()) {
            try (Repository theirs = objects.get()) {
                for (ObjectId commit : commits) {
                    lend(theirs, commit, ours);
                }
            }
        }
    }

    private static void lend(Repository theirs, ObjectId commit, Repository ours) throws IOException {
        if (Repositories.isWhole(ours, commit)) {
            return;
        }
        try {
            if (!theirs.getObjectDatabase().has(commit)) {
                return;
            }
            Snapshot.copy(theirs, commit, ours);
        } catch (IOException | RuntimeException e) {
            LOG.info("git.checkout unusable={}", e.getClass().getSimpleName());
            return;
        }
        RefUpdate ref = ours.updateRef(HAVE + commit.name());
        ref.setNewObjectId(commit);
        ref.disableRefLog();
        ref.update();
        LOG.info("git.checkout lent={}", commit.name());
    }
}
