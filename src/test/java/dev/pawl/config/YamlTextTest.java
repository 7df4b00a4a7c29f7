package dev.pawl.config;

import static dev.pawl.config.PolicyFileTest.errors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before any key is looked at. */
@DisplayName("SEC-23")
class YamlTextTest {
    static Stream<Arguments> unreadable() {
        return Stream.of(
                Arguments.of(
                        "limits: {attempts: 3\n",
                        "p:2:1: not readable as YAML: expected ',' or '}', but got <stream end>."
                                + " Look also at line 1."),
                Arguments.of(
                        "start:\n\tlabel: pawl\n",
                        "p:2:1: not readable as YAML: found character '\\t(TAB)' that cannot start any token."
                                + " YAML is indented with spaces."),
                Arguments.of(
                        "start: \"open\n",
                        "p:2:1: not readable as YAML: found unexpected end of stream." + " Look also at line 1."),
                Arguments.of("a: b: c\n", "p:1:5: not readable as YAML: mapping values are not allowed here."),
                Arguments.of(
                        "start: @here\n",
                        "p:1:8: not readable as YAML: found character '@' that cannot start any token."),
                Arguments.of(
                        "start: {label: !x go}\n%\n",
                        "p:1:16: start.label: tags (!) are not read. Leave it out.\n"
                                + "p:2:2: not readable as YAML: expected alphabetic or numeric character, but found ?(10)."),
                Arguments.of(
                        "version: 1\nlearn: \u0007off\n",
                        "p:2:8: not readable as YAML: a character that YAML doesn't allow (U+0007)."),
                Arguments.of(
                        "version: 1\n---\nversion: 1\n",
                        "p:2:1: a second document begins here. A policy is one document."),
                Arguments.of(
                        "%YAML 3.0\n---\nversion: 1\n",
                        "p:1:1: the %YAML line asks for another version of YAML. Leave it out."),
                Arguments.of("learn: *nowhere\n", "p:1:8: learn: aliases (*) are not read. Write the value out."),
                Arguments.of("? [a]\n: b\n", "p:1:3: a key that is not a plain word."),
                Arguments.of(
                        "start: {<<: {label: go}}\n",
                        "p:1:9: start.<<: unknown key." + " Known here: label, permission, exclude, allow_bots."),
                Arguments.of(
                        "start: {label: a\n\u2028b, x: 1}\n",
                        "p:1:16: start.label: expected a label of at most 50 characters, found \"a ?b\".\n"
                                + "p:2:5: start.x: unknown key."
                                + " Known here: label, permission, exclude, allow_bots."));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void whatIsNotPlainYamlIsRefusedWithItsPlace(String text, String error) {
        assertThat(String.join("\n", errors(text, "p"))).isEqualTo(error);
    }

    @Test
    void aBombOfAliasesIsRefusedWithoutBeingUnfolded() {
        String bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
                + IntStream.range(1, 60)
                        .mapToObj(i -> "a%d: &a%d [%s]".formatted(i, i, "*a, ".repeat(9)))
                        .collect(Collectors.joining("\n"));

        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(errors(bomb, "p"))
                        .hasSize(100)
                        .contains("p:1:4: a: anchors (&) are not read. Write the value out.")
                        .contains("p:2:10: a1[0]: aliases (*) are not read. Write the value out."));
    }

    @Test
    void aFileOfBracketsIsRefusedAtTheTwelfth() {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(errors("[".repeat(60_000), "p"))
                    .containsExactly("p:1:13: [0][0][0][0][0][0][0][0][0][0][0][0]: nested more than 12 deep.");
            assertThat(errors("{".repeat(60_000), "p")).hasSize(1);
            assertThat(errors("- ".repeat(30_000), "p")).hasSize(1);
            assertThat(errors("? ".repeat(30_000), "p")).hasSize(1);
        });
    }

    @Test
    void aFileOfMoreThan64KibIsRefusedUnread() {
        assertThat(errors("#".repeat(64 << 10), "p")).isEmpty();
        assertThat(errors("#".repeat((64 << 10) + 1), "p")).containsExactly("p:1:1: the file is longer than 64 KiB.");
        assertThat(errors("#" + "é".repeat(32 << 10), "p")).containsExactly("p:1:1: the file is longer than 64 KiB.");
    }

    @Test
    void aFloodOfErrorsEndsAtAHundred() {
        String flood =
                IntStream.range(0, 500).mapToObj(i -> "key%d: 1%n".formatted(i)).collect(Collectors.joining());

        List<String> errors = errors(flood, "p");

        assertThat(errors).hasSize(100);
        assertThat(errors.getFirst()).startsWith("p:1:1: key0: unknown key.");
        assertThat(errors.getLast()).startsWith("p:100:1: key99: unknown key.");
    }

    @Test
    void aMessageIsOneLineWhateverTheFileSays() {
        List<String> errors = errors("""
                "evil\\n::error::x\\u202e": 1
                start: {label: "a\\nb", permission: "%s"}
                """.formatted("x".repeat(500)), "p");

        assertThat(errors)
                .containsExactly(
                        "p:1:1: evil?::error::x?: unknown key. Known here: version, start, agents, types, workflows, roles,"
                                + " validation, branch, commit, pull_request, merge, paths, limits, learn, ledger, prices, suggestions.",
                        "p:2:16: start.label: expected a label of at most 50 characters, found \"a?b\".",
                        "p:2:36: start.permission: expected one of triage, write, maintain, admin, found \""
                                + "x".repeat(60) + "…\".");
    }

    /** The library reads 1,025 characters at a time. */
    @ParameterizedTest
    @ValueSource(ints = {1022, 1023, 1024, 1025, 2048, 2050})
    void aCharacterOfTwoHalvesMayStandAnywhere(int at) {
        String text = "# " + "x".repeat(at - 2) + "\uD83D\uDE00\nversion: 1\n";

        assertThat(PolicyFile.read(text, "p")).isInstanceOf(PolicyReading.Valid.class);
    }
}
