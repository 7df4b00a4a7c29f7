package dev.pawl;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code setup/install.sh}, run by bash against a release server on this machine. */
class SetupScriptTest {
    private static final String PROGRAM = "#!/bin/sh\necho pawl 0.1.0\n";

    /**
     * What one run left behind.
     *
     * @param exit its exit code
     * @param said standard output and error
     * @param paths lines for the PATH of later steps
     * @param outputs lines of outputs
     * @param left names of the files below the runner's temporary folder
     */
    private record Run(int exit, String said, List<String> paths, List<String> outputs, List<String> left) {}

    private final Map<String, byte[]> released = new ConcurrentHashMap<>();
    private final List<String> requested = new CopyOnWriteArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();
    private Path temp;
    private HttpServer server;

    @BeforeEach
    void serve(@TempDir Path folder) throws IOException {
        temp = folder;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requested.add(exchange.getRequestURI().getPath());
            byte[] body = released.get(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
            if (body != null) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        environment.putAll(Map.of(
                "PATH",
                System.getenv("PATH"),
                "RUNNER_OS",
                "Linux",
                "RUNNER_ARCH",
                "X64",
                "RUNNER_TEMP",
                temp.resolve("runner").toString(),
                "GITHUB_PATH",
                temp.resolve("path").toString(),
                "GITHUB_OUTPUT",
                temp.resolve("output").toString(),
                "PAWL_VERSION",
                "0.1.0",
                "PAWL_RELEASES_URL",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/download"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({"X64,amd64", "ARM64,arm64", "x86_64,amd64", "aarch64,arm64"})
    void theProgramOfTheRunnersArchitectureIsOnThePath(String runner, String ours) throws Exception {
        release("0.1.0", ours, PROGRAM);
        environment.put("RUNNER_ARCH", runner);

        Run run = run();

        Path bin = temp.resolve("runner/pawl/bin");
        assertThat(run)
                .isEqualTo(new Run(
                        0,
                        "pawl 0.1.0 is at " + bin + "/pawl (checksum checked).\n",
                        List.of(bin.toString()),
                        List.of("version=0.1.0", "path=" + bin + "/pawl"),
                        List.of("pawl/bin/pawl")));
        assertThat(bin.resolve("pawl")).hasContent(PROGRAM).isExecutable();
        assertThat(requested).containsExactly("/download/v0.1.0/SHA256SUMS", "/download/v0.1.0/pawl-linux-" + ours);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v0.2.0", "0.2.0"})
    void aVersionMayBeginWithItsTagsLetter(String version) throws Exception {
        release("0.2.0", "amd64", PROGRAM);
        environment.put("PAWL_VERSION", version);

        assertThat(run().outputs()).contains("version=0.2.0");
    }

    @Test
    void anotherVersionTakesTheFirstOnesPlace() throws Exception {
        release("0.1.0", "amd64", PROGRAM);
        release("0.2.0-rc.1", "amd64", PROGRAM + "# newer\n");
        run();
        environment.put("PAWL_VERSION", "0.2.0-rc.1");

        assertThat(run().left()).containsExactly("pawl/bin/pawl");
        assertThat(temp.resolve("runner/pawl/bin/pawl")).hasContent(PROGRAM + "# newer\n");
    }

    @Test
    void aFileThatIsNotWhatWasReleasedNeitherRunsNorStays() throws Exception {
        release("0.1.0", "amd64", PROGRAM);
        Path ran = temp.resolve("ran");
        String other = "#!/bin/sh\ntouch " + ran + "\n";
        released.put("/download/v0.1.0/pawl-linux-amd64", bytes(other));

        Run run = run();

        refused(
                run,
                "pawl-linux-amd64 of release 0.1.0 isn't what was released: its SHA-256 is " + sha256(other)
                        + ", and should be " + sha256(PROGRAM) + ".");
        assertThat(ran).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "abc  pawl-linux-amd64\n",
                "0000000000000000000000000000000000000000000000000000000000000000  pawl-linux-amd64.txt\n",
                """
                0000000000000000000000000000000000000000000000000000000000000000  pawl-linux-amd64
                1111111111111111111111111111111111111111111111111111111111111111  pawl-linux-amd64
                """
            })
    void withoutExactlyOneChecksumNothingIsInstalled(String sums) throws Exception {
        release("0.1.0", "amd64", PROGRAM);
        released.put("/download/v0.1.0/SHA256SUMS", bytes(sums));

        refused(run(), "SHA256SUMS of release 0.1.0 doesn't have one checksum of pawl-linux-amd64.");
    }

    @Test
    void aProgramThatDoesNotStartHereIsNotInstalled() throws Exception {
        release("0.1.0", "amd64", "#!/bin/sh\necho first >&2\necho 'GLIBC_2.99 not found' >&2\nexit 1\n");

        refused(run(), "pawl-linux-amd64 doesn't start on this runner: GLIBC_2.99 not found");
    }

    @ParameterizedTest
    @CsvSource({"RISCV64,RISCV64", "X86,X86", "'x64\n::error::x',$'x64\\n::error::x'"})
    void anUnknownArchitectureIsNamed(String runner, String shown) throws Exception {
        environment.put("RUNNER_ARCH", runner);

        refused(run(), "There is no pawl for the architecture " + shown + ", only for X64 and ARM64.");
        assertThat(requested).isEmpty();
    }

    @Test
    void anotherSystemIsNamed() throws Exception {
        environment.put("RUNNER_OS", "macOS");

        refused(run(), "There is no pawl for macOS, only for Linux.");
    }

    @Test
    void aReleaseThatIsNotThereIsNamed() throws Exception {
        environment.put("PAWL_VERSION", "9.9.9");

        Run run = run();

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.said())
                .startsWith("::error title=Pawl::SHA256SUMS of release 9.9.9 can't be downloaded: ")
                .contains("404")
                .hasLineCount(1);
        assertThat(run.left()).isEmpty();
    }

    @Test
    void anEmptyVersionIsSaid() throws Exception {
        environment.put("PAWL_VERSION", "");

        refused(run(), "The input version is empty. It is a release's version, such as 0.1.0.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../0.1.0",
                "0.1.0/../../evil",
                "0.1",
                "latest",
                "0.1.0 ",
                " ",
                "01.1.0",
                "0.1.0-",
                "0.1.0-a..b",
                "0.1.0\n::set-output name=x::y",
                "0.1.0\n",
                "$(touch x)",
                "0.1.0;id",
                "-o x",
                "0.1.0-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void anOddVersionIsRefusedBeforeAnythingIsAsked(String version) throws Exception {
        environment.put("PAWL_VERSION", version);

        Run run = run();

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.said())
                .startsWith("::error title=Pawl::The input version is a release's version, such as 0.1.0, and not ")
                .hasLineCount(1);
        assertThat(run.left()).isEmpty();
        assertThat(requested).isEmpty();
    }

    @Test
    void nothingComesOverPlainHttp() throws Exception {
        environment.put(
                "PAWL_RELEASES_URL", "http://localhost:" + server.getAddress().getPort() + "/download");

        Run run = run();

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.said()).contains("can't be downloaded");
        assertThat(requested).isEmpty();
    }

    @Test
    void whereTheCommandLineAndATokenAreThereTheAttestationIsChecked() throws Exception {
        release("0.1.0", "amd64", PROGRAM);
        Path asked = gitHubCommandLine(0);

        assertThat(run().said()).endsWith("(checksum and attestation checked).\n");
        assertThat(asked)
                .content()
                .endsWith("/pawl-linux-amd64 --repo pawl-dev/pawl --signer-workflow"
                        + " pawl-dev/pawl/.github/workflows/release.yml\n");
    }

    @Test
    void aProgramWithoutAnAttestationIsNotInstalled() throws Exception {
        release("0.1.0", "amd64", PROGRAM);
        gitHubCommandLine(1);

        refused(run(), "pawl-linux-amd64 of release 0.1.0 has no attestation by pawl-dev/pawl: no attestations found");
    }

    @Test
    void anAttestationCanBeLeftOut() throws Exception {
        release("0.1.0", "amd64", PROGRAM);
        gitHubCommandLine(1);
        environment.put("PAWL_ATTESTATION", "off");

        assertThat(run().said()).endsWith("(checksum checked).\n");
    }

    @ParameterizedTest
    @CsvSource({
        "GH_TOKEN,'',there is no token",
        "PATH,/usr/bin:/bin,there is no GitHub CLI that can",
        "GITHUB_SERVER_URL,https://github.example,attestations are on github.com"
    })
    void aRequiredAttestationThatCannotBeCheckedIsAFailure(String variable, String value, String why) throws Exception {
        release("0.1.0", "amd64", PROGRAM);
        gitHubCommandLine(0);
        environment.put("PAWL_ATTESTATION", "required");
        environment.put(variable, value);

        refused(run(), "The attestation of pawl-linux-amd64 can't be checked: " + why + ".");
    }

    @Test
    void anotherWordForTheAttestationIsRefused() throws Exception {
        environment.put("PAWL_ATTESTATION", "yes\nno");

        refused(run(), "The input attestation is auto, required or off, and not $'yes\\nno'.");
    }

    private void refused(Run run, String why) {
        assertThat(run).isEqualTo(new Run(1, "::error title=Pawl::" + why + "\n", List.of(), List.of(), List.of()));
    }

    /** A {@code gh} before all others on the PATH; the file has what it was asked to verify. */
    private Path gitHubCommandLine(int exit) throws IOException {
        Path folder = Files.createDirectory(temp.resolve("gh"));
        Path asked = temp.resolve("asked");
        Path program = Files.writeString(folder.resolve("gh"), """
                #!/bin/sh
                [ "$3" = --help ] && exit 0
                shift 2
                echo "$*" >%s
                echo "loaded" >&2
                echo "no attestations found" >&2
                exit %d
                """.formatted(asked, exit));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        environment.put("PATH", folder + ":" + environment.get("PATH"));
        environment.put("GH_TOKEN", "ghs_canary");
        return asked;
    }

    private void release(String version, String architecture, String program) {
        String name = "pawl-linux-" + architecture;
        String other = "pawl-linux-" + ("amd64".equals(architecture) ? "arm64" : "amd64");
        released.put("/download/v" + version + "/" + name, bytes(program));
        released.put(
                "/download/v" + version + "/SHA256SUMS",
                bytes(sha256("other") + "  " + other + "\n" + sha256(program) + "  " + name + "\n"));
    }

    private Run run() throws IOException, InterruptedException {
        var builder = new ProcessBuilder("/bin/bash", "setup/install.sh").redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), said, lines("path"), lines("output"), left());
    }

    private List<String> lines(String file) throws IOException {
        Path path = temp.resolve(file);
        return Files.exists(path) ? Files.readAllLines(path) : List.of();
    }

    private List<String> left() throws IOException {
        Path runner = temp.resolve("runner");
        var names = new ArrayList<String>();
        if (Files.exists(runner)) {
            try (var files = Files.walk(runner)) {
                files.filter(Files::isRegularFile)
                        .map(file -> runner.relativize(file).toString())
                        .forEach(names::add);
            }
        }
        return names;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
