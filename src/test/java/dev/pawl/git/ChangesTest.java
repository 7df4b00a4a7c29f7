package dev.pawl.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.Security;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.PathRules;
import dev.pawl.domain.port.Workspace.Changes;
import dev.pawl.domain.port.Workspace.Pushed;
import dev.pawl.domain.port.Workspace.Tree;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of an agent's work becomes a commit, and what is refused. */
@Security
class ChangesTest {
    World world;
    Tree tree;

    @BeforeEach
    void start(@TempDir Path temp) throws IOException {
        world = new World(temp);
        world.commit(
                "main",
                f -> f.file("README.md", "hello\n")
                        .file("src/A.java", "class A {}\r\n")
                        .script("run.sh", "#!/bin/sh\n")
                        .link("ln", "src/A.java")
                        .link("abroad", "/etc/hosts")
                        .file(".gitignore", "target/\n*.log\n!keep.log\n")
                        .file("target/tracked.txt", "tracked although ignored\n")
                        .file(".github/workflows/ci.yml", "on: push\n")
                        .file(".gitattributes", "* text=auto eol=lf filter=evil\n")
                        .submodule("sub/module"));
        tree = world.tree();
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void nothingChangedIsNone() {
        assertThat(world.changes(tree)).isEqualTo(new Changes.None());
    }

    @Test
    void filesAddedChangedDeletedAndMadeExecutableAreAccepted() throws IOException {
        World.write(tree, "README.md", "hello again\n");
        World.write(tree, "src/new/B.java", "class B {}\r\n");
        Files.delete(tree.folder().resolve("run.sh"));
        Files.setPosixFilePermissions(
                tree.folder().resolve("src/A.java"), PosixFilePermissions.fromString("rwx------"));
        Files.delete(tree.folder().resolve("ln"));
        Files.createSymbolicLink(tree.folder().resolve("ln"), Path.of("README.md"));

        Changes.Accepted accepted = accepted();
        assertThat(accepted.files()).containsExactly("README.md", "ln", "run.sh", "src/A.java", "src/new/B.java");

        ObjectId pushed = push(accepted);
        assertThat(world.blob(pushed, "README.md")).isEqualTo("hello again\n");
        assertThat(world.blob(pushed, "src/new/B.java")).isEqualTo("class B {}\r\n");
        assertThat(world.blob(pushed, "src/A.java")).isEqualTo("class A {}\r\n");
        assertThat(world.mode(pushed, "src/A.java")).isEqualTo(FileMode.EXECUTABLE_FILE);
        assertThat(world.blob(pushed, "ln")).isEqualTo("README.md");
        assertThat(world.mode(pushed, "ln")).isEqualTo(FileMode.SYMLINK);
        assertThat(world.mode(pushed, "run.sh")).isEqualTo(FileMode.MISSING);
        assertThat(world.blob(pushed, "abroad")).isEqualTo("/etc/hosts");
        assertThat(world.mode(pushed, "sub/module")).isEqualTo(FileMode.GITLINK);
        assertThat(world.blob(pushed, "target/tracked.txt")).startsWith("tracked");
    }

    @Test
    void aFileMayBecomeAFolderAndAFolderAFile() throws IOException {
        Files.delete(tree.folder().resolve("README.md"));
        World.write(tree, "README.md/part.md", "x");
        Folders.remove(tree.folder().resolve("src"));
        World.write(tree, "src", "y");

        ObjectId pushed = push(accepted());

        assertThat(world.blob(pushed, "README.md/part.md")).isEqualTo("x");
        assertThat(world.blob(pushed, "src")).isEqualTo("y");
    }

    @Test
    void ignoredFilesAreLeftOutTrackedOnesNever() throws IOException {
        World.write(tree, "target/classes/A.class", "x");
        World.write(tree, "src/deep/debug.log", "x");
        World.write(tree, "src/deep/keep.log", "x");
        World.write(tree, "target/tracked.txt", "changed\n");

        assertThat(accepted().files()).containsExactly("src/deep/keep.log", "target/tracked.txt");
    }

    @Test
    void anAgentMayIgnoreMoreButNotLess() throws IOException {
        World.write(tree, ".gitignore", "!target/\nbuild/\n");
        World.write(tree, "target/A.class", "x");
        World.write(tree, "build/A.class", "x");
        World.write(tree, "web/.gitignore", "/node_modules\n");
        World.write(tree, "web/node_modules/left-pad/index.js", "x");
        World.write(tree, "web/index.js", "x");

        assertThat(accepted().files()).containsExactly(".gitignore", "web/.gitignore", "web/index.js");
    }

    @Test
    void anyGitFolderIsPassedOver() throws IOException {
        World.write(tree, "vendor/lib/.git/config", "[core]\n\tfsmonitor = touch /tmp/x\n");
        World.write(tree, "vendor/lib/lib.c", "x");
        World.write(tree, "other/.git", "gitdir: /etc\n");

        ObjectId pushed = push(accepted());

        assertThat(world.mode(pushed, "vendor/lib/lib.c")).isEqualTo(FileMode.REGULAR_FILE);
        assertThat(world.mode(pushed, "vendor/lib/.git/config")).isEqualTo(FileMode.MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".github/workflows/new.yml",
                ".GitHub/workflows/new.yml",
                ".github\\workflows\\new.yml",
                ".g\u200cithub/x.yml",
                "\uff0egithub/x.yml",
                ".github./x.yml",
                ".github",
                "docs/CODEOWNERS",
                "claude.md",
                "deep/er/AGENTS.md",
                "agents.md::$DATA",
                ".claude/settings.json",
                ".gitmodules",
                "sub/.gitattributes"
            })
    @DisplayName("SEC-10 protected paths are refused however they are spelled")
    void protectedPathsAreRefusedHoweverTheyAreSpelled(String path) throws IOException {
        Folders.remove(tree.folder().resolve(".github"));
        Files.createDirectories(tree.folder().resolve(".github/workflows"));
        World.write(tree, ".github/workflows/ci.yml", "on: push\n");
        if (path.equals(".github")) {
            Folders.remove(tree.folder().resolve(".github"));
        }
        World.write(tree, path, "x");

        assertThat(reasons()).contains(OneLine.path(path) + " is protected: a person has to change it.");
    }

    @Test
    @DisplayName("SEC-10 changing and deleting protected files is refused too")
    void changingAndDeletingProtectedFilesIsRefusedToo() throws IOException {
        World.write(tree, ".github/workflows/ci.yml", "on: pull_request_target\n");
        Files.delete(tree.folder().resolve(".gitattributes"));

        assertThat(reasons())
                .containsExactly(
                        "`.gitattributes` is protected: a person has to change it.",
                        "`.github/workflows/ci.yml` is protected: a person has to change it.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".GIT/config",
                "git~1/config",
                "a/.g\u200cit/hooks/x",
                ".git\u200d",
                ".Git ",
                "x/.git./y",
                ".git\\hooks\\x",
                ".git::$INDEX_ALLOCATION/x"
            })
    @DisplayName("SEC-15 names that are gits somewhere are refused")
    void namesThatAreGitsSomewhereAreRefused(String path) throws IOException {
        World.write(tree, path, "x");

        assertThat(reasons()).contains(OneLine.path(path) + " has a name that git keeps for itself.");
    }

    @ParameterizedTest
    @CsvSource({
        "l, /etc/passwd",
        "l, ../outside",
        "src/l, ../../outside",
        "src/l, a/../../../outside",
        "l, abroad/x",
        "l, .git/config",
        "l, src/.GIT/config",
        "l, l"
    })
    @DisplayName("SEC-15 links that leave are refused")
    void linksThatLeaveAreRefused(String path, String target) throws IOException {
        Files.createSymbolicLink(tree.folder().resolve(path), Path.of(target));

        assertThat(reasons()).containsExactly("`" + path + "` is a link that doesn't stay inside the repository.");
    }

    @Test
    void linksThatLeaveTogetherAreRefused() throws IOException {
        Files.createDirectories(tree.folder().resolve("d/e/f"));
        Files.createSymbolicLink(tree.folder().resolve("d/e/f/up"), Path.of("../../.."));
        Files.createSymbolicLink(tree.folder().resolve("d/e/f/out"), Path.of("up/../x"));

        assertThat(reasons()).containsExactly("`d/e/f/out` is a link that doesn't stay inside the repository.");
    }

    @Test
    @DisplayName("SEC-15 a file turned into a link is not read")
    void aFileTurnedIntoALinkIsNotRead() throws IOException {
        Files.delete(tree.folder().resolve("README.md"));
        Files.createSymbolicLink(tree.folder().resolve("README.md"), Path.of("/etc/passwd"));

        assertThat(reasons()).containsExactly("`README.md` is a link that doesn't stay inside the repository.");
    }

    @Test
    void aFolderTurnedIntoALinkIsNotEntered() throws IOException {
        Folders.remove(tree.folder().resolve("src"));
        Files.createSymbolicLink(tree.folder().resolve("src"), Path.of("target"));

        assertThat(accepted().files()).containsExactly("src", "src/A.java");
    }

    @Test
    @DisplayName("SEC-15 pipes and sockets are refused")
    void pipesAndSocketsAreRefused() throws Exception {
        Process mkfifo =
                new ProcessBuilder("mkfifo", tree.folder().resolve("pipe").toString()).start();
        assumeTrue(mkfifo.waitFor() == 0, "no mkfifo on this machine");
        Path socket = tree.folder().resolve("s");
        assumeTrue(socket.toString().length() < 100, "the folder's path is too long for a socket");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));

