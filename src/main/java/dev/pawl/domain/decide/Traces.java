package dev.pawl.domain.decide;

import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.PastLease;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The traces of an issue's runs: which one was the last, and what of it is beyond doubt. Runs have names that follow from
 * each other, so that comments and commits tell how many there were; a comment counts as we wrote it where its last edit
 * falls into a lease for the stage that writes it.
 */
final class Traces {
    /** More runs than anybody starts on one issue. */
    private static final int MOST_RUNS = 100;

    private final Snapshot snapshot;
    private final Remains remains;
    private final List<PastLease> leases;
    private final List<String> names;
    private final Set<String> found = new HashSet<>();
    private final String run;

    Traces(Snapshot snapshot, Remains remains) {
        this.snapshot = snapshot;
        this.remains = remains;
        this.leases = remains.leases().stream()
                .takeWhile(l -> !l.ended(PastLease.ENDED))
                .toList();
        this.names = names();
        snapshot.notes().stream().map(Note::run).filter(names::contains).forEach(found::add);
        commits().map(Remains.Commit::run).filter(names::contains).forEach(found::add);
        this.run = last();
    }

    private List<String> names() {
        var all = new ArrayList<String>();
        String previous = "";
        for (int i = 0; i < MOST_RUNS; i++) {
            previous = Runs.name(snapshot, previous);
            all.add(previous);
        }
        return all;
    }

    private Stream<Remains.Commit> commits() {
        return remains.branches().stream().flatMap(b -> b.commits().stream());
    }

    /** Whether anything but the ledger tells of a run of this issue. */
    boolean outsideTheLedger() {
        return !found.isEmpty() || !remains.pulls().isEmpty();
    }

    /** The last run's leases, newest first. */
    List<PastLease> leases() {
        return leases;
    }

    /** The last lease of all. */
    PastLease newest() {
        return remains.leases().getFirst();
    }

    /** The last lease under which a state was saved, of any run. */
    PastLease lastSaved() {
        return remains.leases().stream().filter(PastLease::saved).findFirst().orElseThrow();
    }

    /** Whether the last run is over, or the one after it never came to a state. A label only ever holds us back. */
    boolean isOver() {
        boolean shown = Stream.of(IssueState.COMPLETED, IssueState.CLOSED_UNRESOLVED)
                .anyMatch(s -> snapshot.issue().has("pawl:" + s.word()));
        return shown || leases.stream().noneMatch(PastLease::saved);
    }

    /** The last run's name. */
    String run() {
        return run;
    }

    private String last() {
        long ended =
                remains.leases().stream().filter(l -> l.ended(PastLease.ENDED)).count();
        long begun = leases.stream().anyMatch(PastLease::saved) ? 1 : 0;
        int told = Math.clamp(ended + begun, 1, MOST_RUNS);
        int seen = found.stream().mapToInt(names::indexOf).max().orElse(0) + 1;
        return names.get(Math.max(told, seen) - 1);
    }

    /** The branch with our work: the only one, or the only one with an open pull request of ours. */
    Optional<Remains.Branch> branch() {
        List<Remains.Branch> candidates = candidates();
        return candidates.size() == 1 ? Optional.of(candidates.getFirst()) : Optional.empty();
    }

    /** Branches that could all be the one; none where it is plain. */
    List<String> rivals() {
        List<Remains.Branch> candidates = candidates();
        return candidates.size() < 2
                ? List.of()
                : candidates.stream().map(b -> b.name().value()).toList();
    }

    private List<Remains.Branch> candidates() {
        List<Remains.Branch> ours =
                remains.branches().stream().filter(b -> !b.commits().isEmpty()).toList();
        List<Remains.Branch> open =
                ours.stream().filter(b -> openPull(b.name()).isPresent()).toList();
        return open.size() == 1 ? open : ours;
    }

    /** Our open pull request from that branch. */
    Optional<PullRequest> openPull(BranchName branch) {
        return pulls(branch).filter(p -> p.status() == PullRequest.Status.OPEN).findFirst();
    }

    /** Our pull requests from that branch, newest first. */
    Stream<PullRequest> pulls(BranchName branch) {
        return remains.pulls().stream().filter(p -> p.headBranch().equals(branch.value()));
    }

    /** The last run's comment of that topic, as it was written under such a lease; the newest of them. */
    Optional<Note> written(Note.Topic topic, Predicate<PastLease> under) {
        return notes().filter(n -> n.topic() == topic)
                .filter(n -> leases.stream().filter(under).anyMatch(l -> l.covers(n.edited())))
                .max(Comparator.comparingLong(Note::id));
    }

    /** The last run's comments. */
    Stream<Note> notes() {
        return snapshot.notes().stream().filter(n -> n.run().equals(run));
    }

    /** How often a stage of the last run was tried at least, so that no number is given twice. */
    int attempts(StageKind kind) {
        int claims = (int)
                leases.stream().filter(l -> l.stage() == kind && l.ranStage()).count();
        int told = commits()
                .filter(c -> c.run().equals(run) && c.stage() == kind)
                .mapToInt(Remains.Commit::attempt)
                .max()
                .orElse(0);
        int asked = notes().mapToInt(n -> number(n.key(), kind)).max().orElse(0);
        return Math.max(claims, Math.max(told, asked));
    }

    /** The attempt that a key such as {@code plan-2} names; 0 for other keys. */
    private static int number(String key, StageKind kind) {
        String before = kind.word() + "-";
        String digits = key.startsWith(before) ? key.substring(before.length()) : "";
        return digits.matches("[0-9]{1,4}") ? Integer.parseInt(digits) : 0;
    }

    /** What our commits say that they cost, all runs together. */
    Usd cost() {
        return commits().distinct().map(Remains.Commit::cost).reduce(Usd.ZERO, Usd::plus);
    }
}
