package dev.pawl.git;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * The repository that agents and build tools find in the work tree: one commit, no remote, no credentials. It is theirs to
 * wreck; the engine writes it once and never reads it.
 */
final class AgentRepository {
    private static final String BRANCH = Constants.R_HEADS + "work";

    private AgentRepository() {}

    /** Makes it. */
    static void create(Path folder, Repository ours, ObjectId commit, ObjectId tree) throws IOException {
        try (Repository theirs = new FileRepositoryBuilder()
                .setGitDir(folder.resolve(Constants.DOT_GIT).toFile())
                .setWorkTree(folder.toFile())
                .build()) {
            Repositories.begin(theirs.getDirectory().toPath());
            StoredConfig config = theirs.getConfig();
            config.setInt("core", null, "repositoryformatversion", 0);
            config.setBoolean("core", null, "bare", false);
            config.setBoolean("core", null, "filemode", true);
            config.setString("user", null, "name", "agent");
            config.setString("user", null, "email", "agent@localhost");
            config.setInt("gc", null, "auto", 0);
            config.save();
            Snapshot.copy(ours, commit, theirs);
            RefUpdate branch = theirs.updateRef(BRANCH);
            branch.setNewObjectId(commit);
            branch.disableRefLog();
            branch.update();
            theirs.updateRef(Constants.HEAD).link(BRANCH);
            stage(theirs, tree);
        }
    }

    /** Without an index, {@code git status} would call every file deleted and untracked. */
    private static void stage(Repository theirs, ObjectId tree) throws IOException {
        DirCache index = theirs.lockDirCache();
        try (ObjectReader reader = theirs.newObjectReader()) {
            DirCacheBuilder builder = index.builder();
            builder.addTree(new byte[0], 0, reader, tree);
            builder.finish();
            index.write();
            if (!index.commit()) {
                throw new IOException("the agent's index can't be written");
            }
        } finally {
            index.unlock();
        }
    }
}
