package dev.pawl.app.doctor;

import dev.pawl.config.PolicyError;
import dev.pawl.config.PolicyFile;
import dev.pawl.config.PolicyReading;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.Stage;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.TokenLife;
import dev.pawl.domain.report.Checkup;
import dev.pawl.domain.report.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks at a policy's text, and at what no reader of one section sees: that every stage finds its agent. */
final class PolicyChecks {
    private static final String AREA = "policy";

    private PolicyChecks() {}

    /**
     * Looks at a policy.
     *
     * @param text the file's text
     * @param file what to call it
     * @return the policy, if it is one
     */
    static Optional<Policy> look(String text, String file, Checkup checkup) {
        return switch (PolicyFile.read(text, file)) {
            case PolicyReading.Invalid(List<PolicyError> errors) -> {
                errors.forEach(error -> checkup.finds(invalid(error)));
                yield Optional.empty();
            }
            case PolicyReading.Valid(Policy policy) -> {
                checkup.finds(Finding.ok(AREA, "file", file + " is valid: " + outline(policy) + "."));
                checkup.finds(agents(policy));
                if (policy.validation().commands().isEmpty() && has(policy, StageKind.VALIDATE)) {
                    checkup.finds(Finding.note(
                            AREA,
                            "validation",
                            "validation.commands is empty: nothing is tested before the review.",
                            "Name your test command there, such as {name: test, run: [./test.sh]}."));
                }
                tokenLife(policy).ifPresent(checkup::finds);
                yield Optional.of(policy);
            }
        };
    }

    private static Optional<Finding> tokenLife(Policy policy) {
        List<String> stages = TokenLife.outlivedBy(policy);
        return stages.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.note(
                        AREA,
                        "token",
                        "A GitHub App's token lives " + TokenLife.HOUR.toMinutes()
                                + " minutes, and a stage may take longer: " + String.join(", ", stages) + ".",
                        "Give such stages a shorter timeout, or Pawl a token that lives longer: GITHUB_TOKEN lives as"
                                + " long as its job."));
    }

    private static Finding invalid(PolicyError error) {
        String place = error.file() + ":" + error.line() + ":" + error.column() + ": ";
        String subject = error.key().isEmpty() ? "" : error.key() + ": ";
        return Finding.problem(
                AREA,
                "file",
                place + subject + error.sentence(),
                error.hint().orElse("Correct it; docs/policy.md has every key."));
    }

    private static String outline(Policy policy) {
        String agents = policy.agents().isEmpty()
                ? "no agents"
                : "agents "
                        + policy.agents().values().stream()
                                .map(a -> a.name() + " (" + a.kind().word() + ")")
                                .sorted()
                                .collect(Collectors.joining(", "));
        return agents + "; workflows "
                + policy.workflows().keySet().stream().sorted().collect(Collectors.joining(", "));
    }

    private static Finding agents(Policy policy) {
        List<String> without = policy.workflows().values().stream()
                .flatMap(workflow -> workflow.stages().stream())
                .filter(stage -> stage.kind().usesAgent())
                .filter(stage -> policy.agentFor(stage).isEmpty())
                .map(stage -> stage.kind().word())
                .distinct()
                .sorted()
                .toList();
        return without.isEmpty()
                ? Finding.ok(AREA, "roles", "Every stage that asks an agent has one.")
                : Finding.problem(
                        AREA, "roles", "No agent is named for: " + String.join(", ", without) + ".", named(policy));
    }

    private static String named(Policy policy) {
        return policy.agents().values().stream()
                .map(AgentSpec::name)
                .sorted()
                .findFirst()
                .map(name -> "Write roles: {default: " + name + "}.")
                .orElse("Declare one, such as agents: {claude: {kind: claude-code, env: [ANTHROPIC_API_KEY]}};"
                        + " an only agent does every stage.");
    }

    private static boolean has(Policy policy, StageKind kind) {
        return policy.workflows().values().stream()
                .flatMap(workflow -> workflow.stages().stream())
                .map(Stage::kind)
                .anyMatch(kind::equals);
    }
}
