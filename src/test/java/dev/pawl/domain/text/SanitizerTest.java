package dev.pawl.domain.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.model.Untrusted;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("SEC-18 SEC-19")
class SanitizerTest {
    @ParameterizedTest
    @CsvSource(delimiter = '→', textBlock = """
            <!-- pawl:state v1 {} -->      → &lt;!-- pawl:state v1 {} --&gt;
            hello @octocat and @org/team   → hello @ octocat and @ org/team
            write to a@b.example           → write to a@b.example
            see #12 and owner/repo#7       → see # 12 and owner/repo# 7
            Fixes #3                       → Fixes # 3
            closes GH-12                   → closes GH- 12
            https://github.com/o/r/issues/5 → https://github.com/o/r/issues/ 5
            https://github.com/o/r/pull/5  → https://github.com/o/r/pull/ 5
            ![x](https://evil.example/?d=1) → \\!\\[x](https://evil.example/?d=1)
            [x](javascript:alert(1))       → [x](javascript: alert(1))
            http://evil.example            → http: //evil.example
            https://fine.example           → https://fine.example
            /merge                         → \\/merge
            - /lgtm                        → - \\/lgtm
            [skip ci] done                 → (skip ci) done
            ***NO_CI***                    → (no ci)
            ******no_ci******              → ***(no ci)***
            @***no_ci***                   → @(no ci)
            skip-checks: true              → skip-checks : true
            <img src=x> and 1 < 2          → &lt;img src=x> and 1 < 2
            </details>                     → &lt;/details>
            """)
    void whatHasAnEffectLosesIt(String hostile, String published) {
        assertThat(Sanitizer.markdown(new Untrusted(hostile), 1_000)).isEqualTo(published);
    }

    @Test
    void whatPeopleDoNotSeeIsRemoved() {
        String hidden = "a\u200Bb\u202Ec\uDB40\uDC41d\uFE0Fe\u3164f\u0007g\u00ADh";

        assertThat(Sanitizer.markdown(new Untrusted(hidden), 1_000)).isEqualTo("abcdefgh");
    }

    @Test
    void anOpenCodeBlockIsClosed() {
        assertThat(Sanitizer.markdown(new Untrusted("```java\nint a;"), 1_000)).isEqualTo("```java\nint a;\n```");
    }

    @Test
    void longTextIsCutBetweenCharacters() {
        String smile = "\uD83D\uDE00";

        assertThat(Sanitizer.markdown(new Untrusted(smile.repeat(10)), 5))
                .isEqualTo(smile.repeat(2) + "\n\n*(cut: the rest is too long)*");
        assertThat(Sanitizer.code(new Untrusted(smile.repeat(10)), 5)).isEqualTo(smile.repeat(2));
    }

    @Test
    void aLineStaysALine() {
        assertThat(Sanitizer.line(new Untrusted("a\r\nb | c\u2028d"), 100)).isEqualTo("a  b \\| c d");
    }

    @Test
    void noTextKeepsACommentOpeningOrAMention() {
        var random = new Random(7);
        String[] parts = {"<", "!", "-", "--", ">", "@", "a", "#", "1", "/", "\n", "[", "]", "(", "http:", " ", "pawl:"
        };
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int k = random.nextInt(24); k > 0; k--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            String published = Sanitizer.markdown(new Untrusted(text.toString()), 1_000);
            assertThat(published).doesNotContain("<!--", "-->").doesNotContainPattern("(^|[^a-z0-9_])@[a-z0-9]");
            assertThat(published).doesNotContainPattern("(?<!&)#[0-9]").doesNotContain("![");
        }
    }
}
