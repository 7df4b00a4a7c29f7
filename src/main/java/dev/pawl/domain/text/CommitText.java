package dev.pawl.domain.text;

import dev.pawl.domain.model.Issue;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.state.RunState;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The message of a commit of ours: conventional header, issue number, trailers. */
public final class CommitText {
    /** The trailer that names the run. */
    public static final String RUN = "Pawl-Run";
    /** The trailer that names the stage. */
    public static final String STAGE = "Pawl-Stage";
    /** The trailer that names the stage's attempt. */
    public static final String ATTEMPT = "Pawl-Attempt";

    /** The trailer that says what the attempt cost, so that a crash behind the push doesn't lose count of it. */
    private static final String COST = "Pawl-Cost-Usd";
    /** The trailer that says how many tokens it used, for the same reason. */
    private static final String TOKENS = "Pawl-Tokens";

    private static final Pattern USED = Pattern.compile("([0-9]{1,15}) in, ([0-9]{1,15}) out(, unpriced)?");

    /** The trailer that says how many of the plan's tasks are done, where some are left: the same crash, other count. */
    private static final String TASKS = "Pawl-Tasks";

    private static final Set<String> TYPES =
            Set.of("build", "chore", "ci", "docs", "feat", "fix", "perf", "refactor", "revert", "style", "test");
    private static final int LONGEST_HEADER = 72;

    private CommitText() {}

    /**
     * One attempt of a stage.
     *
     * @param stage which stage
     * @param number which attempt of it
     * @param usage what it used
     * @param tasks how many of the plan's tasks are done with it; empty where none is left
     */
    public record Attempt(StageKind stage, int number, Usage usage, OptionalInt tasks) {}

    /** The whole message. */
    public static String of(Optional<AgentResult.CommitText> wanted, Issue issue, RunState state, Attempt attempt) {
        String number = " (#" + issue.number() + ")";
        String scope = wanted.flatMap(AgentResult.CommitText::scope)
                .filter(CommitText::isScope)
                .map(s -> "(" + s + ")")
                .orElse("");
        String head = type(wanted.map(AgentResult.CommitText::type), state.id().workflow()) + scope + ": ";
        Untrusted subject = wanted.map(AgentResult.CommitText::subject).orElse(withoutPrefix(issue.title()));
        String text = Sanitizer.plain(subject, LONGEST_HEADER - head.length() - number.length());
        String body = wanted.flatMap(AgentResult.CommitText::body)
                .map(b -> withoutTrailers(Sanitizer.code(b, 4_000)).strip() + "\n\n")
                .orElse("");
        return head + (text.isEmpty() ? "work on the issue" : text) + number + "\n\n" + body + RUN + ": "
                + state.id().run() + "\n" + STAGE + ": " + attempt.stage().word() + "\n" + ATTEMPT + ": "
                + attempt.number() + "\n"
                + COST + ": " + attempt.usage().cost().plain() + "\n"
                + tokens(attempt.usage())
                + (attempt.tasks().isPresent() ? TASKS + ": " + attempt.tasks().getAsInt() + "\n" : "");
    }

    private static String tokens(Usage usage) {
        return usage.inputTokens() + usage.outputTokens() == 0
                ? ""
                : TOKENS + ": " + usage.inputTokens() + " in, " + usage.outputTokens() + " out"
                        + (usage.priced() ? "" : ", unpriced") + "\n";
    }

    private static String type(Optional<String> wanted, String workflow) {
        return wanted.map(t -> t.toLowerCase(Locale.ROOT))
                .filter(TYPES::contains)
                .orElse(
                        switch (workflow) {
                            case "bug" -> "fix";
                            case "feature" -> "feat";
                            case "docs" -> "docs";
                            default -> "chore";
                        });
    }

    private static boolean isScope(String scope) {
        return !scope.isEmpty()
                && scope.length() <= 20
                && scope.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }

    private static Untrusted withoutPrefix(Untrusted title) {
        String text = title.raw().strip();
        int colon = text.indexOf(':');
        return new Untrusted(colon > 0 && colon < 20 ? text.substring(colon + 1).strip() : text);
    }

    /** A body's line that git would read as a trailer gets a space before its colon. */
    private static String withoutTrailers(String body) {
        List<String> lines = body.lines().map(CommitText::broken).toList();
        return String.join("\n", lines);
    }

    private static String broken(String line) {
        int colon = line.indexOf(':');
        boolean trailer =
                colon > 0 && line.chars().limit(colon).allMatch(c -> Character.isLetterOrDigit(c) || c == '-');
        return trailer ? line.substring(0, colon) + " " + line.substring(colon) : line;
    }

    /** Whether a message is of that run, stage and attempt. */
    public static boolean isOf(String message, String run, StageKind stage, int attempt) {
        List<String> lines = message.lines().toList();
        return lines.contains(RUN + ": " + run)
                && lines.contains(STAGE + ": " + stage.word())
                && lines.contains(ATTEMPT + ": " + attempt);
    }

    /** The run that a message names. */
    public static Optional<String> run(String message) {
        return trailer(message, RUN).filter(l -> l.matches("r-[0-9a-f]{1,12}")).findFirst();
    }

    /** The stage that a message names. */
    public static Optional<StageKind> stage(String message) {
        return trailer(message, STAGE).flatMap(l -> StageKind.parse(l).stream()).findFirst();
    }

    /** The attempt that a message names; 0 where it names none. */
    public static int attempt(String message) {
        return trailer(message, ATTEMPT)
                .filter(l -> l.matches("[0-9]{1,6}"))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(0);
    }

    /** How many tasks of the plan are done with the commit; empty where it doesn't say: then all are. */
    public static OptionalInt tasks(String message) {
        return trailer(message, TASKS)
                .filter(l -> l.matches("[0-9]{1,4}"))
                .mapToInt(Integer::parseInt)
                .findFirst();
    }

    private static Stream<String> trailer(String message, String name) {
        return message.lines().filter(l -> l.startsWith(name + ": ")).map(l -> l.substring(name.length() + 2));
    }

    /** What the message says that its attempt used; nothing where it doesn't. */
    public static Usage usage(String message) {
        Usd cost = cost(message);
        return trailer(message, TOKENS)
                .map(USED::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(used -> new Usage(
                        Optional.empty(),
                        Long.parseLong(used.group(1)),
                        Long.parseLong(used.group(2)),
                        cost,
                        0,
                        Usage.Cache.NONE,
                        used.group(3) == null))
                .orElse(new Usage(Optional.empty(), 0, 0, cost, 0));
    }

    private static Usd cost(String message) {
        return trailer(message, COST)
                .filter(l -> l.matches("[0-9]{1,6}(\\.[0-9]{1,12})?"))
                .findFirst()
                .map(l -> Usd.of(new BigDecimal(l)))
                .orElse(Usd.ZERO);
    }

    /** Whether a message is of that run. */
    public static boolean isOf(String message, String run) {
        return message.lines().anyMatch((RUN + ": " + run)::equals);
    }
}
