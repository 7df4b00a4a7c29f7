package dev.pawl.forge.github;

import dev.pawl.domain.state.PastLease;
import dev.pawl.forge.github.LedgerRecord.Held;
import dev.pawl.forge.github.LedgerRecord.Released;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ledger's commits as leases: a claim and its release are one. */
final class LedgerTrail {
    private LedgerTrail() {}

    /** The leases, newest first. */
    static List<PastLease> of(List<LedgerRefs.Past> commits) {
        var leases = new ArrayList<PastLease>();
        Optional<Ended> open = Optional.empty();
        for (LedgerRefs.Past commit : commits) {
            Optional<LedgerRecord> record = LedgerRecord.parse(commit.message());
            if (record.isEmpty()) {
                break;
            }
            switch (record.get()) {
                case Released end -> {
                    open.map(Ended::alone).ifPresent(leases::add);
                    open = Optional.of(new Ended(commit, end));
                }
                case Held held -> {
                    Optional<Ended> own =
                            open.filter(e -> e.end().by().epoch() == held.by().epoch());
                    open.filter(_ -> own.isEmpty()).map(Ended::alone).ifPresent(leases::add);
                    leases.add(own.map(e -> e.of(held)).orElseGet(() -> lease(commit, held)));
                    open = Optional.empty();
                }
            }
        }
        open.map(Ended::alone).ifPresent(leases::add);
        return List.copyOf(leases);
    }

    private static PastLease lease(LedgerRefs.Past commit, Held held) {
        return new PastLease(commit.at(), held.by().epoch(), held.by().stage(), held.acquired(), Optional.empty());
    }

    /** A release, whose claim is the commit before it. */
    private record Ended(LedgerRefs.Past commit, Released end) {
        PastLease of(Held held) {
            var by = end.by();
            var released = new PastLease.End(end.released(), end.outcome());
            return new PastLease(commit.at(), by.epoch(), by.stage(), held.acquired(), Optional.of(released));
        }

        /** Where the claim was cut off: it began no later than it ended. */
        PastLease alone() {
            var by = end.by();
            var released = new PastLease.End(end.released(), end.outcome());
            return new PastLease(commit.at(), by.epoch(), by.stage(), end.released(), Optional.of(released));
        }
    }
}
