package dev.pawl.git;

import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.PathRules;
import dev.pawl.domain.port.GitUnavailable;
import dev.pawl.domain.port.Workspace;
import dev.pawl.domain.secret.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A repository's git for one run. Our git directory is made anew and closed to everybody else; the work tree beside it belongs
 * to agents, and only its files count. Trouble with the network is a {@link GitUnavailable}, trouble with our own disk an
 * {@link UncheckedIOException}. Not for use by several threads, nor while an agent's processes live.
 */
public final class GitWorkspace implements Workspace, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GitWorkspace.class);
    private static final int MOST_COMMITS = 100;

    private final GitSettings settings;
    private final Secrets secrets;
    private @Nullable Repository repository;
    private @Nullable Remote remote;

    /** The stored trees of accepted changes, by the very object that was given out: nobody else can make one. */
    private final IdentityHashMap<Changes.Accepted, Checked> checked = new IdentityHashMap<>();

    private final Drafts drafts = new Drafts();

    /**
     * Touches neither disk nor network yet: most invocations need no git.
     *
     * @param settings where everything is
     * @param secrets what no change may bring
     */
    public GitWorkspace(GitSettings settings, Secrets secrets) {
        IsolatedSystemReader.install();
        this.secrets = secrets;
        this.settings = settings;
    }

    /** The git directory, made when it is first needed. */
    private Repository ours() {
        Repository made = repository;
        if (made == null) {
            made = disk(() -> Repositories.bare(settings.scratch().resolve("git")));
            repository = made;
        }
        return made;
    }

    private Remote remote() {
        Remote made = remote;
        if (made == null) {
            made = new Remote(settings, ours());
            remote = made;
        }
        return made;
    }

    @Override
    public Tree prepare(String base, Optional<BranchName> branch) {
        String baseRef = ref(base);
        return disk(
                () -> laidOut(new Fetching(settings, ours(), remote()).heads(baseRef, branch.map(BranchName::ref))));
    }

    @Override
    public Optional<Tree> prepareAt(String base, String branch, Sha head) {
        String baseRef = ref(base);
        Optional<String> branchRef = Optional.of(ref(branch));
        return disk(() -> {
            Heads heads = new Fetching(settings, ours(), remote()).heads(baseRef, branchRef);
            boolean there = heads.branch().map(GitWorkspace::sha).equals(Optional.of(head));
            return there ? Optional.of(laidOut(heads)) : Optional.empty();
        });
    }

    private static String ref(String branch) {
        String ref = "refs/heads/" + branch;
        if (!Repository.isValidRefName(ref)) {
            throw new GitUnavailable(
                    GitUnavailable.Kind.MISSING, "git: not a branch's name: " + OneLine.path(branch), null);
        }
        return ref;
    }

    private Tree laidOut(Heads heads) throws IOException {
        ObjectId start = heads.branch().orElse(heads.base());
        Path folder = settings.scratch().resolve("tree");
        Folders.remove(folder);
        layOut(folder, start);
        LOG.info("git.prepare base={} start={}", heads.base().name(), start.name());
        return new Tree(folder, sha(heads.base()), sha(start), heads.branch().map(GitWorkspace::sha));
    }

    private void layOut(Path folder, ObjectId start) throws IOException {
        try (ObjectReader reader = ours().newObjectReader()) {
            StartTree tree = StartTree.of(reader, start);
            new Layout(reader, folder).write(tree);
            AgentRepository.create(folder, ours(), start, tree.tree());
        }
    }

    /**
     * The files of a commit that was fetched, laid out beside the work tree and out of an agent's reach.
     *
     * @param commit such as the base of a prepared tree
     */
    public Path files(Sha commit) {
        Path folder = settings.scratch().resolve("base-" + commit.abbreviated());
        return disk(() -> {
            if (!Files.isDirectory(folder)) {
                try (ObjectReader reader = ours().newObjectReader()) {
                    new Layout(reader, folder).write(StartTree.of(reader, id(commit)));
                }
            }
            return folder;
        });
    }

    @Override
    public Optional<Sha> remoteHead(BranchName branch) {
        return remote().head(branch.ref()).map(GitWorkspace::sha);
    }

    @Override
    public List<CommitInfo> commitsSinceBase(Tree tree) {
        return disk(() -> History.since(ours(), id(tree.base()), id(tree.start()), MOST_COMMITS).stream()
                .map(c -> new CommitInfo(
                        sha(c), c.getFullMessage(), c.getAuthorIdent().getEmailAddress()))
                .toList());
    }

    @Override
    public Changes changes(Tree tree, PathRules rules) {
        Changeset found = disk(() -> drafts.judged(
                ours(),
                tree.start(),
                Changeset.of(ours(), tree.folder(), id(tree.start()), new Changeset.Rules(rules, secrets))));
        if (found.changes() instanceof Changes.Accepted accepted) {
            found.tree().ifPresent(stored -> checked.put(accepted, new Checked(tree.start(), stored)));
        }
        return found.changes();
    }

    @Override
    public String diff(Tree tree, int maxBytes) {
        return disk(() -> {
            ObjectId from =
                    History.mergeBase(ours(), id(tree.base()), id(tree.start())).orElse(id(tree.base()));
            return UnifiedDiff.of(ours(), from, id(tree.start()), maxBytes);
        });
    }

    @Override
    public Sha commit(Tree tree, Changes.Accepted changes, Message message) {
        Checked stored = checked.get(changes);
        if (stored == null || !stored.start().equals(tree.start())) {
            throw new IllegalArgumentException("these changes were not accepted here, for this tree");
        }
        return commit(tree, stored.tree(), message);
    }

    @Override
    public Merged merge(Tree tree, PathRules rules) {
        return disk(() -> switch (new BaseMerge(ours(), id(tree.start()), id(tree.base())).look(rules)) {
            case BaseMerge.Found.Current() -> new Merged.Current();
            case BaseMerge.Found.Hopeless(Reasons reasons) -> new Merged.Unmergeable(reasons.list());
            case BaseMerge.Found.Laid merge -> {
                Sha draft = drafts.make(ours(), merge, List.of(id(tree.start()), id(tree.base())));
                var merged = new Tree(tree.folder(), tree.base(), draft, tree.branchHead());
                LOG.info(
                        "git.merge base={} conflicts={}",
                        tree.base(),
                        merge.conflicts().size());
                if (merge.conflicts().isEmpty()) {
                    yield new Merged.Fits(merged);
                }
                Folders.remove(tree.folder());
                layOut(tree.folder(), id(draft));
                yield new Merged.Conflicts(merged, merge.conflicts());
            }
        });
    }

    @Override
    public Sha commit(Tree tree, Message message) {
        ObjectId whole = drafts.whole(tree.start())
                .orElseThrow(() -> new IllegalArgumentException("this is no merge that fits"));
        return commit(tree, whole, message);
    }

    private Sha commit(Tree tree, ObjectId files, Message message) {
        var author = new PersonIdent(
                message.author().name(),
                message.author().email(),
                settings.clock().instant().truncatedTo(ChronoUnit.SECONDS),
                ZoneOffset.UTC);
        var commit = new CommitBuilder();
        commit.setTreeId(files);
        commit.setParentIds(drafts.parents(tree.start()));
        commit.setAuthor(author);
        commit.setCommitter(author);
        commit.setMessage(message.text());
        return disk(() -> {
            try (ObjectInserter inserter = ours().newObjectInserter()) {
                ObjectId made = inserter.insert(commit);
                inserter.flush();
                LOG.info("git.commit id={}", made.name());
                return sha(made);
            }
        });
    }

    @Override
    public Pushed push(Tree tree, Sha commit, BranchName branch) {
        ObjectId expected = tree.branchHead().map(GitWorkspace::id).orElse(ObjectId.zeroId());
        Pushed pushed = new Pushing(remote(), branch.ref()).push(id(commit), expected);
        LOG.info(
                "git.push id={} branch={} result={}",
                commit,
                branch,
                pushed.getClass().getSimpleName());
        return pushed;
    }

    @Override
    public void keep(String ref, Kept what) {
        ObjectId commit =
                disk(() -> Keepsake.make(ours(), what, settings.clock().instant()));
        Remote.Answer answer = remote().replace(commit, ref);
        LOG.info("git.keep ref={} result={}", ref, answer.status());
        if (answer.status() != RemoteRefUpdate.Status.OK && answer.status() != RemoteRefUpdate.Status.UP_TO_DATE) {
            throw new GitUnavailable(
                    GitUnavailable.Kind.DENIED, "git: " + OneLine.path(ref) + ": " + answer.status(), null);
        }
    }

    @Override
    public Optional<Kept> kept(String ref) {
        Optional<ObjectId> at = remote().take(ref);
        return at.isEmpty() ? Optional.empty() : disk(() -> Keepsake.read(ours(), at.get()));
    }

    @Override
    public void replay(Tree tree, Sha work) {
        disk(() -> {
            Folders.remove(tree.folder());
            try (ObjectReader reader = ours().newObjectReader()) {
                new Layout(reader, tree.folder()).write(StartTree.of(reader, id(work)));
            }
            LOG.info("git.replay work={} start={}", work, tree.start());
            return tree;
        });
    }

    @Override
    public Page page(String ref) {
        Optional<ObjectId> at = remote().take(ref);
        return at.isEmpty()
                ? new Page(Optional.empty(), Optional.empty())
                : disk(() -> Keepsake.page(ours(), at.get()));
    }

    @Override
    public Optional<Sha> turn(String ref, Optional<Sha> at, String text) {
        List<ObjectId> parents = at.map(GitWorkspace::id).stream().toList();
        ObjectId commit =
                disk(() -> Keepsake.make(ours(), text, settings.clock().instant(), parents));
        Pushed pushed =
                new Pushing(remote(), ref).push(commit, at.map(GitWorkspace::id).orElse(ObjectId.zeroId()));
        LOG.info("git.turn ref={} result={}", ref, pushed.getClass().getSimpleName());
        return switch (pushed) {
            case Pushed.Done() -> Optional.of(sha(commit));
            case Pushed.Moved(var _) -> Optional.empty();
            case Pushed.Refused(String reason) ->
                throw new GitUnavailable(GitUnavailable.Kind.DENIED, "git: " + OneLine.path(ref) + ": " + reason, null);
        };
    }

    /** Closes the git directory, and leaves it where it is. */
    @Override
    public void close() {
        if (repository != null) {
            repository.close();
        }
    }

    static Sha sha(ObjectId id) {
        return new Sha(id.name());
    }

    private static ObjectId id(Sha sha) {
        return ObjectId.fromString(sha.value());
    }

    static <T> T disk(OnDisk<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A stored tree, and the commit that it goes on top of. */
    private record Checked(Sha start, ObjectId tree) {}

    /** Work on our own disk. */
    interface OnDisk<T> {
        T run() throws IOException;
    }
}
