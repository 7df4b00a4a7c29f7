package dev.pawl.agent.process;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The environment of a process, by allow-list: what every program needs, a home and a temporary folder of its own, and
 * the names that are asked for. The runner's own names never pass, whoever asks (SEC-03 of the threat model).
 */
public final class PassedEnvironment {
    private static final List<String> ALWAYS = List.of("PATH", "LANG", "LC_ALL", "TERM");
    private static final List<String> NEVER = List.of("INPUT_", "GITHUB_", "ACTIONS_", "RUNNER_");

    private PassedEnvironment() {}

    /**
     * Makes the environment.
     *
     * @param ours the environment that we were started with
     * @param asked names that may pass as well
     * @param place where the process may keep its own files
     */
    public static Map<String, String> of(Map<String, String> ours, Collection<String> asked, Place place) {
        var passed = new HashMap<String, String>();
        for (String name : ALWAYS) {
            pass(ours, name, passed);
        }
        for (String name : asked) {
            if (!refused(name)) {
                pass(ours, name, passed);
            }
        }
        passed.put("HOME", place.home().toString());
        passed.put("TMPDIR", place.temporary().toString());
        return Map.copyOf(passed);
    }

    /** Whether the name is one that never passes. */
    public static boolean refused(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return NEVER.stream().anyMatch(upper::startsWith);
    }

    private static void pass(Map<String, String> ours, String name, Map<String, String> passed) {
        String value = ours.get(name);
        if (value != null) {
            passed.put(name, value);
        }
    }

    /**
     * Where a process may keep its own files.
     *
     * @param home its home folder, thrown away afterwards
     * @param temporary its folder for temporary files, thrown away afterwards
     */
    public record Place(Path home, Path temporary) {}
}
