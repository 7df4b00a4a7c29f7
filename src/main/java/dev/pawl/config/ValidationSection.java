package dev.pawl.config;

import dev.pawl.domain.policy.ValidationRules;
import dev.pawl.domain.policy.ValidationRules.Command;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code validation}: the commands, or the workflow, that say whether work is good. */
final class ValidationSection {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9 ._-]{0,38}[A-Za-z0-9])?");
    private static final Pattern WORKFLOW = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,80}\\.ya?ml");
    private static final int MOST_COMMANDS = 20;

    private ValidationSection() {}

    static ValidationRules read(Section section) {
        List<Command> commands = section.read("commands", ValidationSection::commands, List.of());
        Optional<String> workflow = section.value("workflow")
                .flatMap(value -> commands.isEmpty()
                        ? Scalars.text(WORKFLOW, "a workflow's file below .github/workflows, such as ci.yml")
                                .read(value)
                        : value.refused(
                                "work is validated by commands or by a workflow, not by both", "Leave one out."));
        return new ValidationRules(commands, workflow);
    }

    private static Optional<List<Command>> commands(Value value) {
        return value.items("a list of commands").flatMap(items -> {
            if (items.size() > MOST_COMMANDS) {
                return value.refused("more than " + MOST_COMMANDS + " commands", "Put some into one script.");
            }
            var names = new HashSet<String>();
            return Optional.of(items.stream()
                    .map(item -> Section.with(s -> command(s, names)).read(item))
                    .flatMap(Optional::stream)
                    .toList());
        });
    }

    private static Optional<Command> command(Section section, Set<String> names) {
        Optional<String> name =
                section.need("name", Scalars.text(NAME, "a short name, such as test"), "It is what people read.");
        Optional<List<String>> run =
                section.need("run", Argv::read, "Write the command line as a list: [mvn, -q, verify].");
        Duration timeout = section.read(
                "timeout", Amounts.duration(Duration.ofSeconds(1), StageReader.LONGEST), Command.DEFAULT_TIMEOUT);
        boolean required = section.read("required", Scalars.flag(), true);
        List<String> reports = section.read("reports", Scalars.list("a list of globs", Words.glob()), List.of());
        name.filter(n -> !names.add(n))
                .flatMap(n -> section.value("name"))
                .ifPresent(v -> v.refused("two commands have this name", Optional.empty()));
        return name.flatMap(n -> run.map(r -> new Command(n, r, timeout, required, reports)));
    }
}
