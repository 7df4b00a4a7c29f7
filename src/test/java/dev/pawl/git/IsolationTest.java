package dev.pawl.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.Security;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.port.Backoff;
import dev.pawl.domain.port.GitUnavailable;
import dev.pawl.domain.port.Workspace.Changes;
import dev.pawl.domain.port.Workspace.Pushed;
import dev.pawl.domain.port.Workspace.Tree;
import dev.pawl.domain.secret.Secrets;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that lies in a checkout, a work tree or a home folder runs, or says where the token goes. */
@DisplayName("SEC-04")
@Security
class IsolationTest {
    World world;
    World evil;
    Path ran;

    @BeforeEach
    void start(@TempDir Path temp) throws IOException {
        ran = temp.resolve("ran");
        world = new World(Files.createDirectory(temp.resolve("good")));
        evil = new World(Files.createDirectory(temp.resolve("evil")));
        world.commit("main", f -> f.file("README.md", "hello\n").file(".gitattributes", "* filter=evil\n"));
    }

    @AfterEach
    void end() {
        world.close();
        evil.close();
    }

    @Test
    void aPoisonedCheckoutDoesNothing() throws Exception {
        Path checkout = world.checkout(1);
        poison(checkout.resolve(".git"));

        Tree tree = world.workspace(checkout).prepare("main", Optional.of(World.BRANCH));
        assertThat(tree.folder().resolve("README.md")).hasContent("hello\n");
        work(tree);

        assertNothingHappened();
    }

    @Test
    void theAgentsRepositoryIsNeverRead() throws Exception {
        Tree tree = world.tree();
        poison(tree.folder().resolve(".git"));
        Files.writeString(tree.folder().resolve(".git/HEAD"), "ref: refs/heads/evil\n");
        Files.writeString(tree.folder().resolve(".git/index"), "junk");
        Files.writeString(
                tree.folder().resolve(".git/commondir"),
                evil.root.resolve("origin").toString());
        Files.writeString(
                tree.folder().resolve(".git/objects/info/alternates"),
                evil.root.resolve("origin/objects").toString());

        work(tree);

        assertNothingHappened();
    }

