package dev.pawl.forge.marker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.model.Comment.CommandLine;
import dev.pawl.domain.model.Untrusted;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLinesTest {
    private static CommandLine command(String words, String below) {
        return new CommandLine(words, new Untrusted(below));
    }

    @Test
    void aLineThatBeginsWithTheWordIsACommand() {
        assertThat(CommandLines.of("/pawl approve")).containsExactly(command("approve", ""));
        assertThat(CommandLines.of("/pawl")).containsExactly(command("", ""));
        assertThat(CommandLines.of("Fine.\r\n/pawl  revise use a map\r\nand\r\n\r\n> tests"))
                .containsExactly(command("revise use a map", "and\n\n> tests"));
        assertThat(CommandLines.of("text *a*\n   /pawl\tretry plan  ")).containsExactly(command("retry plan", ""));
    }

    @Test
    void theTextBelowEndsAtTheNextCommand() {
        assertThat(CommandLines.of("/pawl answer one\ntwo\n\n/pawl approve\nthree"))
                .containsExactly(command("answer one", "two"), command("approve", "three"));
    }

    @Test
    void aSignatureBelowDoesNotHideIt() {
        assertThat(CommandLines.of("/pawl approve\n-- \nsent from somewhere"))
                .containsExactly(command("approve", "-- \nsent from somewhere"));
        assertThat(CommandLines.of("/pawl approve\n---")).hasSize(1);
    }

    @Test
    void whatFollowsAnHtmlBlockCounts() {
        assertThat(CommandLines.of("<details>\nx\n</details>\n\n/pawl retry")).containsExactly(command("retry", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "say /pawl approve",
                "/pawlapprove",
                "/pawl_x",
                "/PAWL approve",
                "\\/pawl approve",
                "> /pawl approve",
                "> quoted\n/pawl approve",
                ">> deep\n> more\n/pawl approve",
                "    /pawl approve",
                "\t/pawl approve",
                "```\n/pawl approve\n```",
                "~~~\n/pawl approve",
                "`code\n/pawl approve\nend`",
                "``\n/pawl approve\n``",
                "<!--\n/pawl approve\n-->",
                "text <!--\n/pawl approve\n-->",
                "<div>\n/pawl approve\n</div>",
                "<pre>\n\n/pawl approve\n</pre>",
                "- /pawl approve",
                "- item\n/pawl approve",
                "1. /pawl approve",
                "# /pawl approve",
                "**bold\n/pawl approve**",
                "[link\n/pawl approve](https://example.org)",
                "[x]: /url\n'\n/pawl approve\n'",
                "| /pawl approve |",
            })
    void everythingElseIsNone(String body) {
        assertThat(CommandLines.of(body)).isEmpty();
    }

    @Test
    void nestingWithoutEndIsRead() {
        assertThat(CommandLines.of("> ".repeat(20_000) + "/pawl approve")).isEmpty();
        assertThat(CommandLines.of("*".repeat(60_000) + "\n\n/pawl approve"))
                .isEqualTo(List.of(command("approve", "")));
    }

    /** What takes the parser long is read as far as it goes; a long text of honest tags is read to its end. */
    @ParameterizedTest
    @ValueSource(strings = {"<", "</", "a <!-- b> ", "a <? ", "a <![CDATA[ ", "</:&", "x<y "})
    @DisplayName("SEC-28 tags without an end are read in time")
    void tagsWithoutEnd(String tag) {
        String many = tag.repeat(60_000 / tag.length());

        assertThat(CommandLines.of("Well.\n/pawl approve\n" + many + "\n\n/pawl stop"))
                .isEqualTo(List.of(command("approve", (many + "\n\n/pawl stop").strip())));
        assertThat(CommandLines.of("/pawl approve\n" + "<a href=\"b\">x</a> ".repeat(3_000) + "\n\n/pawl stop"))
                .extracting(CommandLine::words)
                .containsExactly("approve", "stop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    @DisplayName("SEC-28 a paragraph of thousands of lines is read in time")
    void aParagraphOfManyLines(String end) {
        String many = ("%" + end).repeat(20_000);

        assertThat(CommandLines.of("/pawl approve" + end + many + "/pawl stop"))
                .extracting(CommandLine::words)
                .containsExactly("approve");
        assertThat(CommandLines.of("/pawl approve" + end + ("%" + end + end).repeat(15_000) + "/pawl stop"))
                .extracting(CommandLine::words)
                .containsExactly("approve", "stop");
    }
}
