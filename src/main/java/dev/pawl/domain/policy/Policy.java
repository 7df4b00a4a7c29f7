package dev.pawl.domain.policy;

import dev.pawl.domain.model.Permission;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code .github/pawl.yml} says, with every default filled in.
 *
 * @param start who may start Pawl, and with what
 * @param types the types of issues, first match wins
 * @param workflows by type
 * @param agents by name
 * @param roles agents' names by stage; {@code default} for all others
 * @param validation how work is validated
 * @param branch how branches are named and from where they grow
 * @param author the author of our commits
 * @param pullRequest how pull requests are opened
 * @param paths what a change may touch
 * @param limits the limits
 * @param ledgerPrefix where the ledger refs live, without a slash at its end
 * @param prices what models cost, by their names, where it isn't what Pawl's own table says
 * @param isolation whether agents may run where they can't be kept apart from us
 * @param merge when pull requests are merged, and how
 * @param suggestions whether people's pull requests get suggestions when their checks fail
 */
public record Policy(
        Start start,
        List<IssueType> types,
        Map<String, Workflow> workflows,
        Map<String, AgentSpec> agents,
        Map<String, String> roles,
        ValidationRules validation,
        Branch branch,
        Author author,
        PullRequests pullRequest,
        PathRules paths,
        Limits limits,
        String ledgerPrefix,
        Map<String, Price> prices,
        IsolationRule isolation,
        MergeRules merge,
        boolean suggestions) {
    /** The ledger's namespace where the policy says nothing. */
    public static final String DEFAULT_LEDGER = "refs/pawl";

    /** What holds where there is no policy file, or an empty one. */
    public static final Policy DEFAULT = new Policy(
            Start.DEFAULT,
            DefaultWorkflows.types(),
            DefaultWorkflows.workflows(),
            Map.of(),
            Map.of(),
            ValidationRules.NONE,
            Branch.DEFAULT,
            Author.DEFAULT,
            PullRequests.DEFAULT,
            PathRules.DEFAULT,
            Limits.DEFAULT,
            DEFAULT_LEDGER,
            Map.of(),
            IsolationRule.BEST_EFFORT,
            MergeRules.DEFAULT,
            false);

    public Policy {
        types = List.copyOf(types);
        workflows = Map.copyOf(workflows);
        agents = Map.copyOf(agents);
        roles = Map.copyOf(roles);
        prices = Map.copyOf(prices);
    }

    /** The same with other rules for merging. */
    public Policy with(MergeRules rules) {
        return new Policy(
                start,
                types,
                workflows,
                agents,
                roles,
                validation,
                branch,
                author,
                pullRequest,
                paths,
                limits,
                ledgerPrefix,
                prices,
                isolation,
                rules,
                suggestions);
    }

    /** The type of that name. */
    public Optional<IssueType> type(String name) {
        return types.stream().filter(t -> t.name().equals(name)).findFirst();
    }

    /**
     * The agent for a stage: the stage's own, else its role's, else the default role's, else the only one.
     *
     * @return empty where the policy names none
     */
    public Optional<AgentSpec> agentFor(Stage stage) {
        return stage.agent()
                .or(() -> Optional.ofNullable(roles.get(stage.kind().word())))
                .or(() -> Optional.ofNullable(roles.get("default")))
                .or(() -> agents.size() == 1
                        ? Optional.of(agents.keySet().iterator().next())
                        : Optional.empty())
                .map(agents::get);
    }

    /** The agent of that name. */
    public Optional<AgentSpec> agent(String name) {
        return Optional.ofNullable(agents.get(name));
    }

    /** The agents, by their names. */
    public List<AgentSpec> byName() {
        return agents.values().stream()
                .sorted(Comparator.comparing(AgentSpec::name))
                .toList();
    }

    /** How often the stage may be tried. */
    public int attempts(Stage stage) {
        return stage.attempts().orElse(limits.attempts());
    }

    /**
     * Who may start Pawl, and with what.
     *
     * @param label the label that starts
     * @param permission what the acting account needs
     * @param exclude labels that keep Pawl away
     * @param allowBots numeric ids of bots that count as people
     */
    public record Start(String label, Permission permission, List<String> exclude, List<Long> allowBots) {
        /** What holds where the policy says nothing. */
        public static final Start DEFAULT =
                new Start("pawl", Permission.WRITE, List.of("needs-design", "blocked"), List.of());

        public Start {
            exclude = List.copyOf(exclude);
            allowBots = List.copyOf(allowBots);
        }
    }

    /**
     * Branches.
     *
     * @param prefix what our branches begin with, before the slash
     * @param base the branch that work grows from and goes to; empty for the default branch
     */
    public record Branch(String prefix, Optional<String> base) {
        /** What holds where the policy says nothing. */
        public static final Branch DEFAULT = new Branch("pawl", Optional.empty());
    }

    /**
     * The author of our commits.
     *
     * @param name the name
     * @param email the address
     */
    public record Author(String name, String email) {
        /** Who it is where the policy says nothing. */
        public static final Author DEFAULT = new Author("pawl[bot]", "pawl@users.noreply.github.com");
    }

    /**
     * How pull requests are opened, and kept.
     *
     * @param draft as drafts
     * @param reviewers logins to ask for a review
     * @param labels labels to add
     * @param resolveThreads whether a conversation that was answered with a commit is resolved
     * @param rerunChecks whether checks that failed are run once more before an agent looks at them
     */
    public record PullRequests(
            boolean draft, List<String> reviewers, List<String> labels, boolean resolveThreads, boolean rerunChecks) {
        /** What holds where the policy says nothing. */
        public static final PullRequests DEFAULT = new PullRequests(false, List.of(), List.of());

        /** Conversations are left to people, and checks aren't run again. */
        public PullRequests(boolean draft, List<String> reviewers, List<String> labels) {
            this(draft, reviewers, labels, false, false);
        }

        public PullRequests {
            reviewers = List.copyOf(reviewers);
            labels = List.copyOf(labels);
        }
    }
}
