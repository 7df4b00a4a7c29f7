package dev.pawl.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.domain.model.Sha;
import dev.pawl.domain.port.GitUnavailable;
import dev.pawl.domain.port.Workspace.Changes;
import dev.pawl.domain.port.Workspace.Pushed;
import dev.pawl.domain.port.Workspace.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A push ends in one of three ways, or with a lost connection that says so. */
class PushTest {
    World world;

    @BeforeEach
    void start(@TempDir Path temp) throws IOException {
        world = new World(temp);
        for (int i = 0; i < 3; i++) {
            int n = i;
            world.commit("main", f -> f.file("README.md", "v" + n + "\n"));
        }
    }

    @AfterEach
    void end() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "true, 0", "false, 1", "true, 1"})
    void aNewBranchThenAnotherCommitOnIt(boolean realGit, int depth) throws Exception {
        useRealGit(realGit);
        Path checkout = world.checkout(depth);
        GitWorkspace workspace = world.workspace(checkout);
        Tree tree = workspace.prepare("main", Optional.of(World.BRANCH));
        assertThat(tree.branchHead()).isEmpty();
        Sha first = commit(tree, "one");
        world.commit("main", f -> f.file("other.txt", "main moves on\n"));

        assertThat(workspace.push(tree, first, World.BRANCH)).isEqualTo(new Pushed.Done());
        assertThat(workspace.remoteHead(World.BRANCH)).contains(first);
        assertThat(workspace.push(tree, first, World.BRANCH))
                .as("the same once more")
                .isEqualTo(new Pushed.Done());

        Tree next = workspace.prepare("main", Optional.of(World.BRANCH));
        assertThat(next.start()).isEqualTo(first);
        Sha second = commit(next, "two");
        assertThat(workspace.push(next, second, World.BRANCH)).isEqualTo(new Pushed.Done());
        assertThat(workspace.commitsSinceBase(workspace.prepare("main", Optional.of(World.BRANCH))))
                .extracting(c -> c.sha())
                .containsExactly(second, first);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("SEC-27 a branch that somebody else made or moved is left alone")
    void aBranchThatSomebodyElseMadeOrMovedIsLeftAlone(boolean realGit) throws IOException {
        useRealGit(realGit);
        Tree tree = world.workspace().prepare("main", Optional.of(World.BRANCH));
        Sha ours = commit(tree, "ours");
        ObjectId theirs = world.commit(World.BRANCH.value(), world.head("main"), f -> f.file("theirs.txt", "x"));

        assertThat(world.workspace().push(tree, ours, World.BRANCH))
                .isEqualTo(new Pushed.Moved(Optional.of(GitWorkspace.sha(theirs))));
        assertThat(world.head(World.BRANCH.value())).isEqualTo(theirs);

        Tree next = world.workspace().prepare("main", Optional.of(World.BRANCH));
        Sha onTop = commit(next, "on top");
        world.origin.updateRef(World.BRANCH.ref()).delete();
        var gone = world.origin.updateRef(World.BRANCH.ref());
        gone.setForceUpdate(true);
        gone.delete();

        assertThat(world.workspace().push(next, onTop, World.BRANCH)).isEqualTo(new Pushed.Moved(Optional.empty()));
        assertThat(world.workspace().remoteHead(World.BRANCH)).isEmpty();
    }

    @Test
    @DisplayName("SEC-27 a branch that moves during the push is left alone")
    void aBranchThatMovesDuringThePushIsLeftAlone() throws IOException {
        Tree tree = world.workspace().prepare("main", Optional.of(World.BRANCH));
        Sha ours = commit(tree, "ours");
        world.server.preReceive = (pack, commands) -> {
            try {
                world.commit(World.BRANCH.value(), world.head("main"), f -> f.file("theirs.txt", "x"));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        };

        assertThat(world.workspace().push(tree, ours, World.BRANCH))
                .isEqualTo(new Pushed.Moved(Optional.of(GitWorkspace.sha(world.head(World.BRANCH.value())))));
    }

    @Test
    void aRefusalKeepsTheRemotesWordsOnOneLine() throws IOException {
        Tree tree = world.tree();
        Sha commit = commit(tree, "x");
        world.server.preReceive = (pack, commands) -> commands.forEach(
                c -> c.setResult(
                        ReceiveCommand.Result.REJECTED_OTHER_REASON,
                        "refusing to allow a GitHub App to create or update workflow `.github/workflows/x.yml` without `workflows` permission\u001b[0m"));

        assertThat(world.workspace().push(tree, commit, World.BRANCH))
                .isEqualTo(
                        new Pushed.Refused(
                                "refusing to allow a GitHub App to create or update workflow `.github/workflows/x.yml` without `workflows` permission[0m"));
    }

    @Test
    void aRealHooksRefusalIsTold() throws IOException {
        useRealGit(true);
        Path hook = world.root.resolve("origin/hooks/pre-receive");
        Files.createDirectories(hook.getParent());
        Files.writeString(
                hook,
                "#!/bin/sh\necho 'GH013: Repository rule violations found' >&2\necho \"$(printf 'y%.0s' $(seq 400))\" >&2\nexit 1\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        var config = world.origin.getConfig();
        config.unset("core", null, "hooksPath");
        config.save();
        Tree tree = world.tree();

        Pushed pushed = world.workspace().push(tree, commit(tree, "x"), World.BRANCH);

        assertThat(pushed).isInstanceOfSatisfying(Pushed.Refused.class, r -> {
            assertThat(r.reason()).startsWith("pre-receive hook declined GH013: Repository rule violations found yyy");
            assertThat(r.reason()).hasSize(300);
        });
        assertThat(world.head(World.BRANCH.value())).isEqualTo(ObjectId.zeroId());
    }

    @Test
    void aPushWhoseAnswerIsLostIsLookedUp() throws IOException {
        Tree tree = world.tree();
        Sha commit = commit(tree, "x");
        world.server.loseAnswer = exchange -> {
            boolean push = exchange.getRequestURI().getPath().endsWith("/git-receive-pack");
            if (push) {
                exchange.close();
            }
            return push;
        };

        assertThat(world.workspace().push(tree, commit, World.BRANCH)).isEqualTo(new Pushed.Done());
        assertThat(world.server.requests)
                .filteredOn(r -> r.startsWith("POST") && r.endsWith("receive-pack"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"500, LOST", "503, LOST", "403, DENIED", "401, DENIED", "404, MISSING"})
    void aServersTroubleHasAKind(int status, GitUnavailable.Kind kind) throws IOException {
        Tree tree = world.tree();
        Sha commit = commit(tree, "x");
        int before = world.server.requests.size();
        world.server.instead = exchange -> {
            GitServer.status(exchange, status);
            return true;
        };

        assertThatThrownBy(() -> world.workspace().push(tree, commit, World.BRANCH))
                .hasMessageNotContaining(GitServer.TOKEN)
                .isInstanceOfSatisfying(
                        GitUnavailable.class, e -> assertThat(e.kind()).isEqualTo(kind));
        assertThat(world.server.requests.size() - before)
                .as("nothing is repeated")
                .isLessThanOrEqualTo(4);
    }

    private Sha commit(Tree tree, String text) throws IOException {
        World.write(tree, "work.txt", text + "\n");
        Changes changes = world.changes(tree);
        assertThat(changes).isInstanceOf(Changes.Accepted.class);
        return world.workspace().commit(tree, (Changes.Accepted) changes, World.message(text));
    }

    private void useRealGit(boolean real) {
        assumeTrue(!real || PrepareTest.hasGit(), "no git on this machine");
        world.server.realGit = real;
    }
}
