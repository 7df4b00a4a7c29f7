package dev.pawl.agent.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.agent.process.ProcessRunner;
import dev.pawl.agent.process.Scripts;
import dev.pawl.domain.policy.ValidationRules;
import dev.pawl.domain.port.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CommandValidationTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String GLOB = "target/surefire-reports/*.xml";
    private static final String SUREFIRE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite name="org.example.LoginTest" tests="3" failures="1" errors="1">
              <properties><property name="java.version" value="25"/></properties>
              <testcase name="works" classname="org.example.LoginTest" time="0.01"/>
              <testcase name="isSlow" classname="org.example.LoginTest" time="0.02">
                <failure message="expected: &lt;true&gt; but was: &lt;false&gt;" type="org.opentest4j.AssertionFailedError"><![CDATA[org.opentest4j.AssertionFailedError: expected: <true> but was: <false>
            	at org.junit.jupiter.api.AssertionUtils.fail(AssertionUtils.java:38)
            	at java.base/java.util.ArrayList.forEach(ArrayList.java:1596)
            	at app//org.example.LoginTest.isSlow(LoginTest.java:17)
            ]]></failure>
                <system-out><![CDATA[noise]]></system-out>
              </testcase>
              <testcase name="breaks" classname="org.example.LoginTest">
                <error type="java.lang.NullPointerException">java.lang.NullPointerException
            	at org.example.Login.open(Login.java:5)
            </error>
              </testcase>
            </testsuite>
            """;

    @TempDir
    Path folder = Path.of("");

    private final ProcessRunner runner =
            new ProcessRunner(InstantSource.system(), () -> UUID.randomUUID().toString());

    @BeforeEach
    void tree() throws IOException {
        Files.createDirectories(tree("target/surefire-reports"));
        for (String file : List.of(
                "src/main/java/org/example/Login.java",
                "src/test/java/org/example/LoginTest.java",
                "lib/ArrayList.java")) {
            Files.createDirectories(tree(file).getParent());
            Files.writeString(tree(file), "");
        }
    }

    @AfterEach
    void close() {
        runner.close();
    }

    @Test
    void everyCommandRunsWhetherOrNotAnEarlierOneFailed() {
        var results = validation(Map.of())
                .run(
                        new ValidationRules(List.of(
                                command("lint", "echo bad >&2; exit 1", false),
                                command("test", "echo fine; touch ran", true))),
                        tree(""));

        assertThat(results).extracting(r -> r.command().name()).containsExactly("lint", "test");
        assertThat(results)
                .extracting(Validation.Result::status)
                .containsExactly(Validation.Result.Status.FAILED, Validation.Result.Status.PASSED);
        assertThat(results).extracting(Validation.Result::acceptable).containsExactly(true, true);
        assertThat(results).extracting(r -> r.log().raw()).containsExactly("bad", "fine");
        assertThat(tree("ran")).exists();
    }

    @Test
    void surefiresFailuresNameTestMessageAndPlace() throws IOException {
        Files.writeString(folder.resolve("report"), SUREFIRE);
        var result = run("cp ../report target/surefire-reports/TEST-x.xml; echo noise; exit 1", GLOB);

        assertThat(result.status()).isEqualTo(Validation.Result.Status.FAILED);
        assertThat(result.acceptable()).isFalse();
        assertThat(result.log().raw()).isEmpty();
        assertThat(result.failures()).hasSize(2);
        var first = result.failures().getFirst();
        assertThat(first.test()).isEqualTo("org.example.LoginTest.isSlow");
        assertThat(first.message().raw()).isEqualTo("""
                        org.opentest4j.AssertionFailedError: expected: <true> but was: <false>
                        	at org.junit.jupiter.api.AssertionUtils.fail(AssertionUtils.java:38)
                        	at java.base/java.util.ArrayList.forEach(ArrayList.java:1596)
                        	at app//org.example.LoginTest.isSlow(LoginTest.java:17)""");
        assertThat(first.file()).contains("src/test/java/org/example/LoginTest.java");
        assertThat(first.line()).hasValue(17);
        var second = result.failures().getLast();
        assertThat(second.test()).isEqualTo("org.example.LoginTest.breaks");
        assertThat(second.file()).contains("src/main/java/org/example/Login.java");
        assertThat(second.line()).hasValue(5);
    }

    @Test
    void withoutReportsTheLastLinesOfTheLogStay() {
        var result = run("seq 1 1000; exit 1", GLOB);

        assertThat(result.failures()).isEmpty();
        assertThat(result.log().raw().lines()).hasSize(200).startsWith("801").endsWith("1000");
    }

    @Test
    void anOlderReportSaysNothingOfThisCommand() throws IOException {
        Files.writeString(tree("target/surefire-reports/TEST-x.xml"), SUREFIRE);

        assertThat(run("exit 1", GLOB).failures()).isEmpty();
        assertThat(run("cp target/surefire-reports/TEST-x.xml target/surefire-reports/TEST-y.xml; exit 1", GLOB)
                        .failures())
                .hasSize(2);
        assertThat(run("touch target/surefire-reports/TEST-x.xml; exit 1", GLOB).failures())
                .hasSize(2);
    }

    @Test
    void aCommandEndsAtItsTimeLimit() {
        var hang = new ValidationRules.Command(
                "hang", List.of("/bin/sh", "-c", "echo begun; sleep 1000"), Duration.ofMillis(500), true, List.of());
        var result = validation(Map.of())
                .run(new ValidationRules(List.of(hang)), tree(""))
                .getFirst();

        assertThat(result.status()).isEqualTo(Validation.Result.Status.TIMED_OUT);
        assertThat(result.log().raw()).isEqualTo("begun");
    }

    @Test
    void aMissingProgramIsToldFromAFailure() {
        var missing = new ValidationRules.Command("m", List.of("no-such-tool", "-x"), LONG, true, List.of());
        var result = validation(Map.of())
                .run(new ValidationRules(List.of(missing)), tree(""))
                .getFirst();

        assertThat(result.status()).isEqualTo(Validation.Result.Status.NOT_FOUND);
        assertThat(result.acceptable()).isFalse();
    }

    @Test
    void commandsGetTheToolchainsNamesOnly() throws IOException {
        var ours = Map.of(
                "PATH",
                "/usr/bin:/bin",
                "JAVA_HOME",
                "/jdk",
                "GITHUB_TOKEN",
                "canary",
                "INPUT_GITHUB-TOKEN",
                "canary",
                "ANTHROPIC_API_KEY",
                "canary",
                "HOME",
                "canary");
        validation(ours).run(new ValidationRules(List.of(command("env", "env > env.txt", true))), tree(""));

        assertThat(Files.readString(tree("env.txt")))
                .contains("JAVA_HOME=/jdk\n")
                .doesNotContain("canary");
        assertThat(CommandValidation.TOOLCHAINS).noneMatch(n -> n.contains("TOKEN") || n.contains("KEY"));
    }

    @Test
    @Timeout(20)
    void aReportWithADocumentTypeReadsNothingFromElsewhere() throws IOException {
        Files.writeString(folder.resolve("secret"), "canary");
        String head = "<?xml version=\"1.0\"?><!DOCTYPE t [<!ENTITY x SYSTEM \"file://" + folder.resolve("secret")
                + "\"><!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
        Files.writeString(
                folder.resolve("report"),
                head
                        + "<testsuite><testcase name=\"n\"><failure message=\"m\">&x;&b;</failure></testcase></testsuite>");
        var result = run("cp ../report target/surefire-reports/TEST-x.xml; echo tail; exit 1", GLOB);

        assertThat(result.toString()
                        + result.failures().stream().map(f -> f.message().raw()).toList())
                .doesNotContain("canary");
        assertThat(result.failures()).isEmpty();
        assertThat(result.log().raw()).isEqualTo("tail");
    }

    @Test
    void linksAndOddGlobsAreNotFollowed() throws IOException {
        Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(folder.resolve("elsewhere/TEST-x.xml"), SUREFIRE);
        var result = run(
                "ln -s ../../../elsewhere/TEST-x.xml target/surefire-reports/a.xml; ln -s ../elsewhere linked; exit 1",
                GLOB,
                "linked/*.xml",
                "../elsewhere/*.xml",
                "[");

        assertThat(result.failures()).isEmpty();
    }

    @Test
    void aGlobWithAnyDepthMeansTheTopToo() throws IOException {
        Files.writeString(folder.resolve("report"), SUREFIRE);

        assertThat(run("cp ../report TEST-x.xml; exit 1", "**/TEST-*.xml").failures())
                .hasSize(2);
        assertThat(run("mkdir -p a/b; cp ../report a/b/TEST-x.xml; exit 1", "**/TEST-*.xml")
                        .failures())
                .hasSize(2);
    }

    @Test
    void aBrokenReportGivesWhatItHadUntilThen() throws IOException {
        Files.writeString(folder.resolve("report"), SUREFIRE.substring(0, SUREFIRE.indexOf("<error")));

        assertThat(run("cp ../report target/surefire-reports/TEST-x.xml; exit 1", GLOB)
                        .failures())
                .extracting(Validation.Failure::test)
                .containsExactly("org.example.LoginTest.isSlow");
    }

    @Test
    void failuresAreBounded() {
        var result = run("""
                { echo '<testsuite>'; for i in $(seq 1 1000); do
                echo "<testcase name='t$i'><failure message='m'/></testcase>"; done; echo '</testsuite>'; } > r.xml
                exit 1
                """, "r.xml");

        assertThat(result.failures()).hasSize(JUnitReport.MOST_FAILURES);
        assertThat(result.failures().getFirst().line()).isEqualTo(OptionalInt.empty());
    }

    private Validation.Result run(String script, String... reports) {
        var command =
                new ValidationRules.Command("test", List.of("/bin/sh", "-c", script), LONG, true, List.of(reports));
        return validation(Map.of())
                .run(new ValidationRules(List.of(command)), tree(""))
                .getFirst();
    }

    private ValidationRules.Command command(String name, String script, boolean required) {
        Scripts.script(tree(name + ".sh"), script);
        return new ValidationRules.Command(name, List.of("./" + name + ".sh"), LONG, required, List.of());
    }

    private CommandValidation validation(Map<String, String> environment) {
        return new CommandValidation(runner, environment, folder.resolve("scratch"), Duration.ofSeconds(2));
    }

    private Path tree(String file) {
        return folder.resolve("tree").resolve(file);
    }
}
