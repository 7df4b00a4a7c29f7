package dev.pawl.domain.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.policy.Usd;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("SEC-24")
class DaybookTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static Usd cents(long cents) {
        return Usd.ofMicros(cents * 10_000);
    }

    private static Daybook.Open agent(int issue, Instant at) {
        return new Daybook.Open(issue, 3, at, at.plus(Duration.ofMinutes(45)), cents(500));
    }

    @Test
    void whatRunsCountsWithAllItMayUseAndThenWithWhatItUsed() {
        Daybook open = Daybook.EMPTY.opened(agent(1, NOON), 11);

        assertThat(open.spent()).isEqualTo(cents(500));
        assertThat(open.closed(1, 3, cents(7)).spent()).isEqualTo(cents(7));
        assertThat(open.closed(1, 2, cents(7)).spent()).as("another lease's").isEqualTo(cents(500));
    }

    @Test
    void whatNeverEndedIsUsedUp() {
        Daybook later = Daybook.EMPTY.opened(agent(1, NOON), 11).at(NOON.plus(Duration.ofMinutes(45)));

        assertThat(later.open()).isEmpty();
        assertThat(later.spent()).isEqualTo(cents(500));
        assertThat(later.closed(1, 3, cents(7)).spent()).isEqualTo(cents(500));
    }

    @Test
    void aSecondAgentForTheSameIssueMeansThatTheFirstOneDied() {
        Daybook twice = Daybook.EMPTY.opened(agent(1, NOON), 11).opened(agent(1, NOON.plusSeconds(60)), 11);

        assertThat(twice.open()).hasSize(1);
        assertThat(twice.spent()).isEqualTo(cents(1000));
        assertThat(twice.startsBy(11)).hasSize(2);
        assertThat(twice.others(1)).isZero();
        assertThat(twice.others(2)).isEqualTo(1);
    }

    @Test
    void aDayAndAnHourLaterNothingIsLeft() {
        Daybook closed = Daybook.EMPTY.opened(agent(1, NOON), 11).closed(1, 3, cents(7));

        assertThat(closed.at(NOON.plus(Duration.ofMinutes(61))).startsBy(11)).isEmpty();
        assertThat(closed.at(NOON.plus(Duration.ofHours(24))).spent()).isEqualTo(cents(7));
        assertThat(closed.below(cents(7), NOON)).isEqualTo(NOON.plus(Duration.ofHours(25)));
        assertThat(closed.at(NOON.plus(Duration.ofHours(25)))).isEqualTo(Daybook.EMPTY);
    }

    @Test
    void itReadsWhatItWrote() {
        Daybook book = Daybook.EMPTY
                .opened(agent(1, NOON), 11)
                .closed(1, 3, cents(7))
                .opened(agent(2, NOON.plusSeconds(60)), 12);

        assertThat(Daybook.parse(book.text())).contains(book);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pawl-daybook v2\n",
                "pawl-daybook v1\nspent 2026-03-01T12:00:00Z -1\n",
                "pawl-daybook v1\nspent 2026-03-01T12:00:00Z 9223372036854775808\n",
                "pawl-daybook v1\nspent 2026-03-01T12:00:00Z 9223372036854775807\nspent 2026-03-01T12:00:00Z 1\n",
                "pawl-daybook v1\nspent noon 1\n",
                "pawl-daybook v1\nspent 2026-03-01T12:00:00Z 1 1\n",
                "pawl-daybook v1\nstart 2026-03-01T12:00:00Z x\n",
                "pawl-daybook v1\nopen 99999999999 1 2026-03-01T12:00:00Z 2026-03-01T12:00:00Z 1\n",
                "pawl-daybook v1\n\n",
                "pawl-daybook v1\nlater 1\n"
            })
    void anythingElseIsRefused(String text) {
        assertThat(Daybook.parse(text)).isEmpty();
    }
}
