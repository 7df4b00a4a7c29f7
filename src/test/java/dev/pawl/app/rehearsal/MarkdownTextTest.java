package dev.pawl.app.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownTextTest {
    private static final String STATE = """
        <!-- pawl:state v1 {"issue":1} sig=00 -->
        **Pawl** \u00b7 in-progress \u00b7 stage *implement* \u00b7 run [4711](https://example.com/runs/4711)

        | stage | result | cost |
        |---|---|---|
        | triage | ready (bug) | $0.01 |
        | plan | a \\| b | |

        ### Next \\#1
        - `**kept** as [it](is)` and 2 * 3 * 4 &lt;b>
        ```sh
        ./test.sh | **less**
        ```
        """;

    @Test
    void plainTextIsAsciiWithoutWhatIsHidden() {
        assertThat(String.join("\n", MarkdownText.lines(STATE, Ink.PLAIN))).isEqualTo("""
            Pawl - in-progress - stage implement - run 4711

            stage   result       cost
            --------------------------
            triage  ready (bug)  $0.01
            plan    a | b

            Next #1
            - `**kept** as [it](is)` and 2 * 3 * 4 <b>
                ./test.sh | **less**\
            """);
    }

    @Test
    void aTerminalHasColoursAndUnicode() {
        var lines = MarkdownText.lines(STATE, new Ink(true, true));

        assertThat(lines.getFirst()).startsWith("\u001b[1mPawl\u001b[0m \u00b7 in-progress");
        assertThat(lines).contains("\u001b[1mNext #1\u001b[0m");
        assertThat(lines.get(3)).contains("\u2500\u2500\u2500");
    }

    @Test
    void aCommentThatNobodyClosedHidesTheRest() {
        assertThat(MarkdownText.lines("seen <!-- hidden\nall of it", Ink.PLAIN)).containsExactly("seen");
    }

    @Test
    void nothingFromOutsideMovesACursor() {
        assertThat(MarkdownText.lines("a\u001b[2Jb\u202ec\u0007\u200bd", new Ink(true, true)))
                .containsExactly("a[2Jbcd");
    }
}
