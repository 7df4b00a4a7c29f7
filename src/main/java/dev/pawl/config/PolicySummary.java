package dev.pawl.config;

import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.IssueType;
import dev.pawl.domain.policy.Limits;
import dev.pawl.domain.policy.McpServer;
import dev.pawl.domain.policy.MergeRules;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.Stage;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.ValidationRules;
import dev.pawl.domain.policy.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A valid policy in a few lines. */
final class PolicySummary {
    private PolicySummary() {}

    static String text(Policy policy) {
        return """
                The policy is valid.

                start: label %s, by accounts with permission %s or more
                never: %s
                %s
                agents: %s
                validation: %s
                branches: %s/…, from %s
                limits: %s
                merging: %s
                suggestions: %s
                """.formatted(
                        policy.start().label(),
                        policy.start().permission().word(),
                        policy.start().exclude().isEmpty()
                                ? "no labels keep Pawl away"
                                : "issues labelled " + Shown.list(policy.start().exclude()),
                        policy.types().stream().map(t -> workflow(t, policy)).collect(Collectors.joining("\n")),
                        agents(policy),
                        validation(policy.validation()),
                        policy.branch().prefix(),
                        policy.branch().base().orElse("the default branch"),
                        limits(policy.limits()),
                        merging(policy.merge()),
                        policy.suggestions() ? "on pull requests of people whose checks fail" : "none");
    }

    private static String workflow(IssueType type, Policy policy) {
        Workflow workflow = workflowOf(type, policy);
        return "type %s (%s): %s%s"
                .formatted(
                        type.name(),
                        recognised(type),
                        workflow.stages().stream().map(s -> stage(s, policy)).collect(Collectors.joining(" → ")),
                        workflow.close() ? " → closed" : "");
    }

    /** Every type of a policy that was read has a workflow. */
    static Workflow workflowOf(IssueType type, Policy policy) {
        Workflow workflow = policy.workflows().get(type.name());
        if (workflow == null) {
            throw new IllegalArgumentException("a type without a workflow: " + type.name());
        }
        return workflow;
    }

    private static String recognised(IssueType type) {
        var ways = new ArrayList<String>();
        if (!type.labels().isEmpty()) {
            ways.add("label " + Shown.list(type.labels()));
        }
        if (!type.titles().isEmpty()) {
            ways.add("title " + Shown.list(type.titles()));
        }
        return ways.isEmpty() ? "by judgement" : String.join("; ", ways);
    }

    private static String stage(Stage stage, Policy policy) {
        var says = new ArrayList<String>();
        if (stage.kind().usesAgent()) {
            policy.agentFor(stage).map(AgentSpec::name).ifPresent(says::add);
        }
        stage.model().ifPresent(says::add);
        stage.attempts().ifPresent(n -> says.add(n == 1 ? "1 attempt" : n + " attempts"));
        if (!stage.timeout().equals(Stage.DEFAULT_TIMEOUT)) {
            says.add(Amounts.written(stage.timeout()));
        }
        if (stage.approval()) {
            says.add("approval");
        }
        if (stage.kind() == StageKind.MERGE && !policy.merge().enabled()) {
            says.add("by people");
        }
        if (stage.optional()) {
            says.add("optional");
        }
        return stage.kind().word() + (says.isEmpty() ? "" : " (" + Shown.list(says) + ")");
    }

    private static String agents(Policy policy) {
        List<String> agents = policy.agents().values().stream()
                .map(a -> a.name() + " (" + a.kind().word() + servers(a) + ")")
                .sorted()
                .toList();
        return agents.isEmpty() ? "none declared" : Shown.list(agents);
    }

    private static String servers(AgentSpec agent) {
        List<String> names = agent.options().mcp().stream().map(McpServer::name).toList();
        return names.isEmpty() ? "" : ", tools of " + String.join(" and ", names);
    }

    private static String validation(ValidationRules rules) {
        return rules.commands().isEmpty()
                ? rules.workflow().map(file -> "the workflow " + file).orElse("no commands")
                : Shown.list(rules.commands().stream()
                        .map(c -> c.required() ? c.name() : c.name() + " (not required)")
                        .toList());
    }

    private static String merging(MergeRules rules) {
        return rules.enabled()
                ? "by %s, with %s by people, %s, %s"
                        .formatted(
                                rules.method().word(),
                                rules.approvals() == 1 ? "1 approval" : rules.approvals() + " approvals",
                                rules.checks() == MergeRules.Checks.ALL ? "all checks green" : "required checks green",
                                rules.label()
                                        .map(label -> "asked for by the label " + label + " or by command")
                                        .orElse("and nobody has to ask"))
                : "by people";
    }

    private static String limits(Limits limits) {
        return "%d attempts per stage, %d runs and %s per issue, %d runs per hour, %s per day, %d issues at once"
                .formatted(
                        limits.attempts(),
                        limits.runsPerIssue(),
                        limits.costPerIssue().forPeople(),
                        limits.runsPerHour(),
                        limits.costPerDay().forPeople(),
                        limits.concurrent());
    }
}
