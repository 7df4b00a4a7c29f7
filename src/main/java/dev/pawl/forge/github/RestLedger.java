package dev.pawl.forge.github;

import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.domain.port.Lag;
import dev.pawl.domain.port.Ledger;
import dev.pawl.domain.state.PastLease;
import dev.pawl.domain.state.RunState;
import dev.pawl.forge.github.LedgerRecord.Claimant;
import dev.pawl.forge.github.LedgerRecord.Held;
import dev.pawl.forge.github.LedgerRecord.Released;
import dev.pawl.forge.github.LedgerRefs.Created;
import dev.pawl.forge.github.LedgerRefs.LedgerCommit;
import dev.pawl.forge.github.http.Answer;
import dev.pawl.forge.github.http.Call;
import dev.pawl.forge.github.http.Failures;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger over the REST API. Its refs lie under the policy's prefix, or, where the forge refuses refs there, among
 * the branches.
 *
 * <p>A state that names the ledger's newest commit is believed in the epoch that it names with it; nothing more is read.
 * In every other case the epoch is the ledger's own, so that {@link Lease#epoch()} not above the state's epoch means:
 * the state claims an epoch that never was, and is forged. A ref that ends in a commit which isn't ours is a
 * {@link ForgeFailure} of kind bug: nobody can tell who holds the issue.
 */
