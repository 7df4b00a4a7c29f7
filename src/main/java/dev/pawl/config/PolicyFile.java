package dev.pawl.config;

import dev.pawl.domain.policy.Limits;
import dev.pawl.domain.policy.MergeRules;
import dev.pawl.domain.policy.PathRules;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.Policy.Author;
import dev.pawl.domain.policy.Policy.Branch;
import dev.pawl.domain.policy.Policy.PullRequests;
import dev.pawl.domain.policy.Policy.Start;
import dev.pawl.domain.policy.Price;
import dev.pawl.domain.policy.ValidationRules;
import java.util.Map;
import java.util.Optional;

/** Reads the policy file (protocol, section 9). */
public final class PolicyFile {
    private PolicyFile() {}

    /**
     * Reads a policy file. Nothing in it is half valid: one error, and there is no policy.
     *
     * @param text the file's text; an empty one gives the defaults
     * @param fileName what to call the file in errors, such as {@code .github/pawl.yml}
     * @return the policy, or everything that is wrong with it (at most the first hundred)
     */
    public static PolicyReading read(String text, String fileName) {
        var problems = new Problems(fileName);
        Optional<Policy> policy = YamlText.read(text, problems)
                .flatMap(yaml ->
                        Section.of(PolicyFile::policy).read(new Value(yaml, Place.START.at(yaml.spot()), problems)));
        return problems.none()
                ? new PolicyReading.Valid(policy.orElse(Policy.DEFAULT))
                : new PolicyReading.Invalid(problems.inOrder());
    }

    private static Policy policy(Section root) {
        root.value("version").ifPresent(PolicyFile::version);
        Start start = root.read("start", Section.of(StartSection::read), Start.DEFAULT);
        var agents = root.read("agents", AgentsSection.agents(), new Named<>(Map.of(), Map.of()));
        var choice = new AgentChoice(agents);
        WorkflowsSection.Both both = WorkflowsSection.read(root, choice);
        Map<String, String> roles = root.read("roles", AgentsSection.roles(choice), Map.of());
        var validation = root.read("validation", Section.of(ValidationSection::read), ValidationRules.NONE);
        Branch branch = root.read("branch", Section.of(GitSections::branch), Branch.DEFAULT);
        Author author = root.read("commit", Section.of(GitSections::author), Author.DEFAULT);
        var pullRequest = root.read("pull_request", Section.of(GitSections::pullRequest), PullRequests.DEFAULT);
        MergeRules merge = root.read("merge", Section.of(MergeSection::read), MergeRules.DEFAULT);
        PathRules paths = root.read("paths", Section.of(LimitsSection::paths), PathRules.DEFAULT);
        Limits limits = root.read("limits", Section.of(LimitsSection::limits), Limits.DEFAULT);
        root.read("learn", LaterSections::learn);
        String ledger =
                root.read("ledger", Section.of(s -> GitSections.ledger(s, branch.prefix())), Policy.DEFAULT_LEDGER);
        Map<String, Price> prices = root.read("prices", PricesSection.prices(), Map.of());
        return new Policy(
                start,
                both.types(),
                both.workflows(),
                agents.values(),
                roles,
                validation,
                branch,
                author,
                pullRequest,
                paths,
                limits,
                ledger,
                prices,
                AgentsSection.isolation(root),
                merge,
                root.read("suggestions", SuggestionsWord::read, false));
    }

    private static void version(Value value) {
        if (!value.scalar(Yaml.Kind.INTEGER).equals(Optional.of("1"))) {
            value.wrong("1, the only version of policies that this version of Pawl reads");
        }
    }
}
