package dev.pawl.domain.decide;

import dev.pawl.domain.model.Issue;
import dev.pawl.domain.policy.IssueType;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.state.IssueState;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The order in which a sweep looks at issues: an explicit priority label, the type's priority, the longest time without
 * a change. Which issue moves is decided for each in turn; labels only say which ones are not worth a look.
 */
public final class Selection {
    private static final int NO_PRIORITY = 9;

    private Selection() {}

    /** The issues that a sweep looks at, first one first. */
    public static List<Issue> order(List<Issue> issues, Policy policy) {
        return issues.stream()
                .filter(Issue::open)
                .filter(i -> !i.has(Decider.PAUSE_LABEL))
                .filter(i -> policy.start().exclude().stream().noneMatch(i::has))
                .filter(i -> !rests(i))
                .sorted(Comparator.comparingInt((Issue i) -> explicit(i))
                        .thenComparingInt(i -> byType(i, policy))
                        .thenComparing(Issue::updated)
                        .thenComparingInt(Issue::number))
                .toList();
    }

    /** Shows the end of a run, and no other state beside it, as one that died between two labels leaves behind. */
    private static boolean rests(Issue issue) {
        List<IssueState> shown = Arrays.stream(IssueState.values())
                .filter(state -> issue.has("pawl:" + state.word()))
                .toList();
        return !shown.isEmpty() && shown.stream().allMatch(IssueState::ended);
    }

    private static int byType(Issue issue, Policy policy) {
        return Classification.of(issue, policy)
                .flatMap(policy::type)
                .map(IssueType::priority)
                .orElse(NO_PRIORITY);
    }

    private static int explicit(Issue issue) {
        return issue.labels().stream()
                .map(Selection::priority)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElse(NO_PRIORITY);
    }

    /** Such as {@code P1}, {@code priority: high}, {@code priority/2}. */
    private static Optional<Integer> priority(String label) {
        String word = label.toLowerCase(Locale.ROOT).replace(" ", "");
        String level = word.startsWith("priority") && word.length() > 9
                ? word.substring(9)
                : word.length() == 2 && word.charAt(0) == 'p' ? word.substring(1) : "";
        return switch (level) {
            case "critical", "urgent", "0" -> Optional.of(0);
            case "high", "1" -> Optional.of(1);
            case "medium", "normal", "2" -> Optional.of(2);
            case "low", "3" -> Optional.of(3);
            default -> Optional.empty();
        };
    }
}
