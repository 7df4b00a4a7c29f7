package dev.pawl.agent.session;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Values that must not be kept with a conversation: a program may have printed its environment, and a cache is read by
 * more people than a secret.
 *
 * @param values the values
 */
public record Secrets(List<String> values) {
    private static final Pattern SECRET = Pattern.compile(".*(?:KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL).*");
    private static final int SHORTEST = 8;
    private static final String REMOVED = "removed-by-pawl";

    public Secrets {
        values = List.copyOf(values);
    }

    /** The values of those variables, as far as their names say that they are secret. */
    public static Secrets of(Collection<String> names, Map<String, String> environment) {
        return new Secrets(names.stream()
                .filter(name -> SECRET.matcher(name).matches())
                .flatMap(name -> Optional.ofNullable(environment.get(name)).stream())
                .filter(value -> value.length() >= SHORTEST)
                .toList());
    }

    /** The text without them. */
    String removedFrom(String text) {
        String without = text;
        for (String value : values) {
            without = without.replace(value, REMOVED);
        }
        return without;
    }
}
