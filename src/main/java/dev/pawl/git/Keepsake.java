package dev.pawl.git;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
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

    static ObjectId make(Repository ours, String text, Instant now) throws IOException {
        var author = new PersonIdent(AUTHOR, EMAIL, now.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC);
        var commit = new CommitBuilder();
        commit.setAuthor(author);
        commit.setCommitter(author);
        commit.setMessage(text);
        try (ObjectInserter inserter = ours.newObjectInserter()) {
            commit.setTreeId(inserter.insert(new TreeFormatter()));
            ObjectId made = inserter.insert(commit);
            inserter.flush();
            return made;
        }
    }

    static Optional<String> read(Repository ours) throws IOException {
        Ref ref = ours.exactRef(HERE);
        if (ref == null || ref.getObjectId() == null) {
            return Optional.empty();
        }
        try (ObjectReader reader = ours.newObjectReader()) {
            ObjectLoader object = reader.open(ref.getObjectId());
            return object.getType() == Constants.OBJ_COMMIT && object.getSize() <= LONGEST
                    ? Optional.of(RevCommit.parse(object.getCachedBytes((int) LONGEST))
                            .getFullMessage())
                    : Optional.empty();
        }
    }
}
