package dev.pawl.agent.cli;

import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.port.Usage;
import java.util.List;
import java.util.Optional;

/** One agent's command line: how it is started so that nothing of the repository's configuration runs, and who reads it. */
interface Cli {
    /** The kind that the policy names it by. */
    AgentSpec.Kind kind();

    /** Its program, as it is found on the {@code PATH}. */
    String program();

    /** The npm package that has the program. */
    String source();

    /** The version that Pawl was tried with; another one mostly works, too. */
    String tried();

    /** How one gets that version. */
    default String installation() {
        return "npm install -g " + source() + "@" + tried();
    }

    /** The variables that may hold its key, the best one first. */
    List<String> keys();

    /**
     * Where its provider is, when the policy doesn't say and its key is in that variable; so that the key needn't go in. Empty
     * where only the program knows, or where the key is no mere key.
     */
    default Optional<String> provider(String key) {
        return Optional.empty();
    }

    /** Whether it works with its model through a proxy of ours as it does without; then its key needn't go in. */
    default boolean takesAProxy() {
        return true;
    }

    /** The instruction files that it would read from the repository; we read them from the base commit instead. */
    List<String> instructions();

    /** Configuration in the work tree that it can't be told to leave alone; out of its sight while it runs. */
    default List<String> hidden() {
        return List.of();
    }

    /** Whether it takes a schema and gives its result as its answer; otherwise it writes the result file. */
    default boolean answers() {
        return false;
    }

    /** Why it can't be run as the policy has it; empty when it can. */
    default Optional<String> refusal(AgentSpec agent) {
        return Optional.empty();
    }

    /** How to start it. */
    Launch launch(Job job);

    /**
     * What the policy's own command line needs besides, when that starts this program as an agent of the Agent Client Protocol:
     * what keeps the repository's configuration from running, and has it ask before it changes anything. Empty where the
     * program doesn't speak that protocol.
     */
    default Optional<Launch> protocol(Job job) {
        return Optional.empty();
    }

    /** A reader for one run's events. */
    Events events();

    /** What a run and the run that resumed it used together. */
    Usage together(Usage first, Usage resumed);

    /** How it keeps conversations. */
    Keeping keeping();

    /**
     * What an attempt used that went on with a conversation.
     *
     * @param counted the program's numbers at its end
     * @param before its numbers at the end of the attempt before
     */
    default Usage own(Usage counted, Usage before) {
        return counted;
    }
}
