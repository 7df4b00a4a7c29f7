package dev.pawl.engine;

import dev.pawl.domain.decide.Decider;
import dev.pawl.domain.decide.Decision;
import dev.pawl.domain.decide.Loss;
import dev.pawl.domain.decide.Remains;
import dev.pawl.domain.decide.Snapshot;
import dev.pawl.domain.decide.StateFound;
import dev.pawl.domain.decide.Trigger;
import dev.pawl.domain.decide.Why;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.Issue;
import dev.pawl.domain.port.Forge;
import dev.pawl.domain.port.Ledger;
import dev.pawl.domain.report.Diagnosis;
import dev.pawl.domain.report.Diagnosis.End;
import dev.pawl.domain.report.Diagnosis.Found;
import dev.pawl.domain.report.Outcome;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.text.Sentences;
import java.util.List;
import java.util.Optional;

/**
 * Says what is wrong with an issue's state, and writes it anew by hand: what an invocation does by itself where the comment
 * is gone, and doesn't dare where it is there and can't be believed. Starts no stage.
 *
 * @param relics finds what is left
 * @param performer writes
 * @param step asks what a decision depends on
 */
record Repair(Relics relics, Performer performer, Step step) {
    /**
     * What a person wants.
     *
     * @param issue the issue's number
     * @param write whether to write; else it is only looked at
     */
    record Wish(int issue, boolean write) {}

    /** What was seen: the diagnosis, and how the state would be written anew. */
    private record Seen(Snapshot snapshot, Diagnosis diagnosis, Optional<Decision.Rebuild> rebuild) {
        boolean mendable() {
            boolean doubled = diagnosis.found() == Found.FINE
                    && !diagnosis.oddities().doubles().isEmpty();
            // A state without its signature would stop the next run that has the key.
            return (rebuild.isPresent() || doubled) && !diagnosis.oddities().unsignable();
        }
    }

    Diagnosis of(Wish wish) {
        Optional<Issue> issue = relics.forge().issue(wish.issue());
        if (issue.isEmpty()) {
            return new Diagnosis(
                    wish.issue(),
                    Found.NONE,
                    Sentences.nothing(Why.GONE),
                    Optional.empty(),
                    Forge.Oddities.NONE,
                    End.LOOKED);
        }
        Seen seen = look(issue.get(), Optional.empty());
        return wish.write() && seen.mendable() ? mended(issue.get(), seen) : seen.diagnosis();
    }

    private Diagnosis mended(Issue issue, Seen seen) {
        RunState state = seen.diagnosis().state().orElseThrow();
        return switch (performer.claim(issue.number(), state.fence(), Step.kind(state), relics.policy())) {
            case Ledger.Claim.Busy _, Ledger.Claim.Behind _ -> seen.diagnosis().ended(End.LATER);
            case Ledger.Claim.Held(Ledger.Lease lease) -> mended(look(issue, Optional.of(lease)), lease);
        };
    }

    /** What is true under the lease is what is written. */
    private Diagnosis mended(Seen seen, Ledger.Lease lease) {
        if (seen.rebuild().isPresent()) {
            RunState state = seen.rebuild().get().state();
            List<Effect> notice =
                    List.of(Step.rebuiltNotice(state, seen.rebuild().get().loss()));
            performer.perform(seen.snapshot(), state, notice, Optional.empty());
            var place =
                    new Performer.Place(seen.snapshot(), seen.snapshot().state().place(), state, lease);
            performer.saveAndRelease(place, relics.policy(), Outcome.NOTHING);
        } else {
            performer.release(lease, Outcome.NOTHING);
        }
        if (!seen.mendable()) {
            return seen.diagnosis();
        }
        seen.diagnosis().oddities().doubles().forEach(relics.forge()::deleteComment);
        return seen.diagnosis().ended(End.WRITTEN);
    }

