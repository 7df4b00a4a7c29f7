package dev.pawl.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What has been found wrong so far. */
final class Problems {
    /** More than anybody reads; keeps a file of rubbish from becoming a flood. */
    static final int MOST = 100;

    private final String file;
    private final List<PolicyError> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(Place place, String problem) {
        add(place, problem, Optional.empty());
    }

    void add(Place place, String problem, String hint) {
        add(place, problem, Optional.of(hint));
    }

    void add(Place place, String problem, Optional<String> hint) {
        found.add(new PolicyError(file, place.line(), place.column(), place.key(), problem, hint));
    }

    boolean none() {
        return found.isEmpty();
    }

    /** The first of them, in the order of the file. */
    List<PolicyError> inOrder() {
        return found.stream()
                .sorted(Comparator.comparingInt(PolicyError::line).thenComparingInt(PolicyError::column))
                .limit(MOST)
                .toList();
    }
}
