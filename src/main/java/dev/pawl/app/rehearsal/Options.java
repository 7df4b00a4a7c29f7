package dev.pawl.app.rehearsal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to rehearse.
 *
 * @param scenario the walk
 * @param policy a policy file to rehearse instead of the sample's or the project's own
 * @param repository a folder of the user's own project, of which a copy is rehearsed on
 * @param agent the user's own agent, as an argument list; else the scripted one works and nothing is spent
 * @param step whether to wait for Enter before each invocation
 * @param keep whether the folder of the rehearsal stays
 */
public record Options(
        Scenario scenario,
        Optional<Path> policy,
        Optional<Path> repository,
        Optional<List<String>> agent,
        boolean step,
        boolean keep) {
    public Options {
        agent = agent.map(List::copyOf);
    }

    /** A walk through the sample project. */
    public static Options of(Scenario scenario) {
        return new Options(scenario, Optional.empty(), Optional.empty(), Optional.empty(), false, false);
    }
}