    private Seen look(Issue issue, Optional<Ledger.Lease> ours) {
        Forge forge = relics.forge();
        Forge.Conversation conversation = forge.conversation(issue.number());
        Remains left = relics.of(issue.number(), ours);
        Snapshot read = Snapshots.read(forge, issue, conversation, new Trigger.Sweep());
        Snapshot snapshot = read.knowing(read.known().with(Optional.of(left)));
        return switch (conversation.state()) {
            case StateFound.Newer(var _, String what) ->
                seen(snapshot, Found.NEWER, what, Optional.empty(), conversation.oddities());
            case StateFound.Found(long comment, RunState state) -> {
                if (left.leases().stream()
                                .allMatch(l -> l.epoch() < state.fence().epoch())
                        && !left.leases().isEmpty()) {
                    String why = "it claims to be newer than the ledger";
                    yield lost(snapshot.finding(new StateFound.Broken(comment, why)), why, conversation.oddities());
                }
                yield Relics.isBehind(state.fence(), left.leases())
                        ? lost(snapshot.finding(new StateFound.Older(comment, state)), "", conversation.oddities())
                        : seen(snapshot, Found.FINE, "", Optional.of(state), conversation.oddities());
            }
            case StateFound.Broken(var _, String why) -> lost(snapshot, why, conversation.oddities());
            case StateFound.None _, StateFound.Elsewhere _, StateFound.Older _ ->
                lost(snapshot, "", conversation.oddities());
        };
    }

    private static Seen seen(
            Snapshot snapshot, Found found, String detail, Optional<RunState> state, Forge.Oddities oddities) {
        int issue = snapshot.issue().number();
        return new Seen(snapshot, new Diagnosis(issue, found, detail, state, oddities, End.LOOKED), Optional.empty());
    }

    private Seen lost(Snapshot snapshot, String why, Forge.Oddities oddities) {
        Found found = found(snapshot.state());
        Loss.Kind kind =
                switch (found) {
                    case OLDER -> Loss.Kind.OLDER;
                    case BROKEN -> Loss.Kind.BROKEN;
                    case FINE, NONE, GONE, NEWER -> Loss.Kind.GONE;
                };
        Step.Decided decided = step.decide(
                snapshot,
                s -> Decider.rewrite(s, relics.policy(), relics.forge().now(), kind));
        return switch (decided.decision()) {
            case Decision.Rebuild rebuild -> {
                Seen seen = seen(decided.snapshot(), found, why, Optional.of(rebuild.state()), oddities);
                yield new Seen(seen.snapshot(), seen.diagnosis(), Optional.of(rebuild));
            }
            case Decision.Nothing(Why waits) -> {
                Seen seen = seen(snapshot, found, Sentences.nothing(waits), Optional.empty(), oddities);
                yield new Seen(snapshot, seen.diagnosis().ended(End.LATER), Optional.empty());
            }
            case Decision.Notify(var _, String unclear) -> {
                boolean never = found == Found.GONE && !hasRun(snapshot);
                String detail = why.isEmpty() ? unclear : why + "; and " + unclear;
                yield never
                        ? seen(snapshot, Found.NONE, "", Optional.empty(), oddities)
                        : seen(snapshot, found, detail, Optional.empty(), oddities);
            }
            case Decision.Start _,
                    Decision.Wait _,
                    Decision.Refuse _,
                    Decision.Escalate _,
                    Decision.Finish _,
                    Decision.Answer _,
                    Decision.Ask _ -> throw new IllegalStateException("rewrite() decides nothing else");
        };
    }

    private static Found found(StateFound state) {
        return switch (state) {
            case StateFound.Broken _ -> Found.BROKEN;
            case StateFound.Older _ -> Found.OLDER;
            case StateFound.Newer _ -> Found.NEWER;
            case StateFound.Found _ -> Found.FINE;
            case StateFound.None _, StateFound.Elsewhere _ -> Found.GONE;
        };
    }

    /** Whether anything on the issue tells of a run. */
    private static boolean hasRun(Snapshot snapshot) {
        return snapshot.notes().stream().anyMatch(n -> n.run().startsWith("r-"));
    }
}