    @Test
    void theHomeFolderIsNeverRead() throws Exception {
        Path home = Files.createDirectory(world.root.resolve("home"));
        Files.writeString(home.resolve(".gitconfig"), config());
        Files.createDirectories(home.resolve(".config/git"));
        Files.writeString(home.resolve(".config/git/config"), config());
        var before = FS.DETECTED.userHome();
        FS.DETECTED.setUserHome(home.toFile());
        try {
            work(world.tree());
            var seen = SystemReader.getInstance().openUserConfig(null, FS.DETECTED);
            seen.load();
            assertThat(seen.getSections()).isEmpty();
        } finally {
            FS.DETECTED.setUserHome(before);
        }

        assertNothingHappened();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307})
    void aRedirectIsNotFollowed(int status) {
        world.server.instead = exchange -> {
            exchange.getResponseHeaders()
                    .add(
                            "Location",
                            evil.server.uri() + exchange.getRequestURI().toString());
            GitServer.status(exchange, status);
            return true;
        };

        assertThatThrownBy(() -> world.tree())
                .isInstanceOfSatisfying(
                        GitUnavailable.class, e -> assertThat(e.kind()).isEqualTo(GitUnavailable.Kind.MISSING));
        assertThat(evil.server.requests).isEmpty();
    }

    @Test
    void theGateOpensForTheRepositoryOnly() throws IOException {
        var gate = new HttpGate(world.settings(GitServer.TOKEN, null));
        String server = world.server.uri().toString();

        assertThat(gate.create(URI.create(server + "/octo/repo.git/info/refs").toURL()))
                .isNotNull();
        for (String other : List.of(
                evil.server.uri() + "/octo/repo.git/info/refs",
                server + "/octo/repo.gitx/info/refs",
                server + "/octo/other.git/info/refs",
                server.replace("http:", "https:") + "/octo/repo.git/info/refs",
                server.replace("127.0.0.1", "localhost") + "/octo/repo.git/info/refs")) {
            assertThatThrownBy(() -> gate.create(URI.create(other).toURL()))
                    .as(other)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void theTokenIsSentAtOnceAndWrittenNowhere() throws Exception {
        work(world.tree());

        String pair = Base64.getEncoder()
                .encodeToString(("x-access-token:" + GitServer.TOKEN).getBytes(StandardCharsets.UTF_8));
        assertThat(world.server.authorizations).isNotEmpty().containsOnly("Basic " + pair);
        assertThat(world.settings(GitServer.TOKEN, null).toString()).doesNotContain(GitServer.TOKEN);
        try (Stream<Path> files = Files.walk(world.root.resolve("scratch"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(GitServer.TOKEN, pair);
            }
        }
    }

    @Test
    void aSilentServerIsALostConnection() throws IOException {
        try (var silent = new ServerSocket(0)) {
            var settings = new GitSettings(
                    URI.create("http://127.0.0.1:" + silent.getLocalPort()),
                    GitServer.NAME,
                    GitServer.TOKEN,
                    world.root.resolve("scratch"),
                    Optional.empty(),
                    InstantSource.fixed(World.NOW),
                    Duration.ofSeconds(1),
                    Backoff.NONE);
            try (var workspace = new GitWorkspace(settings, Secrets.NONE)) {
                assertThatThrownBy(() -> workspace.remoteHead(World.BRANCH))
                        .isInstanceOfSatisfying(
                                GitUnavailable.class, e -> assertThat(e.kind()).isEqualTo(GitUnavailable.Kind.LOST));
            }
        }
    }

    @Test
    void anExchangeThatGoesOnForTooLongIsALostConnection() {
        var hours = new AtomicInteger();
        InstantSource clock = () -> World.NOW.plus(Duration.ofHours(hours.getAndIncrement()));
        var settings = new GitSettings(
                world.server.uri(),
                GitServer.NAME,
                GitServer.TOKEN,
                world.root.resolve("scratch"),
                Optional.empty(),
                clock,
                Duration.ofSeconds(5),
                Backoff.NONE);
        try (var workspace = new GitWorkspace(settings, Secrets.NONE)) {
            assertThatThrownBy(() -> workspace.prepare("main", Optional.empty()))
                    .isInstanceOfSatisfying(
                            GitUnavailable.class, e -> assertThat(e.kind()).isEqualTo(GitUnavailable.Kind.LOST));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "file:///tmp, a/b",
        "https://user:pw@github.com, a/b",
        "https:///x, a/b",
        "https://github.com, ../b",
        "https://github.com, a/..",
        "https://github.com, a",
        "https://github.com, a/b/c",
        "https://github.com, a/b?x"
    })
    void anAddressThatIsNoRepositoryIsRefused(String server, String name) {
        assertThatThrownBy(() -> new GitSettings(
                        URI.create(server),
                        name,
                        "t",
                        world.root,
                        Optional.empty(),
                        InstantSource.fixed(World.NOW),
                        Duration.ofSeconds(1),
                        Backoff.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aShallowHistoryCanBeMadeWhole(boolean realGit) throws IOException {
        world.server.realGit = realGit && PrepareTest.hasGit();
        for (int i = 0; i < 5; i++) {
            int n = i;
            world.commit("main", f -> f.file("README.md", "v" + n + "\n"));
        }
        try (var ours = Repositories.bare(world.root.resolve("ours"))) {
            var remote = new Remote(world.settings(GitServer.TOKEN, null), ours);
            var specs = List.of(new RefSpec("+refs/heads/main:refs/pawl/base"));

            remote.fetch(specs, 2);
            assertThat(ours.getObjectDatabase().getShallowCommits()).hasSize(1);
            remote.fetch(specs, Remote.WHOLE);

            assertThat(ours.getObjectDatabase().getShallowCommits()).isEmpty();
            assertThat(History.since(ours, world.head("main"), world.head("main"), 9))
                    .isEmpty();
            try (var walk = new RevWalk(ours)) {
                walk.markStart(walk.parseCommit(world.head("main")));
                assertThat(walk).hasSize(6);
            }
        }
    }

    private void work(Tree tree) throws IOException {
        World.write(tree, "README.md", "changed\n");
        Changes changes = world.changes(tree);
        assertThat(changes).isEqualTo(new Changes.Accepted(List.of("README.md")));
        Sha commit = world.workspace().commit(tree, (Changes.Accepted) changes, World.message("work"));
        assertThat(world.workspace().push(tree, commit, World.BRANCH)).isEqualTo(new Pushed.Done());
        assertThat(world.blob(world.head(World.BRANCH.value()), "README.md")).isEqualTo("changed\n");
        world.workspace().diff(world.workspace().prepare("main", Optional.of(World.BRANCH)), 1000);
    }

    private void assertNothingHappened() {
        assertThat(ran).doesNotExist();
        assertThat(evil.server.requests).isEmpty();
    }

    private void poison(Path git) throws Exception {
        Files.createDirectories(git.resolve("hooks"));
        for (String hook : List.of(
                "pre-commit",
                "commit-msg",
                "prepare-commit-msg",
                "post-commit",
                "pre-push",
                "post-checkout",
                "pre-receive",
                "update",
                "reference-transaction",
                "post-index-change")) {
            Path file = git.resolve("hooks").resolve(hook);
            Files.writeString(file, "#!/bin/sh\necho " + hook + " >> " + ran + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.writeString(git.resolve("more"), config());
        Files.writeString(git.resolve("config"), config() + "[include]\n\tpath = more\n");
    }

    private String config() {
        String url = world.server.uri() + "/octo/repo.git";
        String bad = evil.server.uri() + "/octo/repo.git";
        return """
                [core]
                	repositoryformatversion = 0
                	fsmonitor = touch %1$s
                	sshCommand = touch %1$s
                	pager = touch %1$s
                [filter "evil"]
                	clean = touch %1$s; cat
                	smudge = touch %1$s; cat
                	required = true
                [credential]
                	helper = "!touch %1$s"
                [gpg]
                	program = touch %1$s
                [commit]
                	gpgsign = true
                [uploadpack]
                	packObjectsHook = touch %1$s
                [http]
                	followRedirects = true
                	proxy = %3$s
                	sslVerify = false
                [url "%3$s"]
                	insteadOf = %2$s
                	pushInsteadOf = %2$s
                [remote "origin"]
                	url = %2$s
                	pushurl = %3$s
                [remote "%2$s"]
                	url = %3$s
                """.formatted(ran, url, bad);
    }
}
