package dev.pawl.engine;

import dev.pawl.domain.decide.Remains;
import dev.pawl.domain.decide.Snapshot;
import dev.pawl.domain.decide.StateFound;
import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.port.Forge;
import dev.pawl.domain.port.GitUnavailable;
import dev.pawl.domain.port.Ledger;
import dev.pawl.domain.port.Workspace;
import dev.pawl.domain.state.PastLease;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.text.CommitText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds what runs leave outside of their state, and holds a state against the ledger.
 *
 * @param forge the forge
 * @param ledger the ledger
 * @param workspace git
 * @param policy the policy
 */
record Relics(Forge forge, Ledger ledger, Workspace workspace, Policy policy) {
    /** Branches of one issue that are looked into. */
    private static final int MOST_BRANCHES = 5;

    /** What is left of the issue's runs; a lease that we hold ourselves isn't among it. */
    Remains of(int issue, Optional<Ledger.Lease> ours) {
        List<PastLease> leases = trail(issue, ours);
        if (leases.stream().noneMatch(PastLease::saved) && !leases.isEmpty()) {
            return new Remains(leases, List.of(), List.of());
        }
        var branches = new ArrayList<Remains.Branch>();
        var pulls = new ArrayList<PullRequest>();
        for (BranchName branch : forge.branches(policy.branch().prefix(), issue).stream()
                .limit(MOST_BRANCHES)
                .toList()) {
            branches.add(new Remains.Branch(branch, commits(branch)));
            pulls.addAll(forge.pullsFrom(branch));
        }
        return new Remains(leases, branches, pulls);
    }

    private List<PastLease> trail(int issue, Optional<Ledger.Lease> ours) {
        return ledger.trail(issue).stream()
                .filter(l -> ours.filter(lease -> lease.epoch() == l.epoch()).isEmpty())
                .toList();
    }

    private List<Remains.Commit> commits(BranchName branch) {
        try {
            String base = policy.branch().base().orElseGet(forge::defaultBranch);
            Workspace.Tree tree = workspace.prepare(base, Optional.of(branch));
            return workspace.commitsSinceBase(tree).stream()
                    .flatMap(c -> ours(c).stream())
                    .toList();
        } catch (GitUnavailable git) {
            throw Salvage.forge(git);
        }
    }

    private Optional<Remains.Commit> ours(Workspace.CommitInfo commit) {
        String message = commit.message();
        Optional<String> run = CommitText.run(message);
        Optional<StageKind> stage = CommitText.stage(message);
        boolean byUs = commit.authorEmail().equals(policy.author().email());
        return byUs && run.isPresent() && stage.isPresent()
                ? Optional.of(new Remains.Commit(
                        commit.sha(),
                        run.get(),
                        stage.get(),
                        CommitText.attempt(message),
                        CommitText.usage(message).cost(),
                        CommitText.tasks(message)))
                : Optional.empty();
    }

    /** The issue as it is under our lease: its state held against the ledger, which can't be edited by hand. */
    Snapshot under(Ledger.Lease lease, Snapshot snapshot) {
        int issue = snapshot.issue().number();
        return switch (snapshot.state()) {
            case StateFound.Found(long comment, RunState state)
            when state.fence().epoch() >= lease.epoch() ->
                snapshot.finding(new StateFound.Broken(comment, "it claims to be newer than the ledger"));
            case StateFound.Found(long comment, RunState state)
            when !lease.upToDate() -> {
                List<PastLease> leases = trail(issue, Optional.of(lease));
                yield isBehind(state.fence(), leases)
                        ? snapshot.finding(new StateFound.Older(comment, state))
                                .knowing(snapshot.known().with(Optional.of(of(issue, Optional.of(lease)))))
                        : snapshot;
            }
            case StateFound.None _, StateFound.Elsewhere _ ->
                lease.epoch() > 1 && !lease.upToDate()
                        ? snapshot.knowing(snapshot.known().with(Optional.of(of(issue, Optional.of(lease)))))
                        : snapshot;
            case StateFound.Found _, StateFound.Older _, StateFound.Broken _, StateFound.Newer _ -> snapshot;
        };
    }

    /**
     * Whether a state was saved after the one with that fence. A crash leaves a claim without a save, and is no such sign.
     *
     * @param leases the issue's leases, newest first
     */
    static boolean isBehind(RunState.Fence fence, List<PastLease> leases) {
        for (PastLease lease : leases) {
            if (lease.epoch() < fence.epoch()) {
                return false;
            }
            if (lease.epoch() == fence.epoch()) {
                return lease.saved() && !fence.ledger().equals(Optional.of(lease.commit()));
            }
            if (lease.saved()) {
                return true;
            }
        }
        return false;
    }
}
