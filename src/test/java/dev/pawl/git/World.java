package dev.pawl.git;

import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.policy.PathRules;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.port.Backoff;
import dev.pawl.domain.port.Workspace;
import dev.pawl.domain.port.Workspace.Changes;
import dev.pawl.domain.port.Workspace.Tree;
import dev.pawl.domain.secret.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** A remote with commits made by hand, its server, and a workspace on them. */
final class World implements AutoCloseable {
    static final BranchName BRANCH = new BranchName("pawl/42-login");
    static final Instant NOW = Instant.parse("2026-11-20T10:15:30.987Z");

    final Path root;
    final Repository origin;
    final GitServer server;
    private @Nullable GitWorkspace workspace;
    private int tick;

    World(Path root) throws IOException {
        IsolatedSystemReader.install();
        this.root = root;
        this.origin = Repositories.bare(root.resolve("origin"));
        this.origin.updateRef(Constants.HEAD).link("refs/heads/main");
        this.server = new GitServer(origin);
    }

    GitSettings settings(String token, @Nullable Path checkout) {
        return new GitSettings(
                server.uri(),
                GitServer.NAME,
                token,
                root.resolve("scratch"),
                Optional.ofNullable(checkout),
                InstantSource.fixed(NOW),
                Duration.ofSeconds(5),
                Backoff.NONE);
    }

    GitWorkspace workspace() {
        return workspace(null);
    }

    GitWorkspace workspace(@Nullable Path checkout) {
        GitWorkspace made =
                workspace == null ? new GitWorkspace(settings(GitServer.TOKEN, checkout), Secrets.NONE) : workspace;
        workspace = made;
        return made;
    }

    /** A tree of main, as an agent gets it. */
    Tree tree() {
        return workspace().prepare("main", Optional.empty());
    }

    /** What the rules say to what an agent did. */
    Changes changes(Tree tree) {
        return workspace().changes(tree, PathRules.DEFAULT);
    }

    static Workspace.Message message(String text) {
        return new Workspace.Message(text, new Policy.Author("pawl", "pawl@example.org"));
    }

    /** A commit on a branch: the last one's files with these on top. */
    ObjectId commit(String branch, Consumer<Draft> change) throws IOException {
        var ref = origin.exactRef("refs/heads/" + branch);
        return commit(branch, ref == null ? null : ref.getObjectId(), change);
    }

    ObjectId commit(String branch, @Nullable ObjectId parent, Consumer<Draft> change) throws IOException {
        try (ObjectInserter inserter = origin.newObjectInserter();
                var reader = origin.newObjectReader()) {
            DirCache index = DirCache.newInCore();
            DirCacheBuilder builder = index.builder();
            var files = new Draft(inserter, builder);
            change.accept(files);
            if (parent != null) {
                try (var walk = new TreeWalk(reader)) {
                    walk.addTree(origin.parseCommit(parent).getTree());
                    walk.setRecursive(true);
                    while (walk.next()) {
                        if (!files.paths.contains(walk.getPathString())) {
                            var entry = new DirCacheEntry(walk.getRawPath());
                            entry.setFileMode(walk.getFileMode(0));
                            entry.setObjectId(walk.getObjectId(0));
                            builder.add(entry);
                        }
                    }
                }
            }
            builder.finish();
            var commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(inserter));
            if (parent != null) {
                commit.setParentId(parent);
            }
            var author = new PersonIdent("Ann", "ann@example.org", NOW.plusSeconds(tick++), ZoneOffset.UTC);
            commit.setAuthor(author);
            commit.setCommitter(author);
            commit.setMessage("commit " + tick + " on " + branch);
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            point("refs/heads/" + branch, id);
            return id;
        }
    }

    void point(String name, ObjectId id) throws IOException {
        RefUpdate ref = origin.updateRef(name);
        ref.setNewObjectId(id);
        ref.forceUpdate();
    }

    ObjectId head(String branch) throws IOException {
        var ref = origin.exactRef("refs/heads/" + branch);
        return Objects.requireNonNullElse(ref == null ? null : ref.getObjectId(), ObjectId.zeroId());
    }

    /** The runner's checkout. */
    Path checkout(int depth) throws Exception {
        Path folder = root.resolve("checkout");
        var clone = Git.cloneRepository()
                .setURI(root.resolve("origin").toUri().toString())
                .setDirectory(folder.toFile())
                .setBranch("refs/heads/main");
        if (depth > 0) {
            clone.setDepth(depth);
        }
        clone.call().close();
        return folder;
    }

    String blob(ObjectId commit, String path) throws IOException {
        try (var walk =
                TreeWalk.forPath(origin, path, origin.parseCommit(commit).getTree())) {
            return walk == null
                    ? ""
                    : new String(origin.open(walk.getObjectId(0)).getBytes(), StandardCharsets.UTF_8);
        }
    }

    FileMode mode(ObjectId commit, String path) throws IOException {
        try (var walk =
                TreeWalk.forPath(origin, path, origin.parseCommit(commit).getTree())) {
            return walk == null ? FileMode.MISSING : walk.getFileMode(0);
        }
    }

    static void write(Tree tree, String path, String text) throws IOException {
        Path file = tree.folder().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Override
    public void close() {
        try {
            Folders.remove(root.resolve("scratch"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        if (workspace != null) {
            workspace.close();
        }
        server.close();
        origin.close();
    }

    /** Files of a commit in the making. */
    static final class Draft {
        final Set<String> paths = new HashSet<>();
        private final ObjectInserter inserter;
        private final DirCacheBuilder builder;

        Draft(ObjectInserter inserter, DirCacheBuilder builder) {
            this.inserter = inserter;
            this.builder = builder;
        }

        Draft file(String path, String text) {
            return add(path, FileMode.REGULAR_FILE, text.getBytes(StandardCharsets.UTF_8));
        }

        Draft script(String path, String text) {
            return add(path, FileMode.EXECUTABLE_FILE, text.getBytes(StandardCharsets.UTF_8));
        }

        Draft link(String path, String target) {
            return add(path, FileMode.SYMLINK, target.getBytes(StandardCharsets.UTF_8));
        }

        Draft submodule(String path) {
            return entry(new DirCacheEntry(path), path, FileMode.GITLINK, ObjectId.fromString("1".repeat(40)));
        }

        Draft raw(byte[] path, String text) {
            return entry(
                    new DirCacheEntry(path), "", FileMode.REGULAR_FILE, insert(text.getBytes(StandardCharsets.UTF_8)));
        }

        private Draft add(String path, FileMode mode, byte[] bytes) {
            return entry(new DirCacheEntry(path), path, mode, insert(bytes));
        }

        private Draft entry(DirCacheEntry entry, String path, FileMode mode, ObjectId id) {
            entry.setFileMode(mode);
            entry.setObjectId(id);
            builder.add(entry);
            paths.add(path);
            return this;
        }

        private ObjectId insert(byte[] bytes) {
            try {
                return inserter.insert(Constants.OBJ_BLOB, bytes);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
