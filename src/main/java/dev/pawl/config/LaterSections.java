package dev.pawl.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code learn}: known and checked, for versions that act on it. This version has no field for it. */
final class LaterSections {
    private LaterSections() {}

    static Optional<String> learn(Value value) {
        return words("off", "write", "commit").read(value).filter(word -> {
            if (!word.equals("off")) {
                value.refused(StageReader.later(word), Optional.empty());
            }
            return word.equals("off");
        });
    }

    private static Value.Reader<String> words(String... words) {
        Map<String, String> meanings = new LinkedHashMap<>();
        List.of(words).forEach(w -> meanings.put(w, w));
        return Scalars.word(meanings);
    }
}
