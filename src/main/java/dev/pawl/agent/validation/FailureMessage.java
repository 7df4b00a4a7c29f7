package dev.pawl.agent.validation;

import dev.pawl.domain.model.Untrusted;
import java.util.ArrayList;
import java.util.List;

/** What a failure says in a few lines: its message, then the beginning of its text as far as that adds something. */
final class FailureMessage {
    private static final int LINES = 12;
    private static final int LONGEST = 2000;

    private FailureMessage() {}

    static Untrusted of(String summary, String text) {
        var lines = new ArrayList<String>();
        summary.strip().lines().limit(LINES).forEach(lines::add);
        List<String> more = text.strip().lines().limit(LINES).toList();
        if (!lines.isEmpty()
                && !more.isEmpty()
                && more.getFirst().contains(lines.getFirst().strip())) {
            lines.clear(); // the text repeats the message
        }
        more.stream().limit(LINES - lines.size()).forEach(lines::add);
        String message = String.join("\n", lines);
        return new Untrusted(message.substring(0, Math.min(message.length(), LONGEST)));
    }
}
