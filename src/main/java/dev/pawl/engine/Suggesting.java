package dev.pawl.engine;

import dev.pawl.domain.decide.DayBudget;
import dev.pawl.domain.decide.Suggestable;
import dev.pawl.domain.decide.Suggestable.Verdict;
import dev.pawl.domain.decide.Unsuggested;
import dev.pawl.domain.decide.Why;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.ChangedFile;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.Stage;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.Forge;
import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.domain.port.GitUnavailable;
import dev.pawl.domain.port.Ledger;
import dev.pawl.domain.port.PullRequests;
import dev.pawl.domain.port.Workspace;
import dev.pawl.domain.report.Outcome;
import dev.pawl.domain.report.Report;
import dev.pawl.domain.stage.Suggestions;
import dev.pawl.domain.state.Daybook;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.PastLease;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.Waiting;
import dev.pawl.domain.text.Sentences;
import dev.pawl.domain.text.SuggestionText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Suggests fixes on somebody's pull request whose checks failed. There is no run and no state: a lease on the pull request's
 * number keeps two invocations apart, the ledger remembers what came of it, and the review has a key. Nothing is pushed.
 * {@code SuggestionsCrashTest} kills it everywhere.
 */
final class Suggesting {
    private static final Logger LOG = LoggerFactory.getLogger(Suggesting.class);

    /** How often ledger and daybook are read again because somebody else wrote there meanwhile. */
    private static final int TRIES = 5;

    /** A run's name in the review's marker: there is no run. */
    private static final String NO_RUN = "none";

    private final Sight sight;
    private final Forge forge;
    private final Policy policy;
    private final Performer performer;
    private final Engine.Parts parts;

    Suggesting(Sight sight, Performer performer, Engine.Parts parts) {
        this.sight = sight;
        this.forge = sight.forge();
        this.policy = sight.policy();
        this.performer = performer;
        this.parts = parts;
    }

    /** What is worked on, by whom. */
    private record Task(PullRequests.Shown shown, Verdict.Due due, AgentSpec agent) {
        int pull() {
            return due.pull().number();
        }

        Suggestable.Key key() {
            return due.key();
        }
    }

    /** Suggests on the open pull request from that branch, or says why not. */
    Report on(String branch) {
        Optional<PullRequests.Shown> found =
                forge.pullRequests().openFrom(branch).stream().findFirst();
        return found.isEmpty() ? nothing(OptionalInt.empty(), Unsuggested.NO_PULL) : on(found.get());
    }

    private Report on(PullRequests.Shown shown) {
        PullRequest pull = shown.pull();
        OptionalInt number = OptionalInt.of(pull.number());
        Optional<Unsuggested> kept = Suggestable.keptFrom(pull, policy)
                .or(() -> may(pull.author()) ? Optional.empty() : Optional.of(Unsuggested.NOT_PERMITTED));
        if (kept.isPresent()) {
            return nothing(number, kept.get());
        }
        Verdict verdict = sight.facts(pull.number())
                .map(facts -> Suggestable.of(facts, policy))
                .orElse(new Verdict.Not(Unsuggested.NO_PULL));
        return switch (verdict) {
            case Verdict.Not(Unsuggested why) -> nothing(number, why);
            case Verdict.Due due -> unready(number).orElseGet(() -> claimed(new Task(shown, due, agent())));
        };
    }

    /** A bot that the policy lists by its id counts as a person who may write, as everywhere. */
    private boolean may(Actor author) {
        return !author.isPerson() || Suggestable.may(forge.permission(author), policy);
    }

    private AgentSpec agent() {
        return chosen().orElseThrow();
    }

    private Optional<AgentSpec> chosen() {
        return sight.settings().agent().flatMap(policy::agent).or(() -> policy.agentFor(Stage.of(StageKind.REVIEW)));
    }

