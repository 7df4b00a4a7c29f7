package dev.pawl.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every reader of strangers' text against random ones: {@code -Dpawl.fuzz=1000000} for a million each, {@code -Dpawl.fuzz.seed}
 * for others than usual.
 */
@DisplayName("SEC-28")
class FuzzTest {
    private static final int INPUTS = Integer.getInteger("pawl.fuzz", 500);
    private static final long SEED = Long.getLong("pawl.fuzz.seed", 20_260_301);

    private static final int SMALL = 4_000;

    /** How much larger the large text is. */
    private static final int TIMES = 16;

    /** A text that takes less isn't worth comparing; nanoseconds. */
    private static final long SHORTEST = 2_000_000;

    /** What makes a backtracking or a nested reader slow, when there is much of it. */
    private static final List<String> UNITS = List.of(
            "<!--",
            "<!-- a",
            "<!-- -->",
            "<!-<!-- -->",
            "--",
            "-->",
            "[",
            "![",
            "](",
            "[a](",
            "`",
            "``` ",
            "*a ",
            "**a",
            "_a",
            "> ",
            "- ",
            "1. ",
            "# a\n",
            "&",
            "&a",
            "@a ",
            "#1 ",
            "[skip ci",
            "***",
            "skip-checks",
            "data:",
            "(",
            "<a ",
            "</a",
            "\\",
            "|",
            "\n",
            "\r\n",
            "\n\n",
            "%\n",
            "/pawl\n",
            "\n/pawl a",
            "{\"a\":",
            "[1,",
            "\"",
            "a:\n ",
            "a: {",
            "- - ",
            "? ",
            "'",
            "::",
            "##[",
            " ",
            "\t",
            "\u200b",
            "\udb40\udc41",
            "é",
            "<!-- pawl:state v1 ",
            " sig=",
            "a");

    @ParameterizedTest
    @EnumSource
    @DisplayName("SEC-28 no text is too odd to be read")
    void noTextIsTooOdd(Readers reader) {
        for (int i = 0; i < INPUTS; i++) {
            String text = new Inputs(SEED + i).like(reader.honest());
            try {
                reader.read(text);
            } catch (RuntimeException | StackOverflowError | AssertionError e) {
                fail("%s, seed %d: %s".formatted(reader, SEED + i, visible(text)), e);
            }
        }
    }

    private static String visible(String text) {
        var shown = new StringBuilder();
        text.chars().forEach(c -> shown.append(c >= ' ' && c < 0x7f ? "" + (char) c : "\\u%04x".formatted(c)));
        return shown.toString();
    }

    /** By the thread's own time on the processor, which a busy machine doesn't stretch; quadratic would be sixteen times as much. */
    @ParameterizedTest
    @EnumSource
    @DisplayName("SEC-28 sixteen times the text takes about sixteen times the work")
    void timeGrowsWithTheLength(Readers reader) {
        UNITS.forEach(unit -> grows(reader, unit));
    }

    /** What nobody thought of: one unit by chance for a thousand of the texts above. */
    @ParameterizedTest
    @EnumSource
    @DisplayName("SEC-28 and so it does whatever is repeated")
    void timeGrowsWithTheLengthWhateverIsRepeated(Readers reader) {
        for (int i = 0; i <= INPUTS / 1_000; i++) {
            grows(reader, new Inputs(SEED + i).unit());
        }
    }

    private static void grows(Readers reader, String unit) {
        long small = work(reader, unit.repeat(SMALL / unit.length()));
        long large = work(reader, unit.repeat(SMALL * TIMES / unit.length()));
        assertThat(large).as("%s of %s", reader, visible(unit)).isLessThan(Math.max(small, SHORTEST) * TIMES * 8);
    }

    private static long work(Readers reader, String text) {
        var thread = ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 2; i++) {
            long before = thread.getCurrentThreadCpuTime();
            reader.read(text);
            least = Math.min(least, thread.getCurrentThreadCpuTime() - before);
        }
        return least;
    }
}
