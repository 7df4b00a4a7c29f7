package dev.pawl.app.rehearsal;

import dev.pawl.sandbox.Person;
import dev.pawl.sandbox.SandboxFile;
import dev.pawl.sandbox.SandboxGitHub;
import dev.pawl.sandbox.SandboxRepository;
import dev.pawl.sandbox.world.Role;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;

/**
 * Where a walk takes place.
 *
 * @param github the embedded GitHub
 * @param repository the repository
 * @param maintainer somebody who may steer Pawl
 * @param author somebody who opens issues and may nothing else
 */
record Scene(SandboxGitHub github, SandboxRepository repository, Person maintainer, Person author)
        implements AutoCloseable {
    private static final String NAME = "octo/shop";

    /** Sets it up; the git repository lies in the folder. */
    static Scene of(Project project, Path folder) {
        var github = SandboxGitHub.start(folder, InstantSource.system());
        var files = new ArrayList<>(project.files());
        files.add(SandboxFile.of(Project.POLICY, project.policy().text()));
        SandboxRepository repository = github.createRepository(NAME, files);
        project.policy()
                .baseBranch()
                .filter(branch -> !repository.branches().contains(branch))
                .ifPresent(branch -> repository.seeds(branch, Map.of()));
        var maintainer = github.person("maintainer", Role.NONE);
        repository.grants(maintainer, Role.MAINTAIN);
        var author = github.person("author", Role.NONE);
        repository.grants(author, Role.READ);
        return new Scene(github, repository, maintainer, author);
    }

    @Override
    public void close() {
        github.close();
    }
}
