package dev.pawl.domain.stage;

import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.ChangedFile;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.text.SuggestionText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What becomes of an agent's findings on a pull request that isn't ours.
 *
 * @param remarks suggestions, each on a line of its own within the diff
 * @param others what can't be one
 */
public record Suggestions(List<Effect.EnsureSuggestions.Remark> remarks, List<AgentResult.Finding> others) {
    /** So many suggestions a review holds at most. */
    public static final int MOST = 10;

    public Suggestions {
        remarks = List.copyOf(remarks);
        others = List.copyOf(others);
    }

    /**
     * Sorts them out; what blocks goes first.
     *
     * @param findings what the agent found
     * @param files what the pull request changes: the forge takes comments on lines that its diff shows, and no others
     */
    public static Suggestions of(List<AgentResult.Finding> findings, List<ChangedFile> files) {
        Map<String, SortedSet<Integer>> lines = new HashMap<>();
        files.stream().filter(f -> !f.removed()).forEach(f -> lines.put(f.path(), f.lines()));
        var taken = new HashSet<String>();
        var remarks = new ArrayList<Effect.EnsureSuggestions.Remark>();
        var others = new ArrayList<AgentResult.Finding>();
        findings.stream()
                .sorted(Comparator.comparing(f -> !f.blocking()))
                .forEach(finding -> remark(finding, lines)
                        .filter(remark -> remarks.size() < MOST && taken.add(remark.path() + ":" + remark.from()))
                        .ifPresentOrElse(remarks::add, () -> others.add(finding)));
        return new Suggestions(remarks, others);
    }

    private static Optional<Effect.EnsureSuggestions.Remark> remark(
            AgentResult.Finding finding, Map<String, SortedSet<Integer>> lines) {
        if (finding.file().isEmpty()
                || finding.line().isEmpty()
                || finding.suggestion().isEmpty()) {
            return Optional.empty();
        }
        String path = finding.file().get();
        int line = finding.line().getAsInt();
        SortedSet<Integer> shown = lines.get(path);
        return shown != null && shown.contains(line)
                ? SuggestionText.remark(finding.text(), finding.suggestion().get())
                        .map(body -> new Effect.EnsureSuggestions.Remark(path, line, line, body))
                : Optional.empty();
    }
}
