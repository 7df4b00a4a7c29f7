package dev.pawl.agent.model.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.agent.process.ProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model may do in the work tree, and that it gets no further. */
class ToolboxTest {
    private static final String OUTSIDE = "outside the tree";

    private final ProcessRunner runner = new ProcessRunner(InstantSource.system(), () -> "mark");
    private Path root = Path.of("");
    private Path tree = Path.of("");

    @BeforeEach
    void aTree(@TempDir Path folder) throws IOException {
        root = folder;
        tree = Files.createDirectories(folder.resolve("tree"));
        Files.createDirectories(tree.resolve("src/deep"));
        Files.createDirectories(tree.resolve(".git"));
        Files.writeString(tree.resolve(".git/config"), "[core]\n");
        Files.writeString(tree.resolve("src/a.txt"), "one\ntwo\nthree\n");
        Files.writeString(tree.resolve("src/deep/b.md"), "Two and two\n");
        Files.writeString(folder.resolve("secret.txt"), OUTSIDE);
    }

    @AfterEach
    void close() {
        runner.close();
    }

    private Toolbox tools() {
        var environment = Map.of("PATH", System.getenv("PATH"), "SEEN", "yes");
        return Toolbox.working(tree, runner, environment, () -> Duration.ofSeconds(60));
    }