    /** What is refused before anything is written: nobody to ask, or no safe place for it. */
    private Optional<Report> unready(OptionalInt number) {
        Optional<String> why = chosen().isEmpty()
                ? Optional.of(SuggestionText.noAgent(sight.settings().policyPath()))
                : parts.unsafe().apply(policy);
        return why.map(reason -> Report.of(Outcome.CONFIGURATION, number, reason));
    }

    /**
     * Where something is known to be in the ledger, it is read first: what it says against it costs no claim, and whoever knows its
     * end need not wait for lists that lag behind. A ledger that isn't there would be looked for in vain, and for long.
     */
    private Report claimed(Task task, List<PastLease> past, int tries) {
        OptionalInt number = OptionalInt.of(task.pull());
        Optional<Unsuggested> known = Suggestable.keptBy(past, task.key(), policy);
        if (known.isPresent()) {
            return nothing(number, known.get());
        }
        return switch (performer.claim(task.pull(), end(past), StageKind.REVIEW, policy)) {
            case Ledger.Claim.Busy _ -> Report.of(Outcome.BUSY, number, Sentences.nothing(Why.BUSY));
            case Ledger.Claim.Behind(Instant until) ->
                tries > 1 ? claimed(task, trail(task.pull()), tries - 1) : later(until);
            case Ledger.Claim.Held(Ledger.Lease lease) -> new Held(task, lease).report();
        };
    }

    private Report claimed(Task task) {
        return claimed(task, task.due().before() ? trail(task.pull()) : List.of(), TRIES);
    }

    private List<PastLease> trail(int pull) {
        return parts.ledgers().apply(policy).trail(pull);
    }

    /** Where the ledger ends; one that somebody may hold has no end. */
    private static RunState.Fence end(List<PastLease> past) {
        return past.stream()
                .limit(1)
                .filter(newest -> newest.end().isPresent())
                .map(newest -> new RunState.Fence(
                        newest.epoch(), newest.epoch(), Optional.of(newest.commit()), Optional.empty()))
                .findFirst()
                .orElse(RunState.Fence.NONE);
    }

    private static Report later(Instant until) {
        throw new ForgeFailure(
                FailureKind.FORGE_OUTAGE, "the ledger of the pull request moves all the time", Optional.of(until));
    }

    private static Report nothing(OptionalInt pull, Unsuggested why) {
        return Report.of(Outcome.NOTHING, pull, SuggestionText.nothing(why));
    }

    /** The work under the lease, which is given back with a word of what came of it. */
    private final class Held {
        private final Task task;
        private final Ledger.Lease lease;

        /** What a failure leaves in the ledger: an agent that was started counts. */
        private String failed = Outcome.RETRY_LATER.word();

        Held(Task task, Ledger.Lease lease) {
            this.task = task;
            this.lease = lease;
        }

        Report report() {
            try {
                return work();
            } catch (LeaseLost lost) {
                LOG.warn("{}; nothing more is written", lost.getMessage());
                return LeaseLost.report(task.pull());
            } catch (GitUnavailable git) {
                giveBack();
                throw Salvage.forge(git);
            } catch (RuntimeException failure) {
                giveBack();
                throw failure;
            }
        }

        private void giveBack() {
            try {
                performer.release(lease, failed);
            } catch (RuntimeException e) {
                LOG.warn("lease=kept pull={} why=\"{}\"", task.pull(), e.getMessage());
            }
        }

        private Report work() {
            Optional<Unsuggested> known = lease.upToDate() ? Optional.empty() : meanwhile();
            if (known.isPresent()) {
                return ended(Outcome.NOTHING.word(), known.get(), Usd.ZERO);
            }
            PullRequest pull = task.due().pull();
            String base = policy.branch().base().orElseGet(forge::defaultBranch);
            Optional<Workspace.Tree> tree = parts.workspace().prepareAt(base, pull.headBranch(), pull.head());
            if (tree.isEmpty()) {
                return ended(Outcome.NOTHING.word(), Unsuggested.MOVED, Usd.ZERO);
            }
            var request = SuggestionRequest.read(task.shown(), task.due(), forge);
            return started(request, new AgentRequest.Base(base, tree.get().base()), tree.get());
        }

