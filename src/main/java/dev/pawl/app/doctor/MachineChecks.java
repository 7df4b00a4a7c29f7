package dev.pawl.app.doctor;

import dev.pawl.agent.process.Command;
import dev.pawl.agent.process.Programs;
import dev.pawl.domain.report.Checkup;
import dev.pawl.domain.report.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks at the machine that Pawl runs on.
 *
 * @param system the system's name and its processor
 * @param pawl what Pawl calls itself
 * @param environment our own environment
 */
record MachineChecks(String system, String pawl, Map<String, String> environment) {
    private static final String AREA = "machine";

    void look(Checkup checkup) {
        checkup.finds(
                system.startsWith("Linux")
                        ? Finding.ok(AREA, "system", system + ", " + pawl + ".")
                        : Finding.note(
                                AREA,
                                "system",
                                system + ", " + pawl + ": Pawl is tested on Linux.",
                                "Rehearse here as you like, and let the real runs be on Linux."));
        checkup.finds(file("git")
                .map(file -> Finding.ok(AREA, "git", "git is " + file + "."))
                .orElseGet(() -> Finding.note(
                        AREA,
                        "git",
                        "There is no git on the PATH. Pawl needs none, but agents and tests mostly do.",
                        "Install git where Pawl runs.")));
        List<String> missing = Stream.of("setsid", "setpriv")
                .filter(name -> file(name).isEmpty())
                .toList();
        checkup.finds(
                missing.isEmpty()
                        ? Finding.ok(AREA, "processes", "setsid and setpriv are there.")
                        : Finding.note(
                                AREA,
                                "processes",
                                "There is no " + String.join(" and no ", missing)
                                        + " on the PATH: agents' processes are kept apart less well.",
                                "Install the package util-linux."));
    }

    private Optional<Path> file(String program) {
        var path = Map.of("PATH", environment.getOrDefault("PATH", ""));
        return Programs.find(new Command(List.of(program), Path.of(""), path, Duration.ZERO, Duration.ZERO));
    }
}
