package dev.pawl.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.sandbox.world.Access;
import dev.pawl.sandbox.world.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.TransportException;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitOverHttpTest {
    private static final PersonIdent AUTHOR = new PersonIdent("pawl", "pawl@example.org");

    private Path folder;
    private World world;

    @BeforeEach
    void open(@TempDir Path temporary) {
        folder = temporary;
        world = new World(folder.resolve("github"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aPushByJGitMovesTheHeadOfItsPullRequest() throws Exception {
        world.alice.pushes(world.repo, "topic", Map.of("b.txt", "b"));
        SandboxPullRequest pull = world.alice.opensPullRequest(world.repo, "topic", "T", "");
        try (Git git = cloned(world.github.actionsToken(), 1)) {
            git.checkout()
                    .setName("topic")
                    .setCreateBranch(true)
                    .setStartPoint("origin/topic")
                    .call();
            String commit = committed(git, "b.txt", "more");

            assertThat(pushed(git, world.github.actionsToken(), "topic").getStatus())
                    .isEqualTo(RemoteRefUpdate.Status.OK);

            assertThat(pull.headSha()).isEqualTo(commit);
            assertThat(world.repo.ref("refs/pull/1/head")).hasValue(commit);
            assertThat(world.repo.file("topic", "b.txt")).hasValue("more");
        }
    }

    @Test
    void anInstallationTokenMayNotTouchWorkflows() throws Exception {
        try (Git git = cloned(world.github.actionsToken(), 0)) {
            committed(git, ".github/workflows/evil.yml", "on: push\n");

            RemoteRefUpdate refused = pushed(git, world.github.actionsToken(), "main");
            assertThat(refused.getStatus()).isEqualTo(RemoteRefUpdate.Status.REJECTED_OTHER_REASON);
            assertThat(refused.getMessage())
                    .isEqualTo("refusing to allow a GitHub App to create or update workflow"
                            + " `.github/workflows/evil.yml` without `workflows` permission");

            assertThat(pushed(git, world.alice.token(), "main").getStatus()).isEqualTo(RemoteRefUpdate.Status.OK);
        }
    }

    @Test
    void withoutATokenOrTheRightNothingIsPushed() throws Exception {
        assertThatThrownBy(() -> cloned("wrong", 0))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("not authorized");
        world.repo.settings(s -> s.tokenScope(Scope.CONTENTS, Access.READ));
        try (Git git = cloned(world.github.actionsToken(), 0)) {
            committed(git, "c.txt", "c");
            assertThatThrownBy(() -> pushed(git, world.github.actionsToken(), "main"))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("git-receive-pack not permitted");
        }
    }

    @Test
    void aPushThatExpectsAnotherCommitIsRefused() throws Exception {
        try (Git git = cloned(world.alice.token(), 0)) {
            committed(git, "c.txt", "mine");
            world.octo.pushes(world.repo, "main", Map.of("c.txt", "theirs"));

            assertThat(pushed(git, world.alice.token(), "main").getStatus())
                    .isEqualTo(RemoteRefUpdate.Status.REJECTED_NONFASTFORWARD);
            assertThat(world.repo.file("main", "c.txt")).hasValue("theirs");
        }
    }

    @Test
    void theGitClientClonesShallowAndPushesMuch() throws Exception {
        Path work = folder.resolve("work");
        String url = world.repo.cloneUrl().replace("://", "://x-access-token:" + world.github.actionsToken() + "@");
        assumeTrue(git(folder, "--version") == 0);
        assertThat(git(folder, "clone", "-q", "--depth", "1", "--filter=blob:none", url, "work"))
                .isZero();
        // Beyond http.postBuffer, so that git sends in chunks after a probe.
        Files.writeString(work.resolve("big.txt"), big());
        assertThat(git(work, "add", "-A")).isZero();
        assertThat(git(work, "-c", "user.name=p", "-c", "user.email=p@x", "commit", "-qm", "feat: big"))
                .isZero();
        assertThat(git(work, "-c", "http.postBuffer=65536", "push", "-q", "origin", "HEAD:refs/heads/big"))
                .isZero();
        assertThat(git(work, "push", "-q", "origin", "HEAD:refs/pull/1/head")).isNotZero();
        assertThat(git(work, "fetch", "-q", "--unshallow")).isZero();
        assertThat(world.repo.file("big", "big.txt").orElseThrow()).hasSize(big().length());
    }

    private static String big() {
        var text = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            text.append((i * 2_654_435_761L) % 1_000_003).append('\n');
        }
        return text.toString();
    }

    private static int git(Path in, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(Arrays.asList(arguments));
        var builder = new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        Process process = builder.start();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }

    private Git cloned(String token, int depth) throws Exception {
        var clone = Git.cloneRepository()
                .setURI(world.repo.cloneUrl())
                .setCredentialsProvider(credentials(token))
                .setDirectory(folder.resolve("clone").toFile());
        return (depth > 0 ? clone.setDepth(depth).setCloneAllBranches(true) : clone).call();
    }

    private static String committed(Git git, String path, String text) throws Exception {
        Path file = git.getRepository().getWorkTree().toPath().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
        git.add().addFilepattern(path).call();
        return git.commit()
                .setMessage("feat: change")
                .setAuthor(AUTHOR)
                .setCommitter(AUTHOR)
                .setSign(false)
                .call()
                .name();
    }

    private static RemoteRefUpdate pushed(Git git, String token, String branch) throws Exception {
        return git.push()
                .setCredentialsProvider(credentials(token))
                .setRefSpecs(new RefSpec("HEAD:refs/heads/" + branch))
                .call()
                .iterator()
                .next()
                .getRemoteUpdates()
                .iterator()
                .next();
    }

    private static UsernamePasswordCredentialsProvider credentials(String token) {
        return new UsernamePasswordCredentialsProvider("x-access-token", token);
    }
}