public final class RestLedger implements Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(RestLedger.class);
    private static final String FALLBACK = "refs/heads/pawl-ledger";

    private final GitHubConnection github;
    private final LedgerRefs refs;
    private final String prefix;
    private final Supplier<String> nonces;
    /** What our claims say, by their commit: the release repeats it. */
    private final Map<Sha, Claimant> claims = new HashMap<>();

    private boolean fallback;

    /**
     * The repository's ledger.
     *
     * @param github the connection, shared with the forge
     * @param nonces gives another text each time
     */
    public RestLedger(GitHubConnection github, Supplier<String> nonces) {
        this(github, nonces, github.settings().ledgerPrefix());
    }

    /**
     * The repository's ledger, where the policy wants it.
     *
     * @param github the connection, shared with the forge
     * @param nonces gives another text each time
     * @param prefix where the refs are
     */
    public RestLedger(GitHubConnection github, Supplier<String> nonces, String prefix) {
        this.prefix = prefix;
        this.github = github;
        this.refs = new LedgerRefs(github);
        this.nonces = nonces;
    }

    private String ref(int issue) {
        return (fallback ? FALLBACK : prefix) + "/issues/" + issue;
    }

    private static String fallbackRef(int issue) {
        return FALLBACK + "/issues/" + issue;
    }

    /** Where a ledger stands. */
    private record Tip(String ref, Sha at) {}

    /**
     * What is to be claimed.
     *
     * @param seen where the ref stood so far: it doesn't go back
     */
    private record Wish(int issue, RunState.Fence known, StageKind stage, Duration time, Set<Sha> seen) {
        boolean isNewest(Sha tip) {
            return known.ledger().equals(Optional.of(tip));
        }
    }

    @Override
    public Claim acquire(int issue, RunState.Fence known, StageKind stage, Duration time) {
        var wish = new Wish(issue, known, stage, time, new HashSet<>());
        boolean neverHeld = known.ledger().isEmpty() && known.epoch() == 0;
        Optional<Tip> tip =
                neverHeld ? Optional.empty() : tip(issue, known.ledger().isPresent());
        return tip.isPresent() ? next(wish, tip.get()) : first(wish);
    }

    /** Where the ledger stands; the fall-back is looked at only where there must be a ledger. */
    private Optional<Tip> tip(int issue, boolean mustExist) {
        String ref = ref(issue);
        Optional<Tip> tip = refs.read(ref).map(at -> new Tip(ref, at));
        if (tip.isPresent() || !mustExist || fallback) {
            return tip;
        }
        return refs.read(fallbackRef(issue))
                .map(at -> new Tip(fallbackRef(issue), at))
                .or(() -> refs.readNamed(ref).map(at -> new Tip(ref, at)));
    }

    private Claim first(Wish wish) {
        Sha tree = refs.baseTree();
        Held claim = claim(wish, wish.known().epoch() + 1);
        Sha commit = refs.makeCommit(tree, List.of(), claim.message());
        String ref = ref(wish.issue());
        Created created = refs.create(ref, commit);
        if (created instanceof Created.Refused(ForgeFailure failure) && !fallback) {
            LOG.info("ledger={} outcome=refused why=\"{}\"", ref, failure.getMessage());
            fallback = true;
            ref = ref(wish.issue());
            created = refs.create(ref, commit);
        }
        return switch (created) {
            case Created.Ours() -> held(wish, ref, claim, new Tree(commit, tree), true);
            case Created.Theirs(Sha at) -> next(wish, new Tip(ref, at));
            case Created.Refused(ForgeFailure failure) -> throw failure;
        };
    }

    /** A state saves at least once under each lease: one that claims more leases than saves isn't taken at its word. */
    private Claim next(Wish wish, Tip tip) {
        wish.seen().add(tip.at());
        RunState.Fence known = wish.known();
        if (wish.isNewest(tip.at()) && known.tree().isPresent() && known.epoch() <= known.seq()) {
            return succeed(wish, tip, known.epoch(), known.tree().get());
        }
        LedgerCommit last = refs.commit(tip.at()).orElseThrow(() -> notOurs(tip));
        return switch (LedgerRecord.parse(last.message()).orElseThrow(() -> notOurs(tip))) {
            case Released end
            when !wish.isNewest(tip.at()) && github.transport().now().isBefore(end.shown()) ->
                new Claim.Behind(end.shown());
            case Released end -> succeed(wish, tip, end.by().epoch(), last.tree());
            case Held held
            when isEndedBy(held, known) ->
                succeed(wish, new Tip(tip.ref(), known.ledger().orElseThrow()), known.epoch(), last.tree());
            case Held held when isOver(held) -> succeed(wish, tip, held.by().epoch(), last.tree());
            case Held held -> new Claim.Busy(Optional.of(holder(held)));
        };
    }

    /**
     * Whether the state was saved for the last time under that claim: it names the claim's end. The ref doesn't show the end yet,
     * or its holder died just before it was put there; either way the next claim may follow upon the end.
     */
    private static boolean isEndedBy(Held held, RunState.Fence known) {
        return known.ledger().isPresent() && known.epoch() == held.by().epoch() && known.epoch() <= known.seq();
    }

    private static ForgeFailure notOurs(Tip tip) {
        return Failures.bug("the ledger " + tip.ref() + " ends in " + tip.at().abbreviated()
                + ", which is no commit of Pawl's; whoever put it there must take it away");
    }

    private Claim succeed(Wish wish, Tip tip, long lastEpoch, Sha tree) {
        Held claim = claim(wish, lastEpoch + 1);
        Sha commit = refs.makeCommit(tree, List.of(tip.at()), claim.message());
        return refs.move(tip.ref(), tip.at(), commit)
                ? held(wish, tip.ref(), claim, new Tree(commit, tree), wish.isNewest(tip.at()))
                : refused(wish, tip);
    }

    /**
     * Somebody was first; or the ref had moved on before, and did not show it yet. Where it still shows what it showed before, it is
     * read until it doesn't; where nobody holds it then, it is claimed from there.
     */
    private Claim refused(Wish wish, Tip tip) {
        Optional<Sha> now = refs.read(tip.ref());
        for (Duration pause = Duration.ofSeconds(1);
                now.filter(wish.seen()::contains).isPresent();
                pause = pause.multipliedBy(2)) {
            if (pause.compareTo(Lag.LONGEST) > 0 || !github.transport().pause(pause)) {
                throw Failures.outage("GitHub shows the ref " + tip.ref() + " as it was, and says that it moved on");
            }
            now = refs.read(tip.ref());
        }
        Optional<LedgerRecord> last = now.flatMap(refs::commit).flatMap(commit -> LedgerRecord.parse(commit.message()));
        boolean freed = last.filter(record -> switch (record) {
                    case Released _ -> true;
                    case Held held -> isOver(held);
                })
                .isPresent();
        return freed
                ? next(wish, new Tip(tip.ref(), now.orElseThrow()))
                : new Claim.Busy(last.flatMap(
                        record -> record instanceof Held held ? Optional.of(holder(held)) : Optional.empty()));
    }

    private record Tree(Sha commit, Sha tree) {}

    private Claim held(Wish wish, String ref, Held claim, Tree made, boolean upToDate) {
        claims.put(made.commit(), claim.by());
        return new Claim.Held(new Lease(
                wish.issue(), ref, claim.by().epoch(), made.commit(), made.tree(), claim.expires(), upToDate));
    }

    private Held claim(Wish wish, long epoch) {
        GitHubSettings.WorkflowRun us = github.settings().us();
        Instant now = github.transport().now();
        var by = new Claimant(epoch, us.id(), us.attempt(), nonces.get(), wish.stage());
        return new Held(by, now, now.plus(wish.time()));
    }

    /**
     * Whether nobody will come back for it: past its time, or by a workflow run that is over. A run that was started
     * again keeps its id and counts its attempts (docs.github.com, REST API, "Workflow runs").
     */
    private boolean isOver(Held held) {
        GitHubSettings.WorkflowRun us = github.settings().us();
        long run = held.by().run();
        if (!github.transport().now().isBefore(held.expires())) {
            return true;
        }
        if (run == us.id() || run == 0) {
            return run != 0 && us.attempt() > held.by().attempt();
        }
        try {
            Answer answer = github.transport().send(Call.get(github.path("/actions/runs/" + run)));
            return answer.ok()
                    && (answer.json().path("status").asText("").equals("completed")
                            || answer.json().path("run_attempt").asInt(0)
                                    > held.by().attempt());
        } catch (ForgeFailure e) {
            LOG.info("run={} over=unknown why=\"{}\"", run, e.getMessage());
            return false;
        }
    }

    private static Holder holder(Held held) {
        return new Holder(held.by().run(), held.by().attempt(), held.by().epoch(), held.expires());
    }

    private Optional<Holder> holderOf(Sha tip) {
        return refs.commit(tip)
                .flatMap(commit -> LedgerRecord.parse(commit.message()))
                .flatMap(last -> last instanceof Held held ? Optional.of(holder(held)) : Optional.empty());
    }

    @Override
    public boolean holds(Lease lease) {
        Optional<Sha> tip = refs.readNamed(lease.ref());
        return tip.isPresent() && (tip.get().equals(lease.commit()) || isBehind(tip.get(), lease));
    }

    /** Epochs only grow: a ref that shows an older one shows what was there before our claim. */
    private boolean isBehind(Sha tip, Lease lease) {
        return refs.commit(tip)
                .flatMap(commit -> LedgerRecord.parse(commit.message()))
                .filter(last -> last.by().epoch() < lease.epoch())
                .isPresent();
    }

    @Override
    public Sha prepareRelease(Lease lease, String outcome) {
        Claimant by = Optional.ofNullable(claims.get(lease.commit()))
                .orElseThrow(() -> new IllegalArgumentException("not a lease of this ledger: " + lease.commit()));
        var end = new Released(by, github.transport().now(), outcome);
        return refs.makeCommit(lease.tree(), List.of(lease.commit()), end.message());
    }

    @Override
    public void release(Lease lease, Sha prepared) {
        if (!refs.move(lease.ref(), lease.commit(), prepared)) {
            LOG.info("ledger={} outcome=lost epoch={}", lease.ref(), lease.epoch());
        }
    }

    /** Without a state nobody can say where the ledger is, so that both places are looked at. */
    @Override
    public Optional<Holder> holder(int issue) {
        return tip(issue, true).flatMap(tip -> holderOf(tip.at()));
    }

    /** A commit that isn't ours ends the trail: what lies below it, nobody can vouch for. */
    @Override
    public List<PastLease> trail(int issue) {
        return tip(issue, true)
                .map(tip -> LedgerTrail.of(refs.history(tip.at())))
                .orElse(List.of());
    }
}
