package dev.pawl.sandbox.api;

import dev.pawl.sandbox.http.Call;
import dev.pawl.sandbox.http.Refusal;
import dev.pawl.sandbox.world.Issue;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which issues a list shows, in which order; pull requests are among them. */
final class IssueFilter {
    private IssueFilter() {}

    static List<Issue> matching(Call call) {
        String state = call.query("state").orElse("open");
        List<String> labels =
                call.query("labels").map(l -> List.of(l.split(",", -1))).orElse(List.of());
        Optional<Instant> since = since(call);
        return call.repo().issues().values().stream()
                .filter(i -> !i.isDeleted() && i.moved() == null)
                .filter(i -> "all".equals(state) || i.isOpen() == "open".equals(state))
                .filter(i -> labels.stream().allMatch(i::hasLabel))
                .filter(i -> since.isEmpty() || !i.updatedAt().isBefore(since.get()))
                .filter(i ->
                        call.query("creator").map(i.author()::equalsIgnoreCase).orElse(true))
                .filter(i -> call.query("assignee").map(a -> isAssigned(i, a)).orElse(true))
                .sorted(order(call))
                .toList();
    }

    private static boolean isAssigned(Issue issue, String login) {
        return switch (login) {
            case "none" -> issue.assignees().isEmpty();
            case "*" -> !issue.assignees().isEmpty();
            default -> issue.assignees().stream().anyMatch(login::equalsIgnoreCase);
        };
    }

    /** The moment in {@code since}; 422 where it is none. */
    static Optional<Instant> since(Call call) {
        try {
            return call.query("since").map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw Refusal.unprocessable("Invalid since: " + e.getParsedString());
        }
    }

    private static Comparator<Issue> order(Call call) {
        Comparator<Issue> order =
                switch (call.query("sort").orElse("created")) {
                    case "updated" -> Comparator.comparing(Issue::updatedAt).thenComparing(Issue::number);
                    case "comments" ->
                        Comparator.comparing((Issue i) ->
                                        call.repo().commentsOf(i.number()).size())
                                .thenComparing(Issue::number);
                    default -> Comparator.comparing(Issue::number);
                };
        return "asc".equals(call.query("direction").orElse("desc")) ? order : order.reversed();
    }
}
