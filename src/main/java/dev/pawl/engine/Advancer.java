package dev.pawl.engine;

import dev.pawl.domain.decide.Decider;
import dev.pawl.domain.decide.Selection;
import dev.pawl.domain.decide.Snapshot;
import dev.pawl.domain.decide.StateFound;
import dev.pawl.domain.decide.Trigger;
import dev.pawl.domain.decide.Why;
import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Issue;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.port.Forge;
import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.domain.port.Policies;
import dev.pawl.domain.report.Outcome;
import dev.pawl.domain.report.Report;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.text.Sentences;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One invocation: from who rang to what was done. Finds the issue, reads the policy and the issue, and lets
 * {@link Step} decide and act. Never throws for what lies outside of us.
 */
public final class Advancer {
    private static final Logger LOG = LoggerFactory.getLogger(Advancer.class);

    /** A sweep looks at so many issues at most before it leaves the rest to the next one. */
    private static final int MOST_LOOKS = 20;

    /** States that an invocation leaves by itself. */
    private static final List<IssueState> ON_THEIR_WAY =
            List.of(IssueState.TRIAGING, IssueState.READY, IssueState.PLANNING, IssueState.IN_PROGRESS);

    /** So many of them may be closed issues: the open ones have their turn, too. */
    private static final int MOST_UNFINISHED = 5;

    /** States in which a pull request may be merged. */
    private static final List<IssueState> BEFORE_A_MERGE =
            List.of(IssueState.WAITING_ON_REVIEW, IssueState.WAITING_ON_HUMAN, IssueState.IN_PROGRESS);

    /** States in which an open pull request may wait for its branch to be updated. */
    private static final List<IssueState> WITH_OPEN_PULL =
            List.of(IssueState.WAITING_ON_REVIEW, IssueState.WAITING_ON_HUMAN);

    private static final String HEADS = "refs/heads/";

    private final Forge forge;
    private final Policies policies;
    private final Engine engine;
    private final Settings settings;
    /** The pull request that the event is about: it is read once. */
    private Optional<PullRequest> rang = Optional.empty();

    /**
     * An engine for one invocation.
     *
     * @param forge the forge
     * @param policies reads the policy
     * @param engine does the rest, once the policy is known
     * @param settings what holds for this invocation
     */
    public Advancer(Forge forge, Policies policies, Engine engine, Settings settings) {
        this.forge = forge;
        this.policies = policies;
        this.engine = engine;
        this.settings = settings;
    }

    /** Moves one issue one stage further, or says why not. */
    public Report advance(Trigger trigger) {
        try {
            return switch (trigger) {
                case Trigger.NotOurs(String why) -> notOurs(why);
                case Trigger.Pushed(String ref) -> pushed(ref, trigger);
                case Trigger.Sweep _ -> sweep(trigger);
                case Trigger.PullTouched(int pull, var _, var _) -> pull(pull, trigger);
                case Trigger.ChecksDone(Optional<String> branch, Optional<Sha> head) ->
                    branch.or(() -> head.flatMap(forge.pullRequests()::branchAt))
                            .map(name -> checked(name, trigger))
                            .orElseGet(() -> notOurs("the checks ran on no branch of Pawl's"));
                case Trigger.IssueTouched touched -> touched(touched);
                case Trigger.Commented commented -> commented(commented);
                case Trigger.Dispatched(int issue, var _, var _) -> look(issue, trigger);
                case Trigger.Continued(int issue, int _) -> look(issue, trigger);
            };
        } catch (ForgeFailure failure) {
            return Failures.report(failure, OptionalInt.empty());
        }
    }

    private static Report notOurs(String why) {
        return Report.of(Outcome.NOTHING, OptionalInt.empty(), "Nothing to do: " + why + ".");
    }

    private static Report nothing(int issue, Why why) {
        return Report.of(Outcome.NOTHING, OptionalInt.of(issue), Sentences.nothing(why));
    }

    private Report pull(int number, Trigger trigger) {
        rang = forge.pull(number);
        return rang.filter(p -> p.sameRepository())
                .flatMap(p -> BranchName.parse(p.headBranch()))
                .map(branch -> look(branch.issue(), trigger))
                .orElseGet(() -> notOurs("the pull request isn't one of Pawl's"));
    }

    /** Checks of a branch of ours are its issue's; those of other people's branches count where the policy wants suggestions. */
    private Report checked(String branch, Trigger trigger) {
        Optional<BranchName> shaped = BranchName.parse(branch);
        return withPolicy(policy -> {
            if (shaped.isPresent() && isOurs(shaped.get(), policy)) {
                long issue = shaped.get().issue();
                return issue > Integer.MAX_VALUE
                        ? notOurs("there is no such issue")
                        : look((int) issue, trigger, policy);
            }
            return policy.suggestions()
                    ? engine.suggest(policy, branch)
                    : notOurs("the checks ran on no branch of Pawl's");
        });
    }

