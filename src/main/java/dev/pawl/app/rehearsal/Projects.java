package dev.pawl.app.rehearsal;

import dev.pawl.sandbox.SandboxFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts together what is rehearsed on. */
final class Projects {
    private Projects() {}

    /**
     * The project for these options.
     *
     * @param folder where the scripted agent may lie when the project has none
     * @throws UnreadableProject when the user's own project or policy can't be read
     */
    static Project of(Options options, Path folder) {
        var remarks = new ArrayList<String>();
        List<SandboxFile> files =
                options.repository().map(TrackedFiles::of).orElseGet(() -> Sample.files(options.scenario()));
        PolicyText policy = options.policy()
                .map(Projects::read)
                .or(() -> ofProject(files))
                .orElseGet(() -> {
                    remarks.add("The project has no " + Project.POLICY
                            + " yet; the rehearsal takes one with defaults only.");
                    return new PolicyText("version: 1\n");
                });
        Story story =
                options.repository().isPresent() ? Story.ofOwn(options.scenario()) : Story.ofSample(options.scenario());
        List<SandboxFile> others =
                files.stream().filter(f -> !f.path().equals(Project.POLICY)).toList();
        if (options.agent().isPresent()) {
            List<String> environment = policy.environment();
            PolicyText changed = policy.withAgent(options.agent().get(), environment);
            return new Project(others, changed, environment, Optional.of(PolicyText.AGENT), story, remarks);
        }
        if (policy.equals(Sample.policy())) {
            return new Project(others, policy, List.of(), Optional.empty(), story, remarks);
        }
        remarks.add("A scripted agent works in place of yours, so nothing is spent; --agent takes another command.");
        PolicyText changed = policy.withAgent(List.of(scripted(folder).toString()), List.of());
        return new Project(others, changed, List.of(), Optional.of(PolicyText.AGENT), story, remarks);
    }

    private static PolicyText read(Path file) {
        try {
            return new PolicyText(Files.readString(file));
        } catch (IOException e) {
            throw new UnreadableProject("the policy " + file + " can't be read: " + e.getMessage());
        }
    }

    private static Optional<PolicyText> ofProject(List<SandboxFile> files) {
        return files.stream()
                .filter(f -> f.path().equals(Project.POLICY))
                .findFirst()
                .map(f -> new PolicyText(new String(f.content().get(), StandardCharsets.UTF_8)));
    }

    private static Path scripted(Path folder) {
        try {
            Path agent = folder.resolve("scripted-agent");
            Files.writeString(agent, Sample.agent());
            return Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