            assertThat(reasons())
                    .containsExactly(
                            "`pipe` is neither a file nor a folder nor a link.",
                            "`s` is neither a file nor a folder nor a link.");
        }
    }

    @ParameterizedTest
    @CsvSource({"readme.md, README.md", "SRC/B.java, src", "stra\u00dfe.txt, strasse.txt", "caf\u00e9, cafe\u0301"})
    @DisplayName("SEC-15 names that collide are refused")
    void namesThatCollideAreRefused(String path, String other) throws IOException {
        World.write(tree, path, "x");
        if (!Files.exists(tree.folder().resolve(other))) {
            World.write(tree, other, "y");
        }

        assertThat(reasons()).singleElement().asString().endsWith(" are the same name on some systems.");
    }

    @Test
    void renamingInCaseOnlyIsNoCollision() throws IOException {
        Files.move(tree.folder().resolve("README.md"), tree.folder().resolve("Readme.md"));

        assertThat(accepted().files()).containsExactly("README.md", "Readme.md");
    }

    @Test
    void namesThatCannotBeSeenAreRefusedAndShownClean() throws IOException {
        World.write(tree, "a\nb\u001b[31m\u202e.txt", "x");

        assertThat(reasons()).containsExactly("`a?b?[31m?.txt` has characters in its name that can't be seen.");
    }

    @Test
    @DisplayName("SEC-29 too many files are refused")
    void tooManyFilesAreRefused() throws IOException {
        for (int i = 100; i < 300; i++) {
            World.write(tree, "many/" + i, "x");
        }

        assertThat(reasons()).containsExactly("The change touches more than 100 files; `many/200` is one too many.");
    }

    @Test
    @DisplayName("SEC-29 too many deletions are refused")
    void tooManyDeletionsAreRefused() {
        var rules = new PathRules(List.of(), 1, 100);
        tree.folder().resolve("README.md").toFile().delete();
        tree.folder().resolve("run.sh").toFile().delete();

        assertThat(world.workspace().changes(tree, rules))
                .isEqualTo(new Changes.Refused(
                        List.of("The change touches more than 1 files; `run.sh` is one too many.")));
    }

    @Test
    @DisplayName("SEC-29 a huge sparse file is refused unread")
    void aHugeSparseFileIsRefusedUnread() throws IOException {
        try (var file = new RandomAccessFile(tree.folder().resolve("huge").toFile(), "rw")) {
            file.setLength(10L << 30);
        }

        long before = System.nanoTime();
        assertThat(reasons()).containsExactly("The change brings more than 4194304 bytes; `huge` is the largest file.");
        assertThat(System.nanoTime() - before).isLessThan(5_000_000_000L);
    }

    @Test
    void whatCannotBeReadIsRefused() throws IOException {
        boolean root = Integer.valueOf(0).equals(Files.getAttribute(world.root, "unix:uid"));
        assumeTrue(!root, "root reads everything");
        World.write(tree, "closed.txt", "x");
        World.write(tree, "closed/x.txt", "x");
        World.write(tree, "target/ignored/x.txt", "x");
        for (String path : List.of("closed.txt", "closed", "target/ignored", "README.md")) {
            Files.setPosixFilePermissions(tree.folder().resolve(path), PosixFilePermissions.fromString("---------"));
        }

        assertThat(reasons()).containsExactlyInAnyOrder("`README.md` can't be read.", "`closed` can't be read.");
        world.tree();
    }

    @Test
    void aHardLinkIsRefused() throws IOException {
        Path secret = Files.writeString(world.root.resolve("secret"), "secret");
        Files.createLink(tree.folder().resolve("mine"), secret);

        assertThat(reasons()).containsExactly("`mine` has a second name on the disk: a hard link.");
    }

    @Test
    void aSubmoduleStaysAsItIs() throws IOException {
        World.write(tree, "sub/module/inside.txt", "x");
        assertThat(world.changes(tree)).isEqualTo(new Changes.None());

        Folders.remove(tree.folder().resolve("sub"));
        World.write(tree, "sub", "x");
        assertThat(reasons())
                .containsExactly("`sub` stands in the place of a submodule or of a file that can't be shown here.");
    }

    @Test
    void aNameThatIsNotUtf8StaysInTheCommit() throws IOException {
        byte[] name = "caf\u00e9.txt".getBytes(StandardCharsets.ISO_8859_1);
        ObjectId start = world.commit("main", f -> f.raw(name, "old\n"));
        tree = world.tree();
        World.write(tree, "README.md", "changed\n");

        ObjectId pushed = push(accepted());

        assertThat(world.blob(pushed, "caf\u00e9.txt")).isEmpty();
        assertThat(entries(pushed)).isEqualTo(entries(start));
    }

    @Test
    void whatWasCheckedIsWhatIsCommitted() throws IOException {
        World.write(tree, "README.md", "checked\n");
        Changes.Accepted accepted = accepted();
        World.write(tree, "README.md", "swapped\n");

        assertThat(world.blob(push(accepted), "README.md")).isEqualTo("checked\n");
    }

    @Test
    void onlyWhatWasAcceptedHereCanBeCommitted() {
        var forged = new Changes.Accepted(List.of("README.md"));

        assertThatThrownBy(() -> world.workspace().commit(tree, forged, World.message("x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSameInputGivesTheSameCommit() throws IOException {
        World.write(tree, "README.md", "changed\n");
        Sha one = world.workspace().commit(tree, accepted(), World.message("feat: x (#42)\n\nPawl-Run: 1\n"));
        Sha two = world.workspace().commit(tree, accepted(), World.message("feat: x (#42)\n\nPawl-Run: 1\n"));
        assertThat(one).isEqualTo(two);

        assertThat(world.workspace().push(tree, one, World.BRANCH)).isEqualTo(new Pushed.Done());
        var commit = world.origin.parseCommit(ObjectId.fromString(one.value()));
        assertThat(new String(commit.getRawBuffer(), StandardCharsets.UTF_8))
                .isEqualTo("""
                tree %s
                parent %s
                author pawl <pawl@example.org> 1795169730 +0000
                committer pawl <pawl@example.org> 1795169730 +0000

                feat: x (#42)

                Pawl-Run: 1
                """.formatted(commit.getTree().name(), tree.start()));
    }

    private Changes.Accepted accepted() {
        Changes changes = world.changes(tree);
        assertThat(changes).isInstanceOf(Changes.Accepted.class);
        return (Changes.Accepted) changes;
    }

    private List<String> reasons() {
        Changes changes = world.changes(tree);
        assertThat(changes).isInstanceOf(Changes.Refused.class);
        return ((Changes.Refused) changes).reasons();
    }

    private ObjectId push(Changes.Accepted accepted) {
        Sha commit = world.workspace().commit(tree, accepted, World.message("work"));
        assertThat(world.workspace().push(tree, commit, World.BRANCH)).isEqualTo(new Pushed.Done());
        return ObjectId.fromString(commit.value());
    }

    private int entries(ObjectId commit) throws IOException {
        try (var reader = world.origin.newObjectReader()) {
            return StartTree.of(reader, commit).entries().size();
        }
    }
}
