package dev.pawl.git;

import dev.pawl.domain.port.GitUnavailable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.RefSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the objects that a run needs, and few others: of a lone base one commit; with a branch, as much history as tells where
 * the two part. Files come from the runner's checkout where it has them.
 */
final class Fetching {
    private static final Logger LOG = LoggerFactory.getLogger(Fetching.class);
    private static final String BASE = "refs/pawl/base";
    private static final String BRANCH = "refs/pawl/branch";
    private static final List<Integer> DEPTHS = List.of(50, 500, 5000, Remote.WHOLE);

    private final GitSettings settings;
    private final Repository ours;
    private final Remote remote;

    Fetching(GitSettings settings, Repository ours, Remote remote) {
        this.settings = settings;
        this.ours = ours;
        this.remote = remote;
    }

    /** Fetches the heads. The base must be there; the branch may be absent. */
    Heads heads(String base, Optional<String> branch) throws IOException {
        var refs = new ArrayList<>(List.of(base));
        branch.ifPresent(refs::add);
        int depth = branch.isEmpty() ? 1 : DEPTHS.getFirst();
        // The usual case in one exchange: what neither we nor the checkout have comes with the answer to where the
        // heads are.
        var found = remote.take(
                refs,
                depth,
                all -> all.size() == refs.size() && GitWorkspace.disk(() -> lacks(heads(base, branch, all))));
        Heads heads = heads(base, branch, found);
        if (found.size() < refs.size()) {
            lend(heads);
        } else if (!isEnough(heads)) {
            point(BASE, heads.base());
            if (heads.branch().isPresent()) {
                point(BRANCH, heads.branch().get());
            }
        }
        return heads.branch().isEmpty() ? lone(base, heads) : both(base, branch.orElseThrow(), heads);
    }

    private static Heads heads(String base, Optional<String> branch, Map<String, ObjectId> found) {
        ObjectId baseHead = found.get(base);
        if (baseHead == null) {
            throw new GitUnavailable(
                    GitUnavailable.Kind.MISSING,
                    "git: the base branch isn't on the remote: " + OneLine.path(base),
                    null);
        }
        return new Heads(baseHead, branch.map(found::get));
    }

    private boolean lacks(Heads heads) throws IOException {
        lend(heads);
        return !isEnough(heads);
    }

    private void lend(Heads heads) throws IOException {
        if (settings.checkout().isPresent()) {
            List<ObjectId> commits = Stream.concat(Stream.of(heads.base()), heads.branch().stream())
                    .toList();
            new RunnerCheckout(settings.checkout().get()).lend(commits, ours);
        }
    }

    /** What was taken has a ref of ours from then on: it is whole. */
    private void point(String name, ObjectId at) throws IOException {
        RefUpdate ref = ours.updateRef(name);
        ref.setNewObjectId(at);
        ref.disableRefLog();
        ref.forceUpdate();
    }

    private Heads lone(String base, Heads heads) throws IOException {
        if (Repositories.isWhole(ours, heads.base())) {
            return heads;
        }
        fetch(List.of(new RefSpec("+" + base + ":" + BASE)), 1);
        return new Heads(fetched(BASE), Optional.empty());
    }

    private Heads both(String base, String branch, Heads advertised) throws IOException {
        Heads heads = advertised;
        var specs = List.of(new RefSpec("+" + base + ":" + BASE), new RefSpec("+" + branch + ":" + BRANCH));
        for (int depth : DEPTHS) {
            if (isEnough(heads)) {
                return heads;
            }
            fetch(specs, depth);
            heads = new Heads(fetched(BASE), Optional.of(fetched(BRANCH)));
        }
        return heads;
    }

    private boolean isEnough(Heads heads) throws IOException {
        ObjectId branch = heads.branch().orElse(heads.base());
        return Repositories.isWhole(ours, heads.base())
                && Repositories.isWhole(ours, branch)
                && History.suffices(ours, heads.base(), branch);
    }

    private void fetch(List<RefSpec> specs, int depth) {
        LOG.info("git.fetch depth={} refs={}", depth == Remote.WHOLE ? "whole" : depth, specs.size());
        remote.fetch(specs, depth);
    }

    private ObjectId fetched(String ref) throws IOException {
        Ref found = ours.exactRef(ref);
        if (found == null || found.getObjectId() == null) {
            throw new GitUnavailable(GitUnavailable.Kind.LOST, "git: the fetch brought nothing", null);
        }
        return found.getObjectId();
    }
}
