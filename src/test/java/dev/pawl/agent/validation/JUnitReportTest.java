package dev.pawl.agent.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shapes of other tools, as their own documentation and reports show them. */
class JUnitReportTest {
    @TempDir
    Path tree = Path.of("");

    @Test
    void pytest() throws IOException {
        file("tests/test_login.py");
        assertThat(read("""
                        <?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest" errors="0" failures="1">
                        <testcase classname="tests.test_login" name="test_slow[3]" time="0.001"><failure message="assert 3 == 4">def test_slow():
                        &gt;       assert 3 == 4
                        E       assert 3 == 4

                        tests/test_login.py:12: AssertionError</failure></testcase></testsuite></testsuites>
                        """)).isEqualTo("tests.test_login.test_slow[3] tests/test_login.py:12");
    }

    @Test
    void anOlderPytestNamesTheFile() throws IOException {
        file("tests/test_login.py");
        assertThat(read("""
                        <testsuite><testcase classname="tests.test_login" file="tests/test_login.py" line="11" name="test_a"><error message="collection failure">ImportError</error></testcase></testsuite>
                        """)).isEqualTo("tests.test_login.test_a tests/test_login.py");
    }

    @Test
    void jest() throws IOException {
        file("src/login.test.js");
        file("node_modules/expect/build/index.js");
        assertThat(read("""
                        <testsuites name="jest tests"><testsuite name="login" errors="0" failures="1">
                        <testcase classname="login is slow" name="login is slow" time="0.004">
                        <failure>Error: expect(received).toBe(expected) // Object.is equality
                            at Object.toBe (%s/src/login.test.js:10:5)
                            at Object.asyncJestTest (/app/node_modules/expect/build/index.js:37:53)</failure>
                        </testcase></testsuite></testsuites>
                        """.formatted(tree))).isEqualTo("login is slow.login is slow src/login.test.js:10");
    }

    @Test
    void gotestsum() throws IOException {
        file("login/login_test.go");
        file("other/login_test.go");
        assertThat(read("""
                        <testsuites><testsuite tests="1" failures="1" name="example.com/app/login">
                        <testcase classname="example.com/app/login" name="TestSlow/three" time="0.000">
                        <failure message="Failed" type="">=== RUN   TestSlow/three
                            login_test.go:12: got 3, want 4
                        --- FAIL: TestSlow/three (0.00s)
                        </failure></testcase></testsuite></testsuites>
                        """)).isEqualTo("example.com/app/login.TestSlow/three login/login_test.go:12");
    }

    @Test
    void gradle() throws IOException {
        file("app/src/test/kotlin/org/example/LoginTest.kt");
        assertThat(read("""
                        <testsuite name="org.example.LoginTest" tests="1" failures="1">
                        <properties/>
                        <testcase name="slow()" classname="org.example.LoginTest" time="0.02">
                        <failure message="java.lang.AssertionError: no" type="java.lang.AssertionError">java.lang.AssertionError: no
                        	at org.junit.Assert.fail(Assert.java:89)
                        	at org.example.LoginTest.slow(LoginTest.kt:9)
                        </failure></testcase><system-out><![CDATA[]]></system-out></testsuite>
                        """)).isEqualTo("org.example.LoginTest.slow() app/src/test/kotlin/org/example/LoginTest.kt:9");
    }

    @Test
    void aFileThatTheTreeDoesNotHaveIsNotNamed() throws IOException {
        assertThat(
                        read(
                                "<testsuite><testcase name='n'><failure>at a.B.c(B.java:1) /etc/passwd:1 ../x.py:2 (/a:3</failure></testcase></testsuite>"))
                .isEqualTo("n");
    }

    private void file(String name) throws IOException {
        Files.createDirectories(tree.resolve(name).getParent());
        Files.writeString(tree.resolve(name), "");
    }

    private String read(String report) throws IOException {
        Path file = Files.writeString(tree.resolve("report.xml"), report);
        var failed = JUnitReport.failures(file, 10).getFirst();
        var place = SourcePlace.in(failed, TreeFiles.of(tree));
        return failed.test()
                + place.file().map(f -> " " + f).orElse("")
                + (place.line().isPresent() ? ":" + place.line().getAsInt() : "");
    }
}
