package dev.pawl.domain.text;

import dev.pawl.domain.decide.Suggestable;
import dev.pawl.domain.decide.Unsuggested;
import dev.pawl.domain.model.Check;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.state.Waiting;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is said on pull requests that aren't Pawl's: suggestions, and what goes with them. */
public final class SuggestionText {
    private static final int MOST_NAMES = 10;
    private static final int MOST_OTHERS = 10;
    private static final int LONGEST_TEXT = 1_500;
    private static final int LONGEST_LINE = 500;
    private static final int LONGEST_BLOCK = 4_000;
    private static final int SHORTEST_FENCE = 3;

    private SuggestionText() {}

    /**
     * What stands above the suggestions.
     *
     * @param due which checks failed, and where
     * @param suggestions how many suggestions there are
     * @param others what else was found
     */
    public static String review(Suggestable.Verdict.Due due, int suggestions, List<AgentResult.Finding> others) {
        var text = new StringBuilder("### ")
                .append(suggestions == 1 ? "A suggestion" : suggestions + " suggestions")
                .append(" for the failed checks\n\n")
                .append(names(due.failed()))
                .append(" failed on `")
                .append(due.pull().head().abbreviated())
                .append("`. What is suggested here is an agent's, and nobody has tried it. Pawl pushes nothing to this")
                .append(" branch: *Commit suggestion* takes one, *Add suggestion to batch* several, and *Resolve")
                .append(" conversation* puts one away.\n");
        if (!others.isEmpty()) {
            text.append("\nAlso found, and not to be suggested on a line of the diff:\n\n");
            others.stream()
                    .limit(MOST_OTHERS)
                    .forEach(finding -> text.append("- ")
                            .append(place(finding))
                            .append(Sanitizer.line(finding.text(), LONGEST_LINE))
                            .append('\n'));
            if (others.size() > MOST_OTHERS) {
                text.append("- and ").append(others.size() - MOST_OTHERS).append(" more\n");
            }
        }
        return text.toString();
    }

    private static String names(List<Check> failed) {
        List<String> names = failed.stream().map(Check::name).distinct().toList();
        String shown =
                names.stream().limit(MOST_NAMES).map(SuggestionText::code).collect(Collectors.joining(", "));
        int more = names.size() - MOST_NAMES;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }

    private static String place(AgentResult.Finding finding) {
        return finding.file()
                .map(file -> code(
                                finding.line().isPresent()
                                        ? file + ":" + finding.line().getAsInt()
                                        : file) + ": ")
                .orElse("");
    }

    private static String code(String name) {
        return "`" + Sanitizer.plain(new Untrusted(name.replace('`', '\'')), 100) + "`";
    }

    /**
     * A comment with a suggestion.
     *
     * @param text why
     * @param suggestion what takes the line's place
     * @return empty where it can't be offered as it is
     */
    public static Optional<String> remark(Untrusted text, Untrusted suggestion) {
        return block(suggestion).map(block -> {
            String words = Sanitizer.markdown(text, LONGEST_TEXT).strip();
            return (words.isEmpty() ? "" : words + "\n\n") + block + "\n";
        });
    }

    /**
     * What is suggested goes into a file as it stands, so that nothing in it is broken apart: within the fence, which is longer
     * than any in it, GitHub acts on nothing. What a reader wouldn't see, or what would have to be cut, isn't offered at all.
     */
    private static Optional<String> block(Untrusted suggestion) {
        String code = suggestion.raw().replace("\r\n", "\n");
        String kept = code.endsWith("\n") ? code.substring(0, code.length() - 1) : code;
        if (kept.isBlank() || kept.length() > LONGEST_BLOCK || kept.codePoints().anyMatch(Invisible::is)) {
            return Optional.empty();
        }
        String fence = "`".repeat(Math.max(SHORTEST_FENCE, longestRun(kept) + 1));
        return Optional.of(fence + "suggestion\n" + kept + "\n" + fence);
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    /** That suggestions were given. */
    public static String given(int suggestions, int pull) {
        return (suggestions == 1 ? "1 suggestion" : suggestions + " suggestions") + " on pull request #" + pull + ".";
    }

    /** That no agent may start now. */
    public static String waits(Waiting waiting) {
        return "Nothing is suggested: it would wait for " + Sentences.waiting(waiting);
    }

    /** That the policy asks for suggestions, and names nobody who makes them. */
    public static String noAgent(String file) {
        return "The policy says `suggestions: on`, and no agent is named for them. Name one in " + file
                + ", such as:\n\nagents:\n  mine: {kind: command, run: [./tools/agent]}\nroles: {review: mine}";
    }

    /** Why nothing was suggested. */
    public static String nothing(Unsuggested why) {
        return switch (why) {
            case NO_PULL -> "No open pull request of this repository comes from the branch that the checks ran on.";
            case EXCLUDED -> "The pull request carries a label that keeps Pawl away.";
            case NOT_PERMITTED -> "Whoever opened the pull request isn't allowed to start Pawl.";
            case UNSEEN ->
                "Not all checks of the pull request can be seen: there are too many, or the token lacks `checks: read` or"
                        + " `statuses: read`.";
            case PENDING -> "A check of the pull request hasn't ended; its end is looked at.";
            case GREEN -> "No check of the pull request failed.";
            case GIVEN -> "Suggestions for this commit and these checks were given before.";
            case ENOUGH -> "The pull request has as many reviews with suggestions as it may have.";
            case LOOKED -> "An agent looked at this commit and these checks before, and had nothing to suggest.";
            case FAILED -> "Agents failed at this commit and these checks as often as they may.";
            case STARTS -> "Agents were started for this pull request as often as they may be.";
            case MOVED -> "The pull request isn't as it was when the work began, so nothing was said.";
            case NO_RESULT -> "The agent gave no suggestions that can be used.";
            case NOTHING_FOUND -> "The agent had nothing to suggest on a line of the diff.";
        };
    }
}
