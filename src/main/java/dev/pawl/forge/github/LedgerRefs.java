package dev.pawl.forge.github;

import dev.pawl.domain.model.Sha;
import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.forge.github.http.Answer;
import dev.pawl.forge.github.http.Call;
import dev.pawl.forge.github.http.Failures;
import dev.pawl.forge.github.http.Refusal;
import dev.pawl.forge.github.http.RestClient;
import java.util.List;
import java.util.Optional;

/**
 * Refs by compare-and-set (docs.github.com, REST API, "Git references"): creating one fails where it exists, moving one
 * without force fails unless the new commit descends from where it is. Both say 422.
 */
final class LedgerRefs {
    private static final int MOST_PAGES = 3;

    private final GitHubConnection github;

    LedgerRefs(GitHubConnection github) {
        this.github = github;
    }

    /** What came of creating a ref. */
    sealed interface Created {
        /** It is at our commit. */
        record Ours() implements Created {}

        /**
         * It is somebody else's.
         *
         * @param at where it is
         */
        record Theirs(Sha at) implements Created {}

        /**
         * Refs of that name can't be made here.
         *
         * @param failure what the forge said
         */
        record Refused(ForgeFailure failure) implements Created {}
    }

    /**
     * A commit of the ledger.
     *
     * @param tree its tree
     * @param message its message
     */
    record LedgerCommit(Sha tree, String message) {}

    Optional<Sha> read(String ref) {
        return github.rest().find(github.path("/git/ref/" + below(ref))).map(LedgerRefs::target);
    }

    /** The same of a ref that should be there. */
    Optional<Sha> readNamed(String ref) {
        return github.rest().findNamed(github.path("/git/ref/" + below(ref))).map(LedgerRefs::target);
    }

    private static Sha target(Answer answer) {
        return Json.sha(answer.json().path("object").path("sha"));
    }

    private static String below(String ref) {
        return ref.substring("refs/".length());
    }

    Optional<LedgerCommit> commit(Sha commit) {
        return github.rest()
                .findNamed(github.path("/git/commits/" + commit))
                .map(answer -> new LedgerCommit(
                        Json.sha(answer.json().path("tree").path("sha")),
                        answer.json().path("message").asText("")));
    }

    /**
     * A commit of the ledger in its history.
     *
     * @param at its id
     * @param message its message
     */
    record Past(Sha at, String message) {}

    /** The commits below a commit, itself the first; the oldest are left out where there are very many. */
    List<Past> history(Sha tip) {
        return github.rest().pages(github.path("/commits?per_page=100&sha=" + tip), MOST_PAGES).stream()
                .map(commit -> new Past(
                        Json.sha(commit.path("sha")),
                        commit.path("commit").path("message").asText("")))
                .toList();
    }

    /** The tree of the base branch's head. */
    Sha baseTree() {
        String branch = github.hub().defaultBranch();
        return github.rest()
                .find(github.path("/branches/" + RestClient.segment(branch)))
                .map(answer -> Json.sha(
                        answer.json().path("commit").path("commit").path("tree").path("sha")))
                .orElseThrow(() -> Failures.access("there is no branch " + branch + "; is the repository empty?"));
    }

    /** A commit of unknown outcome is made once more: the first, if there is one, belongs to no ref. */
    Sha makeCommit(Sha tree, List<Sha> parents, String message) {
        return github.settlement().settle(() -> github.hub().createCommit(tree, parents, message));
    }

    Created create(String ref, Sha commit) {
        return github.settlement()
                .settle(() -> created(ref, commit), () -> read(ref).map(at -> compare(at, commit)));
    }

    private static Created compare(Sha at, Sha ours) {
        return at.equals(ours) ? new Created.Ours() : new Created.Theirs(at);
    }

    /**
     * A refused name and a name that exists both come as 422 (rules on refs as 403 too), so that unless the message says
     * which, the ref is read. One that exists and doesn't show yet is nobody's to make elsewhere.
     */
    private Created created(String ref, Sha commit) {
        try {
            github.hub().createRef(ref, commit);
            return new Created.Ours();
        } catch (Refusal e) {
            int status = e.answer().status();
            ForgeFailure failure = Failures.of(e.call(), e.answer());
            if ((status != 422 && status != 403) || e.answer().says("object does not exist")) {
                throw failure;
            }
            boolean exists = e.answer().says("already exists");
            return (exists ? readNamed(ref) : read(ref))
                    .map(at -> compare(at, commit))
                    .orElseGet(() -> {
                        if (exists) {
                            throw Failures.outage(
                                    "GitHub doesn't show the ref " + ref + ", of which it says that it exists");
                        }
                        return new Created.Refused(failure);
                    });
        }
    }

    /**
     * Moves a ref.
     *
     * @param from where it was last seen
     * @param to a descendant of that
     * @return whether it is at {@code to} now
     */
    boolean move(String ref, Sha from, Sha to) {
        Call call = Call.write(
                Call.Method.PATCH,
                github.path("/git/refs/" + below(ref)),
                RestClient.object().put("sha", to.value()).put("force", false));
        return github.settlement()
                .settle(
                        () -> moved(call, ref, from, to),
                        () -> read(ref).filter(at -> !at.equals(from)).map(to::equals));
    }

    private boolean moved(Call call, String ref, Sha from, Sha to) {
        Answer answer = github.rest().write(call);
        if (answer.status() != 422) {
            RestClient.accepted(call, answer);
            return true;
        }
        Optional<Sha> at = read(ref);
        boolean unmoved = at.isPresent() && at.get().equals(from);
        if (unmoved && !answer.says("fast forward")) {
            throw Failures.of(call, answer);
        }
        // Not a fast forward, although it seems not to have moved: then what was read is older than the refusal.
        return at.isPresent() && at.get().equals(to);
    }
}