    /** People name branches as we do; where the prefix isn't the policy's, it may have been when the run began. */
    private boolean isOurs(BranchName branch, Policy policy) {
        return !policy.suggestions()
                || branch.value().startsWith(policy.branch().prefix() + "/")
                || !forge.pullsFrom(branch).isEmpty();
    }

    /** A label that means nothing to us, or an issue that shows nothing of ours, costs the one look at the policy. */
    private Report touched(Trigger.IssueTouched touched) {
        return withPolicy(policy -> {
            String start = policy.start().label();
            boolean ourLabel = touched.label()
                    .map(l -> l.equalsIgnoreCase(start)
                            || l.startsWith("pawl:")
                            || policy.start().exclude().stream().anyMatch(l::equalsIgnoreCase))
                    .orElse(true);
            boolean ourIssue = touched.labels()
                    .map(all -> all.stream().anyMatch(l -> l.equalsIgnoreCase(start) || l.startsWith("pawl:")))
                    .orElse(true);
            boolean starts = touched.label().filter(start::equalsIgnoreCase).isPresent();
            boolean mirror = touched.label().filter(l -> l.startsWith("pawl:")).isPresent();
            if (mirror && isDeaf(touched.actor(), policy)) {
                return nothing(touched.issue(), Why.BOT);
            }
            return ourLabel && (ourIssue || starts)
                    ? look(touched.issue(), touched, policy)
                    : nothing(touched.issue(), Why.NOT_ASKED);
        });
    }

    /** Nobody listens to a bot that the policy doesn't list; our own account is one of those, or is told by its comments. */
    private static boolean isDeaf(Actor actor, Policy policy) {
        return !actor.isPerson() && !policy.start().allowBots().contains(actor.id());
    }

    /** Bots answer each other without end where one of them doesn't stop: a bot's comment wakes nobody. */
    private Report commented(Trigger.Commented commented) {
        return commented.actor().isPerson()
                ? heard(commented)
                : withPolicy(policy -> isDeaf(commented.actor(), policy)
                        ? Report.of(Outcome.NOTHING, OptionalInt.empty(), Sentences.nothing(Why.BOT))
                        : heard(commented));
    }

    /** A comment on an issue that Pawl has nothing to do with costs the one look at its comments. */
    private Report heard(Trigger.Commented commented) {
        if (commented.pull()) {
            return pull(commented.number(), commented);
        }
        Forge.Conversation conversation = forge.conversation(commented.number());
        if (conversation.isOurs(commented.own())) {
            return notOurs("it is Pawl's own comment");
        }
        boolean ours = !(conversation.state() instanceof StateFound.None)
                || !conversation.notes().isEmpty()
                || conversation.comments().stream().anyMatch(c -> !c.commands().isEmpty())
                || commented
                        .labels()
                        .map(all -> all.stream().anyMatch(l -> l.startsWith("pawl")))
                        .orElse(true);
        if (!ours) {
            return nothing(commented.number(), Why.NOT_ASKED);
        }
        return withPolicy(policy -> forge.issue(commented.number())
                .map(issue -> step(policy, Snapshots.read(forge, issue, conversation, commented), commented))
                .orElseGet(() -> nothing(commented.number(), Why.GONE)));
    }

    private Report look(long issue, Trigger trigger) {
        return issue > Integer.MAX_VALUE
                ? notOurs("there is no such issue")
                : withPolicy(policy -> look((int) issue, trigger, policy));
    }

    private Report look(int issue, Trigger trigger, Policy policy) {
        return Snapshots.read(forge, issue, trigger, rang)
                .map(snapshot -> step(policy, snapshot, trigger))
                .orElseGet(() -> nothing(issue, Why.GONE));
    }

    private Report step(Policy policy, Snapshot snapshot, Trigger trigger) {
        if (trigger instanceof Trigger.Pushed && !standsOnItsBase(snapshot)) {
            return notOurs("the run has no pull request");
        }
        return speaksOf(snapshot, trigger)
                ? engine.advance(policy, snapshot)
                : notOurs("the pull request isn't the one of this issue's run");
    }

    /** Whether a push to the base can concern the run. */
    private static boolean standsOnItsBase(Snapshot snapshot) {
        return snapshot.state() instanceof StateFound.Found(var _, RunState state)
                && state.work().pull().isPresent();
    }

    /** A pull request's event is the issue's only where the issue's state names that pull request. */
    private static boolean speaksOf(Snapshot snapshot, Trigger trigger) {
        OptionalInt pull =
                switch (trigger) {
                    case Trigger.PullTouched(int number, var _, var _) -> OptionalInt.of(number);
                    case Trigger.Commented(int number, boolean onPull, var _, var _, var _, var _) ->
                        onPull ? OptionalInt.of(number) : OptionalInt.empty();
                    case Trigger.IssueTouched _,
                            Trigger.ChecksDone _,
                            Trigger.Pushed _,
                            Trigger.Sweep _,
                            Trigger.Dispatched _,
                            Trigger.Continued _,
                            Trigger.NotOurs _ -> OptionalInt.empty();
                };
        return pull.isEmpty()
                || (snapshot.state() instanceof StateFound.Found(var _, RunState state)
                        && state.work().pull().equals(pull));
    }

