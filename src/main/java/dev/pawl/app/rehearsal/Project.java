package dev.pawl.app.rehearsal;

import dev.pawl.sandbox.SandboxFile;
import java.util.List;
import java.util.Optional;

/**
 * What is rehearsed on.
 *
 * @param files the repository's files, without the policy
 * @param policy the policy
 * @param environment the names of the user's variables that the engine gets for the agent
 * @param agent which of the policy's agents works; empty for the policy's own choice
 * @param story what people write
 * @param remarks what the user should know beforehand
 */
record Project(
        List<SandboxFile> files,
        PolicyText policy,
        List<String> environment,
        Optional<String> agent,
        Story story,
        List<String> remarks) {
    /** Where the policy lies. */
    static final String POLICY = ".github/pawl.yml";

    Project {
        files = List.copyOf(files);
        environment = List.copyOf(environment);
        remarks = List.copyOf(remarks);
    }
}
