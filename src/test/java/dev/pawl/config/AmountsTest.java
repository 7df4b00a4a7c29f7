package dev.pawl.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.policy.Policy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource({
        "90s, PT1M30S",
        "30m, PT30M",
        "2h, PT2H",
        "1h30m, PT1H30M",
        "1h1s, PT1H1S",
        "'\"5m\"', PT5M",
        "120m, PT2H",
        "007s, PT7S"
    })
    void aDurationHasUnits(String written, Duration meant) {
        assertThat(policy("limits: {lease: " + written + "}").limits().lease()).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"30", "m", "''", "30 m", "30m1h", "1d", "-5m", "1.5h", "PT5M", "30M", "9999999s", "[5m]", "~"})
    void nothingElseIsADuration(String written) {
        assertThat(PolicyFileTest.errors("limits: {lease: " + written + "}", "p"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "4096, 4096", "1KiB, 1024", "4MiB, 4194304", "'\"2MiB\"', 2097152", "102400KiB, 104857600"})
    void aSizeIsANumberOrHasAUnit(String written, long meant) {
        assertThat(policy("paths: {max_bytes: " + written + "}").paths().maxBytes())
                .isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-1", "4MB", "4 MiB", "1.5MiB", "4mib", "999999999999GiB", "0x10", "1e3", "101MiB", "true"})
    void nothingElseIsASize(String written) {
        assertThat(PolicyFileTest.errors("paths: {max_bytes: " + written + "}", "p"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 5000000",
        "0.25, 250000",
        "0.000001, 1",
        "1.50, 1500000",
        "1.0E-6, 1",
        "2.5e1, 25000000",
        "100000, 100000000000"
    })
    void moneyIsExact(String written, long micros) {
        assertThat(policy("limits: {cost_usd_per_day: " + written + "}")
                        .limits()
                        .costPerDay()
                        .micros())
                .isEqualTo(micros);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "0.0000001",
                "100000.01",
                "1e9",
                "1e999999999",
                ".inf",
                ".nan",
                "$5",
                "'5'",
                "5 USD",
                "1_000"
            })
    void nothingElseIsMoney(String written) {
        assertThat(PolicyFileTest.errors("limits: {cost_usd_per_day: " + written + "}", "p"))
                .hasSize(1);
    }

    @Test
    void durationsAndSizesAreWrittenTheShortWay() {
        assertThat(Amounts.written(Duration.ZERO)).isEqualTo("0s");
        assertThat(Amounts.written(Duration.ofSeconds(5405))).isEqualTo("1h30m5s");
        assertThat(Amounts.written(Duration.ofHours(24))).isEqualTo("24h");
        assertThat(Amounts.size(4L << 20)).isEqualTo("4MiB");
        assertThat(Amounts.size(1536)).isEqualTo("1536");
        assertThat(Amounts.size(512 << 10)).isEqualTo("512KiB");
    }

    private static Policy policy(String text) {
        return switch (PolicyFile.read(text, "p")) {
            case PolicyReading.Valid valid -> valid.policy();
            case PolicyReading.Invalid invalid -> throw new AssertionError(invalid.errors());
        };
    }
}
