package dev.pawl.agent.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks, in the place of an agent and started by the very same launcher, at what an agent would be and could reach. What is
 * believed is what the kernel answers to it, not what we meant to set.
 */
record Probe(ProcessRunner runner, AgentUser user) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Prints what it is, where it may write, and the numbers of the paths that it can reach. */
    private static final String SCRIPT = """
            while read -r key value; do
                case $key in Uid: | Gid: | Groups: | CapInh: | CapPrm: | CapEff: | CapBnd: | CapAmb: | NoNewPrivs:) echo "$key $value" ;; esac
            done </proc/self/status
            if : >"$HOME/probe" && : >./probe; then echo works; fi
            number=0
            for path in "$@"; do
                number=$((number + 1))
                kind=${path%%:*}
                path=${path#*:}
                case $kind in
                opens) if (: <"$path"); then echo "reached $number"; fi ;;
                writes) if [ -w "$path" ]; then echo "reached $number"; fi ;;
                passes) if [ -r "$path" ] || [ -w "$path" ]; then echo "reached $number"; fi ;;
                closed) if [ -r "$path" ] || [ -w "$path" ] || { [ -d "$path" ] && [ -x "$path" ]; }; then echo "reached $number"; fi ;;
                esac
            done 2>/dev/null
            """;

    /** What must not be reached, and how one would. */
    record Forbidden(How how, Path path) {
        enum How {
            /** By opening it: what the kernel guards in its own way. */
            OPENS,
            /** By writing to it, such as to a socket. */
            WRITES,
            /** By reading or writing; passing through is allowed. */
            PASSES,
            /** In any way. */
            CLOSED
        }

        private String word() {
            return how.name().toLowerCase(java.util.Locale.ROOT) + ":" + path;
        }
    }

    /** What was found. */
    sealed interface Found {
        /**
         * An agent would not be what it should be.
         *
         * @param why in our words
         */
        record Failed(String why) implements Found {}

        /**
         * An agent would be a user of its own, and could reach these.
         *
         * @param reached none, where all is well
         */
        record Apart(List<Path> reached) implements Found {}
    }

    /** Looks, from a private folder in the scratch folder. */
    Found look(Path scratch, Map<String, String> environment, List<Forbidden> forbidden) {
        try (var folder = PrivateFolder.in(scratch)) {
            var argv = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "pawl-probe"));
            forbidden.forEach(f -> argv.add(f.word()));
            var passed = PassedEnvironment.of(environment, List.of(), folder.place());
            var command = new Command(argv, folder.place().temporary(), passed, PATIENCE, Duration.ofSeconds(2));
            return switch (runner.run(command)) {
                case Ended.NotFound _ -> new Found.Failed("there is no shell");
                case Ended.Ran ran -> read(ran.log().raw(), scratch, forbidden);
            };
        }
    }

    private Found read(String text, Path scratch, List<Forbidden> forbidden) {
        var said = new HashMap<String, String>();
        var reached = new ArrayList<Path>();
        text.lines().forEach(line -> {
            String[] words = line.split(" ", 2);
            if (words.length == 2 && words[0].equals("reached")) {
                reached.add(forbidden.get(Integer.parseInt(words[1]) - 1).path());
            } else {
                said.put(words[0], words.length == 2 ? words[1].strip() : "");
            }
        });
        return different(said)
                .<Found>map(Found.Failed::new)
                .orElseGet(() -> said.containsKey("works")
                        ? new Found.Apart(List.copyOf(reached))
                        : new Found.Failed("the folder " + scratch + " can't be entered by other users"));
    }

    private Optional<String> different(Map<String, String> said) {
        if (!is(said, "Uid:", user.uid()) || !is(said, "Gid:", user.gid())) {
            return Optional.of("the system doesn't let Pawl start a process as another user");
        }
        if (!said.getOrDefault("Groups:", "?").isEmpty()) {
            return Optional.of("a process of the agents' user keeps groups of Pawl's");
        }
        boolean capable = said.entrySet().stream()
                .filter(e -> e.getKey().startsWith("Cap"))
                .anyMatch(e -> !e.getValue().matches("0+"));
        if (capable || !said.containsKey("CapEff:")) {
            return Optional.of("a process of the agents' user keeps capabilities");
        }
        return said.getOrDefault("NoNewPrivs:", "").equals("1")
                ? Optional.empty()
                : Optional.of("a process of the agents' user may gain privileges");
    }

    /** Real, effective, saved and for files. */
    private static boolean is(Map<String, String> said, String key, long number) {
        return List.of(said.getOrDefault(key, "").split("\\s+")).equals(java.util.Collections.nCopies(4, "" + number));
    }
}
