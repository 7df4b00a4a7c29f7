package dev.pawl.config;

import java.util.LinkedHashMap;
import java.util.Optional;

/** {@code suggestions}: whether people's pull requests get suggestions when their checks fail. */
final class SuggestionsWord {
    private SuggestionsWord() {}

    static Optional<Boolean> read(Value value) {
        var words = new LinkedHashMap<String, Boolean>();
        words.put("off", false);
        words.put("on", true);
        return Scalars.word(words).read(value);
    }
}
