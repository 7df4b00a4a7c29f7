package dev.pawl.domain.decide;

import dev.pawl.domain.model.Issue;
import dev.pawl.domain.policy.IssueType;
import dev.pawl.domain.policy.Policy;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** The type of an issue by the policy's rules: a label, then the forge's issue type, then the title's prefix. */
public final class Classification {
    private Classification() {}

    /** The type's name; empty where the rules give none. */
    public static Optional<String> of(Issue issue, Policy policy) {
        return first(policy, t -> t.labels().stream().anyMatch(issue::has))
                .or(() ->
                        issue.type().flatMap(name -> first(policy, t -> t.name().equalsIgnoreCase(name))))
                .or(() -> first(
                        policy,
                        t -> t.titles().stream()
                                .anyMatch(p -> begins(issue.title().raw(), p))));
    }

    private static Optional<String> first(Policy policy, Predicate<IssueType> matches) {
        return policy.types().stream().filter(matches).map(IssueType::name).findFirst();
    }

    /** Whether a title begins with {@code fix:}, or with {@code fix(scope):} and {@code fix!:}, in any case. */
    static boolean begins(String title, String prefix) {
        String text = title.strip().toLowerCase(Locale.ROOT);
        String word = prefix.toLowerCase(Locale.ROOT);
        if (text.startsWith(word)) {
            return true;
        }
        String verb = word.endsWith(":") ? word.substring(0, word.length() - 1) : word;
        if (!text.startsWith(verb)) {
            return false;
        }
        String rest = text.substring(verb.length());
        if (rest.startsWith("(")) {
            int end = rest.indexOf(')');
            rest = end < 0 ? "" : rest.substring(end + 1);
        }
        return rest.startsWith(":") || rest.startsWith("!:");
    }
}