    /** Nobody but who pushed knows which pull requests fit their base no more: the oldest that doesn't is moved. */
    private Report pushed(String ref, Trigger trigger) {
        return ref.startsWith(HEADS)
                ? withPolicy(policy -> {
                    String base = policy.branch().base().orElseGet(forge::defaultBranch);
                    return ref.equals(HEADS + base)
                            ? first(
                                    withOpenPulls(),
                                    trigger,
                                    policy,
                                    report -> report.stage().isPresent())
                            : notOurs("the push went to another branch than pull requests go to");
                })
                : notOurs("the push went to no branch");
    }

    private List<Issue> withOpenPulls() {
        return BEFORE_A_MERGE.stream()
                .flatMap(state -> forge.openIssues("pawl:" + state.word()).stream())
                .filter(issue -> !issue.has(Decider.PAUSE_LABEL))
                .distinct()
                .sorted(Comparator.comparingInt(Issue::number))
                .toList();
    }

    private Report sweep(Trigger trigger) {
        return withPolicy(policy -> {
            var issues = new ArrayList<>(unfinished(policy));
            issues.addAll(Selection.order(candidates(policy), policy));
            return first(issues, trigger, policy, report -> report.stage().isPresent() || report.saved());
        });
    }

    /** Looks at one issue after the other, until one of them has moved. */
    private Report first(List<Issue> issues, Trigger trigger, Policy policy, Predicate<Report> moved) {
        Optional<Report> trouble = Optional.empty();
        for (Issue issue : issues.subList(0, Math.min(issues.size(), MOST_LOOKS))) {
            Report report = look(issue, trigger, policy);
            if (Failures.isTrouble(report)) {
                trouble = trouble.or(() -> Optional.of(report));
            } else if (moved.test(report)) {
                return report;
            }
        }
        return trouble.orElseGet(
                () -> Report.of(Outcome.NOTHING, OptionalInt.empty(), Sentences.nothing(Why.NO_CANDIDATE)));
    }

    /**
     * Issues that are closed and still show a pull request that is open: whoever merged it, or GitHub after that, rang for nobody,
     * or whom it rang for died.
     */
    private List<Issue> unfinished(Policy policy) {
        return policy.merge().enabled()
                ? BEFORE_A_MERGE.stream()
                        .flatMap(state -> forge.closedIssues("pawl:" + state.word()).stream())
                        .limit(MOST_UNFINISHED)
                        .toList()
                : List.of();
    }

    /** Issues with the start label, and those that were started by a command and are on their way or may have a pull request. */
    private List<Issue> candidates(Policy policy) {
        var found = new LinkedHashMap<Integer, Issue>();
        var labels = new ArrayList<>(List.of(policy.start().label()));
        ON_THEIR_WAY.forEach(state -> labels.add("pawl:" + state.word()));
        WITH_OPEN_PULL.forEach(state -> labels.add("pawl:" + state.word()));
        labels.forEach(label -> forge.openIssues(label).forEach(issue -> found.put(issue.number(), issue)));
        return List.copyOf(found.values());
    }

    /** One broken issue never stops the others. */
    private Report look(Issue issue, Trigger trigger, Policy policy) {
        try {
            return look(issue.number(), trigger, policy);
        } catch (ForgeFailure failure) {
            LOG.warn(
                    "issue={} failure={} message=\"{}\"",
                    issue.number(),
                    failure.kind().word(),
                    failure.getMessage());
            return Failures.report(failure, OptionalInt.of(issue.number()));
        }
    }

    private Report withPolicy(Function<Policy, Report> then) {
        Optional<String> file = forge.defaultBranchFile(settings.policyPath());
        if (file.isEmpty() && !settings.policyPath().equals(Settings.POLICY_PATH)) {
            return Report.of(
                    Outcome.CONFIGURATION,
                    OptionalInt.empty(),
                    "The input `policy` names " + settings.policyPath() + ", which the default branch doesn't have.");
        }
        return switch (policies.read(file)) {
            case Policies.Reading.Invalid(List<String> errors) ->
                Report.of(Outcome.CONFIGURATION, OptionalInt.empty(), String.join("\n", errors));
            case Policies.Reading.Valid(Policy policy) -> wrongAgent(policy).orElseGet(() -> then.apply(policy));
        };
    }

    /** The input is held against the policy before anything else is done, so a wrong one is refused before any write. */
    private Optional<Report> wrongAgent(Policy policy) {
        return settings.agent()
                .filter(name -> policy.agent(name).isEmpty())
                .map(name -> Report.of(
                        Outcome.CONFIGURATION,
                        OptionalInt.empty(),
                        Sentences.unknownAgent(name, policy, settings.policyPath())));
    }
}
