package dev.pawl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code .ci/release-check}, on a copy of the files that it reads. */
class ReleaseCheckTest {
    private static final List<String> READ = List.of(".ci/release-check", "pom.xml", "action.yml", "setup/action.yml");

    /**
     * What one run said.
     *
     * @param exit its exit code
     * @param out standard output
     * @param err standard error
     */
    private record Run(int exit, String out, String err) {}

    private Path project;

    @BeforeEach
    void copy(@TempDir Path folder) throws IOException {
        project = folder;
        for (String file : READ) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.copy(Path.of(file), folder.resolve(file));
        }
        // A version that no release of the project has, so that the test outlives releases.
        for (String file : READ.subList(1, 4)) {
            change(file, "(?<![\\d.])" + version().replace(".", "\\.") + "(?![\\d.])", "7.8.9");
        }
    }

    @Test
    void aTagThatAgreesIsDescribed() throws Exception {
        assertThat(run("v7.8.9", "pawl-dev/pawl"))
                .isEqualTo(new Run(0, "version=7.8.9\nimage=ghcr.io/pawl-dev/pawl\nmajor=v7\nprerelease=false\n", ""));
    }

    @Test
    void aPrereleaseIsOne() throws Exception {
        for (String file : READ.subList(1, 4)) {
            change(file, "7\\.8\\.9", "7.8.9-rc.1");
        }

        assertThat(run("v7.8.9-rc.1", "pawl-dev/pawl").out()).contains("version=7.8.9-rc.1\n", "prerelease=true\n");
    }

    @ParameterizedTest
    @CsvSource({"v7.8.8,v7.8.8", "7.8.9,7.8.9", "v7.8.9-rc.1,v7.8.9-rc.1", "'v7.8.9\n::x',$'v7.8.9\\n::x'"})
    void anotherTagThanTheVersionsIsRefused(String tag, String shown) throws Exception {
        refused(
                run(tag, "pawl-dev/pawl"),
                "The tag is " + shown + ", and the version in pom.xml is 7.8.9: its tag is v7.8.9.");
    }

    @Test
    void anImageOfAnotherVersionIsRefused() throws Exception {
        change("action.yml", "pawl:7\\.8\\.9", "pawl:7.8.8");

        refused(
                run("v7.8.9", "pawl-dev/pawl"),
                "action.yml runs ghcr.io/pawl-dev/pawl:7.8.8, and the version in pom.xml is 7.8.9.");
    }

    @Test
    void aSetupOfAnotherVersionIsRefused() throws Exception {
        change("setup/action.yml", "default: \"7\\.8\\.9\"", "default: \"7.8.8\"");

        refused(
                run("v7.8.9", "pawl-dev/pawl"),
                "setup/action.yml installs 7.8.8, and the version in pom.xml is 7.8.9.");
    }

    @Test
    void aCopyOfTheRepositoryReleasesNothing() throws Exception {
        refused(
                run("v7.8.9", "octo/pawl"),
                "action.yml names pawl-dev/pawl as the project's home, and this is octo/pawl."
                        + " A copy needs a name of its own there first.");
    }

    private static void refused(Run run, String why) {
        assertThat(run).isEqualTo(new Run(1, "", "::error title=Release::" + why + "\n"));
    }

    private static String version() throws IOException {
        return Files.readString(Path.of("pom.xml"))
                .split("<artifactId>pawl</artifactId>\\s*<version>", 2)[1]
                .split("<", 2)[0];
    }

    private void change(String file, String from, String to) throws IOException {
        String before = Files.readString(project.resolve(file));
        String after = before.replaceFirst(from, to);
        assertThat(after).as(file).isNotEqualTo(before);
        Files.writeString(project.resolve(file), after);
    }

    private Run run(String tag, String repository) throws IOException, InterruptedException {
        Path err = project.resolve("err");
        Process process = new ProcessBuilder(
                        "/bin/bash", project.resolve(".ci/release-check").toString(), tag, repository)
                .redirectError(err.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), out, Files.readString(err));
    }
}
