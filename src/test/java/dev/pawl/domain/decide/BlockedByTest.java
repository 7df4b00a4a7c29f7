package dev.pawl.domain.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Issue;
import dev.pawl.domain.model.Untrusted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockedByTest {
    private static Issue issue(String body) {
        return new Issue(
                1,
                7,
                new Untrusted("t"),
                new Untrusted(body),
                Actor.GHOST,
                true,
                false,
                List.of(),
                Optional.empty(),
                0,
                Instant.EPOCH);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    blocked by #3                            | [3]
                    Blocked by: #3, #12 and #4.              | [3, 4, 12]
                    - [ ] blocked by #3                      | [3]
                    This issue is blocked by #3 (the parser) | [3]
                    """)
    void aLineThatSaysSoCounts(String line, String numbers) {
        assertThat(BlockedBy.of(issue("Please.\n\n" + line + "\r\nThanks"))).hasToString(numbers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "> blocked by #3",
                "    blocked by #3",
                "```\nblocked by #3\n```",
                "It was blocked by #3 once",
                "blocked by #7",
                "blocked by #0",
                "blocked by octo/lab#3",
                "unblocked by #3",
                "not blocked"
            })
    void anythingElseDoesNot(String body) {
        assertThat(BlockedBy.of(issue(body))).isEmpty();
    }

    @Test
    void tenAreEnough() {
        String all = IntStream.rangeClosed(10, 40).mapToObj(n -> "#" + n).collect(Collectors.joining(", "));
        assertThat(BlockedBy.of(issue("blocked by " + all))).hasSize(10).contains(10, 19);
    }
}
