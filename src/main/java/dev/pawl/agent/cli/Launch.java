package dev.pawl.agent.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a program is started.
 *
 * @param arguments its arguments, without the program
 * @param environment its variables, besides those that every agent gets
 * @param files what must lie in its home: contents by path
 */
record Launch(List<String> arguments, Map<String, String> environment, Map<String, String> files) {
    Launch {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        files = Map.copyOf(files);
    }

    /** Puts one together. */
    static final class Builder {
        private final List<String> arguments = new ArrayList<>();
        private final Map<String, String> environment = new HashMap<>();
        private final Map<String, String> files = new HashMap<>();

        Builder with(String... words) {
            arguments.addAll(List.of(words));
            return this;
        }

        Builder set(String name, String value) {
            environment.put(name, value);
            return this;
        }

        Builder file(String path, String content) {
            files.put(path, content);
            return this;
        }

        Launch build() {
            return new Launch(arguments, environment, files);
        }
    }
}
