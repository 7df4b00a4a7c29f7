package dev.pawl.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code merge} and {@code learn}: known and checked, for versions that act on them. This version has no field for them. */
final class LaterSections {
    private LaterSections() {}

    static Boolean merge(Section section) {
        section.value("enabled")
                .ifPresent(value -> Scalars.flag()
                        .read(value)
                        .filter(on -> on)
                        .ifPresent(on -> value.refused(
                                "this version leaves merging to people", "Write false, or leave it out.")));
        section.read("method", words("squash", "merge", "rebase"));
        section.read("approvals", Scalars.whole(0, 10));
        section.read("checks", words("required", "all"));
        section.read("label", Words.anyLabel());
        return false;
    }

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
