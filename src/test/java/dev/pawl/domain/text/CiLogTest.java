package dev.pawl.domain.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.model.JobLog;
import dev.pawl.domain.model.Untrusted;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a job's log. */
class CiLogTest {
    private static String excerpt(String log) {
        return CiLog.excerpt(new JobLog(1, "build", List.of("Test"), new Untrusted(log), false))
                .raw();
    }

    private static String noise(int lines) {
        return IntStream.range(0, lines)
                .mapToObj(i -> "2026-11-01T10:00:00.0000000Z Downloading part " + i + " of something large\n")
                .collect(Collectors.joining());
    }

    @Test
    void theFailedStepIsLeftWithItsCommandAndWithoutTimesAndColours() {
        String log = """
                \uFEFF2026-11-01T10:00:00.0000000Z ##[group]Run actions/checkout@v5
                2026-11-01T10:00:00.0000000Z ##[endgroup]
                2026-11-01T10:00:00.0000000Z Fetching the repository
                2026-11-01T10:00:01.0000000Z ##[group]Run ./mvnw verify
                2026-11-01T10:00:01.0000000Z ./mvnw verify
                2026-11-01T10:00:01.0000000Z shell: /usr/bin/bash -e {0}
                2026-11-01T10:00:01.0000000Z env:
                2026-11-01T10:00:01.0000000Z   JAVA_HOME: /opt/java
                2026-11-01T10:00:01.0000000Z ##[endgroup]
                2026-11-01T10:00:02.0000000Z \u001B[1;31m[ERROR]\u001B[m SumTest.adds:7 expected: 4 but was: 5
                2026-11-01T10:00:03.0000000Z ##[error]Process completed with exit code 1.
                2026-11-01T10:00:04.0000000Z ##[group]Run actions/upload-artifact@v5
                2026-11-01T10:00:04.0000000Z ##[endgroup]
                2026-11-01T10:00:04.0000000Z Uploaded
                2026-11-01T10:00:05.0000000Z Post job cleanup.
                """;

        assertThat(excerpt(log)).isEqualTo("""
                $ ./mvnw verify
                [ERROR] SumTest.adds:7 expected: 4 but was: 5
                ##[error]Process completed with exit code 1.""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[ERROR] /src/Sum.java:[3,5] cannot find symbol",
                "src/sum.c:3:5: error: expected ';'",
                "error[E0308]: mismatched types",
                "src/sum.ts(3,5): error TS2322: Type 'string' is not assignable to type 'number'.",
                "--- FAIL: TestSum (0.00s)",
                "FAILED tests/test_sum.py::test_sum - assert 5 == 4",
                "E       assert 5 == 4",
                "  ● sum › adds",
                "  1) adds two and two",
                "not ok 3 - adds",
                "Traceback (most recent call last):",
                "thread 'main' panicked at src/main.rs:3:5:",
                "panic: runtime error: index out of range",
                "Exception in thread \"main\" java.lang.IllegalStateException",
                "> Task :test FAILED",
                "npm ERR! code ELIFECYCLE",
                "make: *** [Makefile:3: test] Error 1"
            })
    void inALongLogWhatLooksLikeAFailureIsLeftWithWhatStandsAroundIt(String failure) {
        String told = excerpt(noise(300) + "2026-11-01T10:00:02.0000000Z the line before\n" + failure
                + "\nwhat follows\n" + noise(300) + "the end\n");

        assertThat(told).contains("the line before\n" + failure, "what follows");
        assertThat(told.length()).isLessThanOrEqualTo(CiLog.LONGEST + 200);
        assertThat(told).contains("[... ");
    }

    @Test
    void whereNothingLooksLikeAFailureTheEndIsLeft() {
        String told = excerpt(noise(900) + "the end\n");

        assertThat(told).endsWith("the end").startsWith("[... ");
        assertThat(told.length()).isBetween(CiLog.LONGEST / 2, CiLog.LONGEST + 200);
    }

    @Test
    void aLineWithoutEndIsCutAndAnEmptyLogIsEmpty() {
        assertThat(excerpt("x".repeat(100_000))).hasSizeLessThan(500).endsWith(" [...]");
        assertThat(excerpt("")).isEmpty();
    }
}
