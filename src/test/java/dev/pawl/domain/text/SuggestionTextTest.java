package dev.pawl.domain.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.decide.Unsuggested;
import dev.pawl.domain.effect.Effect.EnsureSuggestions.Remark;
import dev.pawl.domain.model.ChangedFile;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.port.AgentResult.Finding;
import dev.pawl.domain.stage.Suggestions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What findings become on a pull request that isn't Pawl's. */
class SuggestionTextTest {
    private static final ChangedFile FILE = new ChangedFile(
            "a.txt", Optional.empty(), false, Optional.of(new Untrusted("@@ -1,2 +1,3 @@\n one\n-two\n+2\n+3\n")));

    private static Finding finding(boolean blocking, String file, int line, String suggestion) {
        return new Finding(
                blocking,
                Optional.of(file),
                line == 0 ? OptionalInt.empty() : OptionalInt.of(line),
                new Untrusted("Because."),
                suggestion.isEmpty() ? Optional.empty() : Optional.of(new Untrusted(suggestion)));
    }

    private static Suggestions of(Finding... findings) {
        return Suggestions.of(List.of(findings), List.of(FILE));
    }

    private static String block(String suggestion) {
        return SuggestionText.remark(Untrusted.EMPTY, new Untrusted(suggestion)).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "a.txt, 1, x, true",
        "a.txt, 3, x, true",
        "a.txt, 4, x, false",
        "a.txt, 0, x, false",
        "b.txt, 1, x, false",
        "./a.txt, 1, x, false",
        "a.txt, 1, '', false"
    })
    void onlyALineOfTheDiffTakesASuggestion(String file, int line, String suggestion, boolean taken) {
        Suggestions suggestions = of(finding(true, file, line, suggestion));

        assertThat(suggestions.remarks()).hasSize(taken ? 1 : 0);
        assertThat(suggestions.others()).hasSize(taken ? 0 : 1);
    }

    @Test
    void aFileThatIsGoneTakesNone() {
        var gone = new ChangedFile("a.txt", Optional.empty(), true, FILE.patch());
        assertThat(Suggestions.of(List.of(finding(true, "a.txt", 1, "x")), List.of(gone))
                        .remarks())
                .isEmpty();
    }

    @Test
    void whatBlocksGoesFirstAndALineTakesOne() {
        Suggestions suggestions = of(
                finding(false, "a.txt", 1, "minor"),
                finding(true, "a.txt", 2, "first"),
                finding(true, "a.txt", 2, "late"));

        assertThat(suggestions.remarks())
                .containsExactly(
                        new Remark("a.txt", 2, 2, "Because.\n\n```suggestion\nfirst\n```\n"),
                        new Remark("a.txt", 1, 1, "Because.\n\n```suggestion\nminor\n```\n"));
        assertThat(suggestions.others()).hasSize(1);
    }

    @Test
    void aSuggestionStandsAsItIsInAFenceThatItCantEnd() {
        assertThat(block("    @Override // #1\n")).isEqualTo("```suggestion\n    @Override // #1\n```\n");
        assertThat(block("a\r\nb")).isEqualTo("```suggestion\na\nb\n```\n");
        assertThat(block("```\n`````x")).isEqualTo("``````suggestion\n```\n`````x\n``````\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {" \n", "a\u202eb", "a\u200bb", "a\rb"})
    void whatAReaderWouldNotSeeIsNotOffered(String suggestion) {
        assertThat(SuggestionText.remark(new Untrusted("x"), new Untrusted(suggestion)))
                .isEmpty();
        assertThat(SuggestionText.remark(new Untrusted("x"), new Untrusted("x".repeat(4_001))))
                .isEmpty();
    }

    @Test
    void everyReasonHasASentenceOfItsOwn() {
        assertThat(Arrays.stream(Unsuggested.values()).map(SuggestionText::nothing))
                .doesNotHaveDuplicates()
                .allSatisfy(sentence -> assertThat(sentence).endsWith("."));
    }
}
