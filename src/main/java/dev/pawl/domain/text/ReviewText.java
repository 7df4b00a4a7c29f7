package dev.pawl.domain.text;

import dev.pawl.domain.decide.ReviewRound;
import dev.pawl.domain.model.Untrusted;
import java.util.Optional;
import java.util.function.Function;

/** What reviewers are answered. */
public final class ReviewText {
    private static final int LONGEST_REPLY = 4_000;

    private ReviewText() {}

    /**
     * A reply in a conversation.
     *
     * @param said what the agent says to it, if anything
     * @param changed whether something was changed at all
     */
    public static String reply(Optional<Untrusted> said, boolean changed) {
        return said.map(s -> Sanitizer.markdown(s, LONGEST_REPLY).strip())
                .filter(s -> !s.isEmpty())
                .orElse(
                        changed
                                ? "This was looked at with the newest commit."
                                : "This was looked at, and nothing was changed.");
    }

    /**
     * What was answered in one round, for the issue.
     *
     * @param said what the agent says to something, by its id
     */
    public static String round(ReviewRound round, Function<String, Optional<Untrusted>> said) {
        var text = new StringBuilder("### Review: what was done\n\n");
        for (ReviewRound.Item item : round.items()) {
            String place = item.feedback()
                    .file()
                    .map(file -> Sanitizer.code(new Untrusted(file), 200))
                    .map(file -> " on `" + file.replace('`', '\'').replace('\n', ' ') + "`")
                    .orElse("");
            text.append("- What was said")
                    .append(place)
                    .append(": ")
                    .append(said.apply(item.feedback().id())
                            .map(s -> Sanitizer.line(s, 500))
                            .filter(s -> !s.isBlank())
                            .orElse("looked at"))
                    .append('\n');
        }
        return text.toString();
    }
}
