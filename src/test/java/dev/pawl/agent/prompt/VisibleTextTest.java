package dev.pawl.agent.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.model.Untrusted;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("SEC-21")
class VisibleTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a<!-- x -->b | ab",
                "a<!-- x --!>b | ab",
                "a<!-->b | ab",
                "a<!--->b | ab",
                "a<!-- never closed | a",
                "a<!-- x -- > y ->z | a",
                "<!-<!-- x -->- evil -->b | b",
                "<<!-- x -->!-- evil -->b | b",
                "<!<!-- 1 --><!-- 2 -->-- evil | ''",
                "<!-- a <!-- b --> c --> | ' c -->'",
                "<!--<!----><!-- x -->b | b",
                "plain < ! -- text --> | plain < ! -- text -->",
            })
    void commentsAreRemovedToAFixedPoint(String text, String shown) {
        assertThat(VisibleText.of(new Untrusted(text)).text()).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x0000, 0x0007, 0x001B, 0x007F, 0x0085, 0x009B, // controls
                0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x061C, 0x180E, // zero width
                0x202A, 0x202E, 0x2066, 0x2069, 0x200E, 0x200F, // direction
                0xE0001, 0xE0041, 0xE007F, // tags
                0xFE00, 0xFE0F, 0xE0100, 0xE01EF, 0x180B, // variation selectors
                0x115F, 0x1160, 0x3164, 0xFFA0, 0x034F, 0x17B4, 0x2800, // fillers
                0xE000, 0xF8FF, 0xF0000, 0x10FFFD, // private use
                0x0378, 0xFFFF, 0x2FFFF, // unassigned
                0xD800, 0xDFFF, // halves of a pair
            })
    void charactersWithoutAPictureAreRemovedAndCounted(int c) {
        var visible = VisibleText.of(new Untrusted("a" + Character.toString(c) + "b"));

        assertThat(visible).isEqualTo(new VisibleText("ab", 1));
    }

    @Test
    void ordinaryTextOfAnyLanguageStays() {
        String text = "Zeile\tzwei\nÜbung, 日本語, العربية, हिन्दी, é, 🙂, 한국어 \u2014 \u00a0x";

        assertThat(VisibleText.of(new Untrusted(text))).isEqualTo(new VisibleText(text, 0));
    }

    @Test
    void allLineEndsAreOneKind() {
        assertThat(VisibleText.of(new Untrusted("a\r\nb\rc\u2028d\u2029e\n")).text())
                .isEqualTo("a\nb\nc\nd\ne\n");
    }

    @Test
    void aMarkerCutByHiddenCharactersIsAComment() {
        assertThat(VisibleText.of(new Untrusted("x<!\u200b-\u200d- pawl:state v1 {} -->y")))
                .isEqualTo(new VisibleText("xy", 27));
    }

    @Test
    void whatIsCountedIsWhatAReaderDoesNotSee() {
        assertThat(VisibleText.of(new Untrusted("a\u200b<!-- 1234 -->b")).removed())
                .isEqualTo(1 + 13);
    }

    @Test
    @Timeout(20)
    void textsMadeToBeSlowAreNot() {
        assertThat(VisibleText.of(new Untrusted("<!-".repeat(200_000))).text()).hasSize(600_000);
        assertThat(VisibleText.of(new Untrusted("<!--".repeat(200_000))).text()).isEmpty();
        assertThat(VisibleText.of(new Untrusted("<!-<!-- -->".repeat(100_000))).text())
                .hasSizeLessThan(400_000);
        assertThat(VisibleText.of(new Untrusted("--!".repeat(200_000))).text()).hasSize(600_000);
    }
}
