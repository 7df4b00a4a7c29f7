package dev.pawl.domain.decide;

import dev.pawl.domain.model.Issue;
import dev.pawl.domain.model.Readiness;
import dev.pawl.domain.policy.Policy;
import java.util.Optional;

/**
 * Triage without an agent. The rules speak where the facts are plain; where judgement is needed they are silent, and
 * an agent is asked.
 */
public final class ReadinessRules {
    /** A title and a body with fewer words together say too little to start on. */
    static final int FEWEST_WORDS = 5;

    private ReadinessRules() {}

    /** The verdict that follows from plain facts; empty where judgement is needed. */
    public static Optional<Verdict> judge(Issue issue, Policy policy) {
        Optional<String> type = Classification.of(issue, policy);
        if (issue.has("duplicate")) {
            return Optional.of(new Verdict(Readiness.DUPLICATE, type, "It is labelled `duplicate`."));
        }
        if (issue.has("wontfix") || issue.has("invalid")) {
            return Optional.of(new Verdict(Readiness.OUT_OF_SCOPE, type, "It is labelled `wontfix` or `invalid`."));
        }
        if (type.isEmpty()) {
            return Optional.empty();
        }
        if (words(issue.title().raw()) + words(issue.body().raw()) < FEWEST_WORDS) {
            return Optional.of(new Verdict(
                    Readiness.NEEDS_CLARIFICATION, type, "title and description say too little to start on"));
        }
        return Optional.of(new Verdict(Readiness.READY, type, "rules"));
    }

    /** Words that people see: what stands in HTML comments (issue templates) and in headings doesn't count. */
    static int words(String body) {
        int words = 0;
        for (String line : withoutComments(body).lines().toList()) {
            String text = line.strip();
            if (text.startsWith("#")) {
                continue;
            }
            boolean inside = false;
            for (int i = 0; i < text.length(); i++) {
                boolean letter = Character.isLetterOrDigit(text.charAt(i));
                if (letter && !inside) {
                    words++;
                }
                inside = letter || (inside && !Character.isWhitespace(text.charAt(i)));
            }
        }
        return words;
    }

    private static String withoutComments(String body) {
        var text = new StringBuilder();
        int at = 0;
        while (at < body.length()) {
            int open = body.indexOf("<!--", at);
            if (open < 0) {
                return text.append(body, at, body.length()).toString();
            }
            text.append(body, at, open);
            int close = body.indexOf("-->", open);
            at = close < 0 ? body.length() : close + 3;
        }
        return text.toString();
    }
}