    private Outcome use(String tool, String arguments) {
        try {
            return tools().use(tool, new ObjectMapper().readTree(arguments.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static void refused(Outcome outcome, String why) {
        assertThat(outcome).isEqualTo(Outcome.refused(why));
    }

    private static void found(Outcome outcome, String label, String text) {
        assertThat(outcome).isEqualTo(new Outcome(label, text, false));
    }

    @Test
    void aFileIsReadByLines() throws IOException {
        found(use("read_file", "{'path':'src/a.txt'}"), "src/a.txt, lines 1 to 3 of 3", "1\tone\n2\ttwo\n3\tthree\n");
        found(use("read_file", "{'path':'./src/a.txt','from':2,'to':2}"), "src/a.txt, lines 2 to 2 of 3", "2\ttwo\n");
        refused(use("read_file", "{'path':'src/a.txt','from':9}"), "the file has only 3 lines");
        refused(use("read_file", "{'path':'src'}"), "this is a folder; list_files shows what is in it");
        refused(use("read_file", "{'path':'absent/x'}"), "there is no such file");

        Files.writeString(tree.resolve("many"), "line\n".repeat(5000));
        Outcome many = use("read_file", "{'path':'many'}");
        assertThat(many.label()).isEqualTo("many, lines 1 to 2000 of 5000");
        assertThat(use("read_file", "{'path':'many','from':4990}").text()).endsWith("5000\tline\n");
        Files.writeString(tree.resolve("wide"), "w".repeat(100_000));
        assertThat(use("read_file", "{'path':'wide'}").text()).hasSize(2004).endsWith("w…\n");
    }

    @Test
    void whatIsNoTextIsNotShown() throws IOException {
        Files.write(tree.resolve("latin"), new byte[] {(byte) 0xe9, 'a'});
        Files.write(tree.resolve("binary"), new byte[] {'a', 0, 'b'});
        Files.write(tree.resolve("huge"), new byte[Tree.LARGEST + 1]);
        Files.writeString(tree.resolve("odd"), "a\u202eb\u001b[31m\u200bc\n");

        refused(use("read_file", "{'path':'latin'}"), "the file is no text in UTF-8");
        refused(use("read_file", "{'path':'binary'}"), "the file is no text");
        refused(use("read_file", "{'path':'huge'}"), "the file has more than 2097152 bytes");
        assertThat(use("read_file", "{'path':'odd'}").text()).isEqualTo("1\tab[31mc\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.txt", "/etc/passwd", "src/../../secret.txt", "..", "src/./../..//secret.txt"})
    void noPathLeadsOut(String path) {
        for (String tool : new String[] {"read_file", "list_files"}) {
            refused(
                    use(tool, "{'path':'" + path + "'}"),
                    "a path is relative to the root of the work tree, and stays inside it");
        }
        refused(
                use("write_file", "{'path':'" + path + "','content':'x'}"),
                "a path is relative to the root of the work tree, and stays inside it");
        assertThat(root.resolve("secret.txt")).hasContent(OUTSIDE);
    }

    @Test
    void noLinkLeadsOut() throws IOException {
        Files.createSymbolicLink(tree.resolve("file"), root.resolve("secret.txt"));
        Files.createSymbolicLink(tree.resolve("up"), root);
        Files.createSymbolicLink(tree.resolve("git"), tree.resolve(".git"));
        Files.createSymbolicLink(tree.resolve("dangling"), root.resolve("new.txt"));
        Files.createSymbolicLink(tree.resolve("inside"), Path.of("src/a.txt"));
        String why = "a link on this path leads out of the work tree";

        refused(use("read_file", "{'path':'file'}"), why);
        refused(use("read_file", "{'path':'up/secret.txt'}"), why);
        refused(use("read_file", "{'path':'git/config'}"), why);
        refused(use("list_files", "{'path':'up'}"), why);
        refused(use("search", "{'text':'o','path':'up'}"), why);
        refused(use("write_file", "{'path':'file','content':'x'}"), why);
        refused(use("write_file", "{'path':'up/new.txt','content':'x'}"), why);
        refused(use("write_file", "{'path':'up/new/deep.txt','content':'x'}"), why);
        refused(use("edit_file", "{'path':'up/secret.txt','old':'outside','new':'x'}"), why);
        refused(use("write_file", "{'path':'dangling','content':'x'}"), "this path can't be followed");
        assertThat(use("read_file", "{'path':'inside'}").text()).startsWith("1\tone");
        assertThat(root.resolve("secret.txt")).hasContent(OUTSIDE);
        assertThat(root.resolve("new.txt")).doesNotExist();
        assertThat(use("search", "{'text':'outside'}").text()).isEqualTo("nothing found");
    }

    @ParameterizedTest
    @ValueSource(strings = {".git/config", "src/.git/x", ".GIT/config", "./.git"})
    void nothingOfGitIsShownOrChanged(String path) {
        refused(use("read_file", "{'path':'" + path + "'}"), "nothing of .git is shown or changed");
        refused(use("write_file", "{'path':'" + path + "','content':'x'}"), "nothing of .git is shown or changed");
        assertThat(use("search", "{'text':'core'}").text()).isEqualTo("nothing found");
        assertThat(tree.resolve(".git/config")).hasContent("[core]\n");
    }

    @Test
    void foldersAreListed() throws IOException {
        Files.createSymbolicLink(tree.resolve("link"), root);
        found(use("list_files", "{}"), "files of .", "link (a link)\nsrc/\nsrc/a.txt\nsrc/deep/\n");
        found(
                use("list_files", "{'depth':3}"),
                "files of .",
                "link (a link)\nsrc/\nsrc/a.txt\nsrc/deep/\nsrc/deep/b.md\n");
        found(use("list_files", "{'path':'src/deep'}"), "files of src/deep", "src/deep/b.md\n");
        refused(use("list_files", "{'path':'src/a.txt'}"), "there is no such folder");
        for (int i = 0; i < 1001; i++) {
            Files.createFile(tree.resolve("src/f" + i));
        }
        assertThat(use("list_files", "{}").text())
                .endsWith("… and more: ask for a folder below, or for fewer levels\n");
    }

    @Test
    void textIsFound() throws IOException {
        found(use("search", "{'text':'two'}"), "search in .", "src/a.txt:2: two\nsrc/deep/b.md:1: Two and two\n");
        found(use("search", "{'text':'TWO A','case':'ignore'}"), "search in .", "src/deep/b.md:1: Two and two\n");
        found(use("search", "{'text':'two','ending':'.txt'}"), "search in .", "src/a.txt:2: two\n");
        found(use("search", "{'text':'two','path':'src/a.txt'}"), "search in src/a.txt", "src/a.txt:2: two\n");
        assertThat(use("search", "{'text':'t.o'}").text()).as("no pattern").isEqualTo("nothing found");
        Files.writeString(tree.resolve("src/many"), "needle\n".repeat(1000));
        assertThat(use("search", "{'text':'needle'}").text().lines().count()).isEqualTo(200);
    }

    @Test
    void installedPackagesAreInNobodysWay() throws IOException {
        Files.createDirectories(tree.resolve("node_modules/a"));
        Files.writeString(tree.resolve("node_modules/a/two.txt"), "two\n");

        found(use("search", "{'text':'two','ending':'.txt'}"), "search in .", "src/a.txt:2: two\n");
        found(
                use("search", "{'text':'two','path':'node_modules/a'}"),
                "search in node_modules/a",
                "node_modules/a/two.txt:1: two\n");
    }

    @Test
    void anEditMatchesExactlyOnce() throws IOException {
        refused(
                use("edit_file", "{'path':'src/a.txt','old':'t','new':'T'}"),
                "the old text stands in the file more than once; add lines around it");
        refused(
                use("edit_file", "{'path':'src/a.txt','old':'four','new':'4'}"),
                "the old text doesn't stand in the file; read the file again and copy it exactly, without the line numbers");
        assertThat(use("edit_file", "{'path':'src/a.txt','old':'two\\nth','new':'2\\nTh'}"))
                .isEqualTo(Outcome.done("edited"));
        assertThat(tree.resolve("src/a.txt")).hasContent("one\n2\nThree\n");
        refused(use("edit_file", "{'path':'src/a.txt','old':'','new':'x'}"), "/old: expected some text");
    }

    @Test
    void overlappingMatchesAreMoreThanOne() throws IOException {
        Files.writeString(tree.resolve("x"), "aaa");

        assertThat(use("edit_file", "{'path':'x','old':'aa','new':'b'}").failed())
                .isTrue();
    }

    @Test
    void lineEndsOfAFileStay() throws IOException {
        Files.writeString(tree.resolve("dos"), "a\r\nb\r\nc\r\n");

        assertThat(use("edit_file", "{'path':'dos','old':'a\\nb','new':'a\\nB\\nB'}")
                        .failed())
                .isFalse();

        assertThat(Files.readString(tree.resolve("dos"))).isEqualTo("a\r\nB\r\nB\r\nc\r\n");
    }

    @Test
    void filesAreWrittenAndKeepTheirPermissions() throws IOException {
        Path script = tree.resolve("src/run.sh");
        Files.writeString(script, "exit 1\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();

        assertThat(use("write_file", "{'path':'src/run.sh','content':'exit 0\\n'}")
                        .failed())
                .isFalse();
        assertThat(use("write_file", "{'path':'new/folder/file','content':'x'}").failed())
                .isFalse();

        assertThat(script).hasContent("exit 0\n").isExecutable();
        assertThat(tree.resolve("new/folder/file")).hasContent("x");
        refused(use("write_file", "{'path':'src','content':'x'}"), "there is something on this path that is no file");
        refused(use("write_file", "{'path':'src/a.txt/x','content':'x'}"), "the file can't be written");
    }

    @Test
    void programsRunInTheTreeWithWhatTheyAreGiven() {
        found(
                use("run", "{'argv':['sh','-c','pwd; echo $SEEN; cat; exit 3']}"),
                "exit code 3",
                tree.toAbsolutePath() + "\nyes\n");
        refused(use("run", "{'argv':['no-such-program']}"), "there is no such program, or it can't be run");
        refused(use("run", "{'argv':[]}"), "/argv: expected at least 1 items");
        refused(use("run", "{'argv':'ls -l'}"), "/argv: expected an array");
        refused(use("run", "{'argv':['echo','a\\u0000b']}"), "a word of a command holds no NUL");
        found(use("run", "{'argv':['sleep','600'],'seconds':1}"), "stopped after 1 seconds", "");
    }

    @Test
    void aLongOutputIsCutInTheMiddle() {
        Outcome outcome = use("run", "{'argv':['sh','-c','echo first; seq 100000; echo last']}");

        assertThat(outcome.text())
                .startsWith("first\n1\n")
                .contains(" characters are left out here …\n")
                .endsWith("100000\nlast\n")
                .hasSizeLessThan(24_100);
    }
}
