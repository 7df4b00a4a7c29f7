package dev.pawl.git;

import dev.pawl.domain.port.GitUnavailable;
import dev.pawl.domain.port.Workspace.Pushed;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * One push and what became of it. Where the answer leaves that open, the branch itself is asked; only if it isn't at the
 * commit the push is repeated, and again nothing but the expected id is overwritten.
 */
final class Pushing {
    private static final int LONGEST_REASON = 300;

    /** What git and JGit say when somebody else holds or moved the ref; GitHub passes git's words on. */
    private static final List<String> RACES = List.of(
            "failed to update ref", "failed to lock", "cannot lock ref", "lock error", "fetch first", "already exists");

    private final Remote remote;
    private final String ref;

    Pushing(Remote remote, String ref) {
        this.remote = remote;
        this.ref = ref;
    }

    Pushed push(ObjectId commit, ObjectId expected) {
        for (int repetition = 0; ; repetition++) {
            Instant start = remote.now();
            try {
                return once(commit, expected);
            } catch (GitUnavailable e) {
                if (e.kind() == GitUnavailable.Kind.LOST && isThere(commit)) {
                    return new Pushed.Done();
                }
                if (!remote.again(e, repetition, start)) {
                    throw e;
                }
            }
        }
    }

    private Pushed once(ObjectId commit, ObjectId expected) {
        Remote.Answer answer = remote.push(commit, ref, expected);
        return switch (answer.status()) {
            case OK, UP_TO_DATE -> new Pushed.Done();
            case REJECTED_REMOTE_CHANGED, REJECTED_NONFASTFORWARD -> moved(commit);
            case REJECTED_OTHER_REASON, REJECTED_NODELETE -> rejected(answer, commit, expected);
            case AWAITING_REPORT, NOT_ATTEMPTED, NON_EXISTING ->
                throw new GitUnavailable(GitUnavailable.Kind.LOST, "git: the push got no answer", null);
        };
    }

    private Pushed rejected(Remote.Answer answer, ObjectId commit, ObjectId expected) {
        Optional<ObjectId> now = remote.head(ref);
        if (now.filter(commit::equals).isPresent()) {
            return new Pushed.Done();
        }
        String message = answer.message().toLowerCase(Locale.ROOT);
        boolean race = RACES.stream().anyMatch(message::contains);
        if (race || !now.orElse(ObjectId.zeroId()).equals(expected)) {
            return new Pushed.Moved(now.map(GitWorkspace::sha));
        }
        String reason = OneLine.of(answer.message() + " " + answer.remarks(), LONGEST_REASON);
        return new Pushed.Refused(reason.isEmpty() ? "the remote gave no reason" : reason);
    }

    /** Moved by a push of ours, perhaps, whose answer was lost. */
    private Pushed moved(ObjectId commit) {
        Optional<ObjectId> now = remote.head(ref);
        return now.filter(commit::equals).isPresent()
                ? new Pushed.Done()
                : new Pushed.Moved(now.map(GitWorkspace::sha));
    }

    private boolean isThere(ObjectId commit) {
        try {
            return remote.head(ref).filter(commit::equals).isPresent();
        } catch (GitUnavailable e) {
            return false;
        }
    }
}
