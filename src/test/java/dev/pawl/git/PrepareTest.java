package dev.pawl.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.Security;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.port.GitUnavailable;
import dev.pawl.domain.port.Workspace.CommitInfo;
import dev.pawl.domain.port.Workspace.Tree;
import dev.pawl.domain.secret.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A work tree is the remote's, wherever its objects came from. */
class PrepareTest {
    World world;

    @BeforeEach
    void start(@TempDir Path temp) throws IOException {
        world = new World(temp);
        for (int i = 0; i < 3; i++) {
            int n = i;
            world.commit(
                    "main",
                    f -> f.file("README.md", "v" + n + "\r\n")
                            .script("run.sh", "#!/bin/sh\n")
                            .link("ln", "src/A.java")
                            .file("src/A.java", "class A {}\n"));
        }
    }

    @AfterEach
    void end() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void withoutACheckoutEverythingComesFromTheRemote(boolean realGit) throws IOException {
        useRealGit(realGit);

        Tree tree = world.tree();

        assertThat(tree.start().value()).isEqualTo(world.head("main").name());
        assertThat(tree.base()).isEqualTo(tree.start());
        assertThat(tree.branchHead()).isEmpty();
        assertThat(tree.folder().resolve("README.md"))
                .hasContent("v2\r\n")
                .content()
                .endsWith("\r\n");
        assertThat(Files.isExecutable(tree.folder().resolve("run.sh"))).isTrue();
        assertThat(Files.isExecutable(tree.folder().resolve("README.md"))).isFalse();
        assertThat(Files.readSymbolicLink(tree.folder().resolve("ln"))).hasToString("src/A.java");
        assertThat(world.workspace().commitsSinceBase(tree)).isEmpty();
        assertThat(world.workspace().diff(tree, 1000)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aCheckoutOfTheBaseSavesTheFetch(int depth) throws Exception {
        Path checkout = world.checkout(depth);

        Tree tree = world.workspace(checkout).prepare("main", Optional.empty());

        assertThat(tree.folder().resolve("README.md")).hasContent("v2\r\n");
        assertThat(posts()).as("one to list the refs, none to fetch").isEqualTo(1);
    }

    @Test
    void aBranchOfSomebodyElsesIsLaidOutWhereItWasSeenAndNowhereElse() throws IOException {
        ObjectId seen = world.commit("topic/mine", world.head("main"), f -> f.file("README.md", "theirs\n"));

        Tree tree = world.workspace()
                .prepareAt("main", "topic/mine", new Sha(seen.name()))
                .orElseThrow();

        assertThat(tree.start().value()).isEqualTo(seen.name());
        assertThat(tree.base().value()).isEqualTo(world.head("main").name());
        assertThat(tree.folder().resolve("README.md")).hasContent("theirs\n");

        world.commit("topic/mine", f -> f.file("README.md", "newer\n"));
        assertThat(world.workspace().prepareAt("main", "topic/mine", new Sha(seen.name())))
                .isEmpty();
        assertThat(world.workspace().prepareAt("main", "nowhere", new Sha(seen.name())))
                .isEmpty();
        assertThatThrownBy(() -> world.workspace().prepareAt("main", "../main", new Sha(seen.name())))
                .isInstanceOf(GitUnavailable.class);
    }

    @Test
    void aCheckoutOfSomethingOlderIsNoHelpAndNoHarm() throws Exception {
        Path checkout = world.checkout(1);
        world.commit("main", f -> f.file("README.md", "newer\n"));

        Tree tree = world.workspace(checkout).prepare("main", Optional.empty());

        assertThat(tree.folder().resolve("README.md")).hasContent("newer\n");
    }

    @Test
    void aCheckoutOfAnotherUserIsRead() throws Exception {
        Path checkout = world.checkout(1);
        int stranger = 61_234;
        boolean root = Integer.valueOf(0).equals(Files.getAttribute(world.root, "unix:uid"));
        assumeTrue(root, "only root can give files to another user");
        try (Stream<Path> files = Files.walk(checkout)) {
            for (Path file : files.toList()) {
                Files.setAttribute(file, "unix:uid", stranger, LinkOption.NOFOLLOW_LINKS);
            }
        }

        Tree tree = world.workspace(checkout).prepare("main", Optional.empty());

        assertThat(tree.folder().resolve("README.md")).hasContent("v2\r\n");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aFolderThatIsNoRepositoryIsNoHelpAndNoHarm() throws Exception {
        Path checkout = Files.createDirectory(world.root.resolve("plain"));
        Files.writeString(checkout.resolve(".git"), "gitdir: /nowhere\n");

        assertThat(world.workspace(checkout).prepare("main", Optional.empty()).folder())
                .isDirectory();
    }

    @Test
    void anObjectUnderAFalseNameIsFetchedInstead() throws Exception {
        Path checkout = world.checkout(1);
        ObjectId blob = ObjectId.fromString(idOf("README.md"));
        Path packs = checkout.resolve(".git/objects/pack");
        try (Stream<Path> files = Files.list(packs)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        copyLoose(world.head("main"), checkout);
        Path loose = checkout.resolve(".git/objects/" + blob.name().substring(0, 2) + "/"
                + blob.name().substring(2));
        Files.deleteIfExists(loose);
        Files.createDirectories(loose.getParent());
        try (var out = new DeflaterOutputStream(Files.newOutputStream(loose))) {
            out.write("blob 4\0evil".getBytes(StandardCharsets.UTF_8));
        }

        Tree tree = world.workspace(checkout).prepare("main", Optional.empty());

        assertThat(tree.folder().resolve("README.md")).hasContent("v2\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "shallow", "full", "real git"})
    void aBranchComesWithItsCommitsAndItsDifference(String how) throws Exception {
        ObjectId fork = world.head("main");
        @Nullable
        Path checkout = how.equals("shallow") ? world.checkout(1) : how.equals("full") ? world.checkout(0) : null;
        useRealGit(how.equals("real git"));
        ObjectId first = world.commit(World.BRANCH.value(), fork, f -> f.file("new.txt", "one\n"));
        ObjectId second = world.commit(World.BRANCH.value(), f -> f.file("new.txt", "one\ntwo\n"));
        for (int i = 0; i < 60; i++) {
            int n = i;
            world.commit("main", f -> f.file("other.txt", "main " + n + "\n"));
        }

        Tree tree = world.workspace(checkout).prepare("main", Optional.of(World.BRANCH));

        assertThat(tree.base().value()).isEqualTo(world.head("main").name());
        assertThat(tree.start().value()).isEqualTo(second.name());
        assertThat(tree.branchHead()).contains(tree.start());
        assertThat(tree.folder().resolve("new.txt")).hasContent("one\ntwo\n");
        assertThat(tree.folder().resolve("other.txt")).doesNotExist();
        assertThat(world.workspace().commitsSinceBase(tree))
                .containsExactly(
                        new CommitInfo(GitWorkspace.sha(second), "commit 5 on pawl/42-login", "ann@example.org"),
                        new CommitInfo(GitWorkspace.sha(first), "commit 4 on pawl/42-login", "ann@example.org"));
        assertThat(world.workspace().diff(tree, 10_000)).isEqualTo("""
                diff --git a/new.txt b/new.txt
                new file mode 100644
                index 0000000..814f4a4
                --- /dev/null
                +++ b/new.txt
                @@ -0,0 +1,2 @@
                +one
                +two
                """);
    }

    @Test
    void aBranchThatMergedTheBaseShowsOnlyItsOwnCommits() throws Exception {
        ObjectId fork = world.head("main");
        ObjectId own = world.commit(World.BRANCH.value(), fork, f -> f.file("new.txt", "one\n"));
        for (int i = 0; i < 70; i++) {
            int n = i;
            world.commit("main", f -> f.file("other.txt", "main " + n + "\n"));
        }
        ObjectId merge = merge(own, world.head("main"));

        Tree tree = world.workspace().prepare("main", Optional.of(World.BRANCH));

        assertThat(world.workspace().commitsSinceBase(tree))
                .extracting(c -> c.sha().value())
                .containsExactly(merge.name(), own.name());
    }

    @Test
    void aDifferenceIsCutAfterALineAndBinaryFilesAreOnlyNamed() throws Exception {
        world.commit(
                World.BRANCH.value(),
                world.head("main"),
                f -> f.file("a.bin", "\0\1\2").file("b.txt", "line\n".repeat(100)));

        Tree tree = world.workspace().prepare("main", Optional.of(World.BRANCH));

        assertThat(world.workspace().diff(tree, 10_000))
                .contains("Binary files")
                .doesNotContain("\0")
                .endsWith("+line\n");
        String cut = world.workspace().diff(tree, 333);
        assertThat(cut.length()).isBetween(320, 333);
        assertThat(cut).endsWith("+line\n");
    }

    @Test
    void eachTreeIsFreshAndNothingOutsideIsTouched() throws Exception {
        Path outside = Files.createDirectory(world.root.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "keep");
        Tree tree = world.tree();
        Files.createSymbolicLink(tree.folder().resolve("out"), outside);
        World.write(tree, "left/over.txt", "old");
        Files.setPosixFilePermissions(tree.folder().resolve("left"), PosixFilePermissions.fromString("---------"));

        Tree again = world.tree();

        assertThat(again.folder().resolve("left")).doesNotExist();
        assertThat(again.folder().resolve("out")).doesNotExist();
        assertThat(outside.resolve("precious")).hasContent("keep");
    }

    @Security
    @Test
    void theGitDirectoryIsClosedToOthersAndTheAgentsIsSelfContained() throws Exception {
        Tree tree = world.tree();

        assertThat(Files.getPosixFilePermissions(world.root.resolve("scratch/git")))
                .hasSize(3);
        Path git = tree.folder().resolve(".git");
        assertThat(git.resolve("objects/info/alternates")).doesNotExist();
        assertThat(git.resolve("config")).content().doesNotContain("remote", "http", GitServer.TOKEN);
        try (Stream<Path> files = Files.walk(git)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.getAttribute(file, "unix:nlink"))
                        .as(file.toString())
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void realGitFindsTheAgentsRepositoryClean() throws Exception {
        assumeTrue(hasGit(), "no git on this machine");
        world.commit("main", f -> f.submodule("sub").file("ü/é.txt", "x"));
        Tree tree = world.tree();

        Process git = new ProcessBuilder("git", "-c", "safe.directory=*", "status", "--porcelain")
                .directory(tree.folder().toFile())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(git.waitFor()).isZero();
    }

    @Test
    void whatIsMissingOrClosedIsSaid() {
        assertThatThrownBy(() -> world.workspace().prepare("nothere", Optional.empty()))
                .isInstanceOfSatisfying(
                        GitUnavailable.class, e -> assertThat(e.kind()).isEqualTo(GitUnavailable.Kind.MISSING));
        assertThatThrownBy(() -> world.workspace().prepare("no:branch*", Optional.empty()))
                .isInstanceOfSatisfying(
                        GitUnavailable.class, e -> assertThat(e.kind()).isEqualTo(GitUnavailable.Kind.MISSING));
        try (var other = new GitWorkspace(world.settings("ghs_wrong", null), Secrets.NONE)) {
            assertThatThrownBy(() -> other.prepare("main", Optional.empty()))
                    .hasMessageNotContaining("ghs_wrong")
                    .isInstanceOfSatisfying(
                            GitUnavailable.class, e -> assertThat(e.kind()).isEqualTo(GitUnavailable.Kind.DENIED));
        }
    }

    private void useRealGit(boolean real) {
        assumeTrue(!real || hasGit(), "no git on this machine");
        world.server.realGit = real;
    }

    static boolean hasGit() {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(d -> Files.isExecutable(Path.of(d, "git")));
    }

    private long posts() {
        return world.server.requests.stream().filter(r -> r.startsWith("POST")).count();
    }

    private String idOf(String path) throws IOException {
        try (var walk = TreeWalk.forPath(
                world.origin, path, world.origin.parseCommit(world.head("main")).getTree())) {
            return walk.getObjectId(0).name();
        }
    }

    /** Puts a commit's objects into the checkout, one file each. */
    private void copyLoose(ObjectId commit, Path checkout) throws IOException {
        try (var repository = new FileRepositoryBuilder()
                        .setGitDir(checkout.resolve(".git").toFile())
                        .build();
                var inserter = repository.newObjectInserter();
                var walk = new TreeWalk(world.origin)) {
            var parsed = world.origin.parseCommit(commit);
            for (ObjectId id : List.of(parsed.getId(), parsed.getTree().getId())) {
                var loader = world.origin.open(id);
                inserter.insert(loader.getType(), loader.getBytes());
            }
            walk.addTree(parsed.getTree());
            while (walk.next()) {
                var loader = world.origin.open(walk.getObjectId(0));
                inserter.insert(loader.getType(), loader.getBytes());
                if (walk.isSubtree()) {
                    walk.enterSubtree();
                }
            }
            inserter.flush();
        }
    }

    private ObjectId merge(ObjectId one, ObjectId other) throws IOException {
        try (var inserter = world.origin.newObjectInserter()) {
            var commit = new CommitBuilder();
            commit.setTreeId(world.origin.parseCommit(one).getTree());
            commit.setParentIds(one, other);
            var author = new PersonIdent("Ann", "ann@example.org", World.NOW.plusSeconds(500), ZoneOffset.UTC);
            commit.setAuthor(author);
            commit.setCommitter(author);
            commit.setMessage("merge");
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            world.point(World.BRANCH.ref(), id);
            return id;
        }
    }
}
