package dev.pawl.git;

import dev.pawl.domain.port.Workspace;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * A text as a commit's message. Without work the commit has no parent and an empty tree; with work it has the work's tree
 * and its parent, so that the forge sees in it only what the work changes.
 */
final class Keepsake {
    /** Longer texts aren't read. */
    private static final long LONGEST = 4 << 20;

    private static final String AUTHOR = "pawl[bot]";
    private static final String EMAIL = "pawl@users.noreply.github.com";

    private Keepsake() {}

    static ObjectId make(Repository ours, Workspace.Kept kept, Instant now) throws IOException {
        if (kept.work().isEmpty()) {
            return make(ours, kept.text(), now, List.of());
        }
        try (ObjectReader reader = ours.newObjectReader()) {
            RevCommit work =
                    commit(reader, ObjectId.fromString(kept.work().get().value()));
            CommitBuilder commit = commit(kept.text(), now, List.of(work.getParents()));
            commit.setTreeId(work.getTree());
            return insert(ours, commit);
        }
    }

    static ObjectId make(Repository ours, String text, Instant now, List<? extends ObjectId> parents)
            throws IOException {
        CommitBuilder commit = commit(text, now, parents);
        try (ObjectInserter inserter = ours.newObjectInserter()) {
            commit.setTreeId(inserter.insert(new TreeFormatter()));
            inserter.flush();
        }
        return insert(ours, commit);
    }

    private static CommitBuilder commit(String text, Instant now, List<? extends ObjectId> parents) {
        var author = new PersonIdent(AUTHOR, EMAIL, now.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC);
        var commit = new CommitBuilder();
        commit.setAuthor(author);
        commit.setCommitter(author);
        commit.setMessage(text);
        commit.setParentIds(parents);
        return commit;
    }

    private static ObjectId insert(Repository ours, CommitBuilder commit) throws IOException {
        try (ObjectInserter inserter = ours.newObjectInserter()) {
            ObjectId made = inserter.insert(commit);
            inserter.flush();
            return made;
        }
    }

    private static RevCommit commit(ObjectReader reader, ObjectId id) throws IOException {
        return RevCommit.parse(reader.open(id, Constants.OBJ_COMMIT).getCachedBytes());
    }

    /** Reads what was kept in that object; empty where it isn't a commit that could be ours. */
    static Optional<Workspace.Kept> read(Repository ours, ObjectId at) throws IOException {
        return found(ours, at)
                .map(commit -> new Workspace.Kept(
                        commit.getFullMessage(),
                        commit.getParentCount() > 0 ? Optional.of(GitWorkspace.sha(at)) : Optional.empty()));
    }

    /** Reads that object as a page; one that isn't a commit says nothing. */
    static Workspace.Page page(Repository ours, ObjectId at) throws IOException {
        String text = found(ours, at).map(RevCommit::getFullMessage).orElse("");
        return new Workspace.Page(Optional.of(GitWorkspace.sha(at)), Optional.of(text));
    }

    private static Optional<RevCommit> found(Repository ours, ObjectId id) throws IOException {
        try (ObjectReader reader = ours.newObjectReader()) {
            ObjectLoader object = reader.open(id);
            return object.getType() == Constants.OBJ_COMMIT && object.getSize() <= LONGEST
                    ? Optional.of(RevCommit.parse(object.getCachedBytes((int) LONGEST)))
                    : Optional.empty();
        }
    }
}