        /** What others did since the ledger was read. */
        private Optional<Unsuggested> meanwhile() {
            List<PastLease> others = trail(task.pull()).stream()
                    .filter(past -> past.epoch() != lease.epoch())
                    .toList();
            return Suggestable.keptBy(others, task.key(), policy);
        }

        /** An agent starts only where that is written down, and where there is room for it. */
        private Report started(SuggestionRequest request, AgentRequest.Base base, Workspace.Tree tree) {
            long by = task.due().pull().author().id();
            var wish = new DayBudget.Wish(task.pull(), by);
            for (int i = 0; i < TRIES; i++) {
                Daybook book = performer.daybook(lease);
                Optional<Waiting> full = DayBudget.stops(wish, policy, book, forge.now());
                if (full.isPresent()) {
                    return waits(full.get());
                }
                Usd most = DayBudget.left(policy, book);
                if (performer.agentStarts(lease, most, by)) {
                    return asked(request.of(task.agent(), base, most), tree, request.files());
                }
            }
            throw new ForgeFailure(
                    FailureKind.FORGE_LIMIT, "too many agents start at once to be counted", Optional.empty());
        }

        private Report waits(Waiting waiting) {
            performer.release(lease, Outcome.NOTHING);
            return Report.of(Outcome.NOTHING, OptionalInt.of(task.pull()), SuggestionText.waits(waiting));
        }

        private Report asked(AgentRequest request, Workspace.Tree tree, List<ChangedFile> files) {
            failed = task.key().failed();
            AgentOutcome outcome = parts.agents().apply(policy).run(request, tree.folder());
            Usd cost = outcome.usage().cost();
            performer.agentEnded(lease, cost);
            return switch (outcome) {
                case AgentOutcome.Failed failure -> {
                    LOG.warn("pull={} suggestions=none why=\"{}\"", task.pull(), failure.reason());
                    yield ended(failed, Unsuggested.NO_RESULT, cost);
                }
                case AgentOutcome.Finished(AgentResult result, var _) ->
                    result.status() == AgentResult.Status.OK
                            ? found(Suggestions.of(result.findings(), files), cost)
                            : ended(failed, Unsuggested.NO_RESULT, cost);
            };
        }

        private Report found(Suggestions suggestions, Usd cost) {
            if (suggestions.remarks().isEmpty()) {
                return ended(task.key().looked(), Unsuggested.NOTHING_FOUND, cost);
            }
            if (!isAsItWas()) {
                return ended(failed, Unsuggested.MOVED, cost);
            }
            int many = suggestions.remarks().size();
            performer.perform(new Effect.EnsureSuggestions(
                    task.pull(),
                    task.due().pull().head(),
                    task.key().review(),
                    NO_RUN,
                    SuggestionText.review(task.due(), many, suggestions.others()),
                    suggestions.remarks()));
            performer.release(lease, task.key().given());
            return report(Outcome.ADVANCED, SuggestionText.given(many, task.pull()), cost);
        }

        private boolean isAsItWas() {
            return forge.pull(task.pull())
                    .filter(now -> now.head().equals(task.due().pull().head()))
                    .filter(now -> Suggestable.keptFrom(now, policy).isEmpty())
                    .isPresent();
        }

        private Report ended(String word, Unsuggested why, Usd cost) {
            performer.release(lease, word);
            return report(Outcome.NOTHING, SuggestionText.nothing(why), cost);
        }

        private Report report(Outcome outcome, String reason, Usd cost) {
            return new Report(
                    outcome, OptionalInt.of(task.pull()), Optional.empty(), Optional.empty(), reason, cost, false);
        }
    }
}
