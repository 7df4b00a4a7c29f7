package dev.pawl.git;

import dev.pawl.domain.model.Sha;
import dev.pawl.domain.port.Workspace.Changes;
import dev.pawl.domain.port.Workspace.Conflict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Merges that nobody finished yet. A draft is a commit of ours that never leaves the machine, with the merged tree, markers and
 * all: what an agent changes is held against it. The same merge has the same draft in every invocation.
 */
final class Drafts {
    private static final PersonIdent NOBODY =
            new PersonIdent("draft", "draft@localhost", Instant.EPOCH, ZoneOffset.UTC);

    private final Map<Sha, Draft> drafts = new HashMap<>();

    /**
     * A merge.
     *
     * @param tree its files
     * @param parents the branch's head, and the base's
     * @param conflicts paths that had markers
     */
    private record Draft(ObjectId tree, List<ObjectId> parents, List<String> conflicts) {}

    /** Makes one. */
    Sha make(Repository ours, BaseMerge.Found.Laid merge, List<ObjectId> parents) throws IOException {
        var commit = new CommitBuilder();
        commit.setTreeId(merge.tree());
        commit.setParentIds(parents);
        commit.setAuthor(NOBODY);
        commit.setCommitter(NOBODY);
        commit.setMessage("the base, merged\n");
        try (ObjectInserter inserter = ours.newObjectInserter()) {
            Sha made = GitWorkspace.sha(inserter.insert(commit));
            inserter.flush();
            drafts.put(
                    made,
                    new Draft(
                            merge.tree(),
                            List.copyOf(parents),
                            merge.conflicts().stream().map(Conflict::path).toList()));
            return made;
        }
    }

    /** The tree of a draft in which nothing conflicts. */
    Optional<ObjectId> whole(Sha start) {
        return Optional.ofNullable(drafts.get(start))
                .filter(d -> d.conflicts().isEmpty())
                .map(Draft::tree);
    }

    /** The parents of what is made from that start: the start itself, but for a draft. */
    List<ObjectId> parents(Sha start) {
        Draft draft = drafts.get(start);
        return draft == null ? List.of(ObjectId.fromString(start.value())) : draft.parents();
    }

    /** What was found in the tree, refused where it still holds markers of a draft. */
    Changeset judged(Repository ours, Sha start, Changeset found) throws IOException {
        Draft draft = drafts.get(start);
        if (draft == null || found.changes() instanceof Changes.Refused) {
            return found;
        }
        var reasons = new Reasons();
        try (ObjectReader reader = ours.newObjectReader()) {
            ObjectId tree = found.tree().orElse(draft.tree());
            for (String path : draft.conflicts()) {
                if (isMarked(reader, path, tree, draft)) {
                    reasons.isMarked(path);
                }
            }
        }
        return reasons.isEmpty() ? found : new Changeset(new Changes.Refused(reasons.list()), Optional.empty());
    }

    /** A file may hold lines like the middle of a conflict for good: as many as both sides have together. */
    private static boolean isMarked(ObjectReader reader, String path, ObjectId tree, Draft draft) throws IOException {
        List<String> lines = lines(reader, path, tree);
        long kept = 0;
        try (var walk = new RevWalk(reader)) {
            for (ObjectId side : draft.parents()) {
                kept += middles(lines(reader, path, walk.parseCommit(side).getTree()));
            }
        }
        return lines.contains(BaseMerge.OPENING) || lines.contains(BaseMerge.CLOSING) || middles(lines) > kept;
    }

    private static long middles(List<String> lines) {
        return lines.stream().filter(BaseMerge.MIDDLE::equals).count();
    }

    /** The lines of a file; none where it is gone. */
    private static List<String> lines(ObjectReader reader, String path, ObjectId tree) throws IOException {
        try (TreeWalk at = TreeWalk.forPath(reader, path, tree)) {
            return at == null
                    ? List.of()
                    : new String(
                                    reader.open(at.getObjectId(0), Constants.OBJ_BLOB)
                                            .getBytes(),
                                    StandardCharsets.UTF_8)
                            .lines()
                            .toList();
        }
    }
}
