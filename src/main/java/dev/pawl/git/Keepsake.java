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
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevCommit;

/** A text as a commit's message: the commit has no parent and an empty tree. */
final class Keepsake {
    /** Where one that was fetched is in our own git directory. */
    static final String HERE = "refs/pawl/keepsake";

    /** Longer texts aren't read. */
    private static final long LONGEST = 4 << 20;

    private static final String AUTHOR = "pawl[bot]";
    private static final String EMAIL = "pawl@users.noreply.github.com";

    private Keepsake() {}

    /** Where a page that was fetched is in our own git directory. */
    static final String PAGE_HERE = "refs/pawl/page";

    static ObjectId make(Repository ours, String text, Instant now) throws IOException {
        return make(ours, text, now, List.of());
    }

    static ObjectId make(Repository ours, String text, Instant now, List<ObjectId> parents) throws IOException {
        var author = new PersonIdent(AUTHOR, EMAIL, now.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC);
        var commit = new CommitBuilder();
        commit.setAuthor(author);
        commit.setCommitter(author);
        commit.setMessage(text);
        commit.setParentIds(parents);
        try (ObjectInserter inserter = ours.newObjectInserter()) {
            commit.setTreeId(inserter.insert(new TreeFormatter()));
            ObjectId made = inserter.insert(commit);
            inserter.flush();
            return made;
        }
    }

    static Optional<String> read(Repository ours) throws IOException {
        Optional<ObjectId> at = at(ours, HERE);
        return at.isEmpty() ? Optional.empty() : text(ours, at.get());
    }

    static Workspace.Page page(Repository ours) throws IOException {
        Optional<ObjectId> at = at(ours, PAGE_HERE);
        Optional<String> text = at.isEmpty() ? Optional.empty() : text(ours, at.get());
        return new Workspace.Page(
                at.map(GitWorkspace::sha), Optional.of(text.orElse("")).filter(_ -> at.isPresent()));
    }

    private static Optional<ObjectId> at(Repository ours, String name) throws IOException {
        return Optional.ofNullable(ours.exactRef(name)).map(Ref::getObjectId);
    }

    private static Optional<String> text(Repository ours, ObjectId id) throws IOException {
        try (ObjectReader reader = ours.newObjectReader()) {
            ObjectLoader object = reader.open(id);
            return object.getType() == Constants.OBJ_COMMIT && object.getSize() <= LONGEST
                    ? Optional.of(RevCommit.parse(object.getCachedBytes((int) LONGEST))
                            .getFullMessage())
                    : Optional.empty();
        }
    }
}
