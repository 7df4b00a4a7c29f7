package dev.pawl.config;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to a file, reading it gives a policy or errors, never an exception. The same mutations every time. */
class PolicyFileMutationTest {
    private static final int MUTANTS = 60;
    private static final List<String> SCRAPS = List.of(
            "", " ", "\n", "\n  ", ":", ": ", "- ", "[", "]", "{", "}", ",", "&a ", "*a", "!x ", "\"", "'", "#", "|",
            ">", "?", "~", "0", "-1", "1e9", "true", "null", "\t", "\0", "\uFEFF", "\u2028", "\uD83D", "%", "---\n",
            "...\n", "<<");

    static List<Corpus.Sample> samples() {
        return Stream.of("valid", "invalid", "refused")
                .flatMap(d -> Corpus.in(d).stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aMutantIsReadOrRefused(Corpus.Sample sample) {
        var random = new Random(sample.name().hashCode());
        for (int i = 0; i < MUTANTS; i++) {
            String mutant = mutate(mutate(sample.text(), random), random);
            assertThatCode(() -> PolicyReport.text(PolicyFile.read(mutant, "p")))
                    .as(mutant)
                    .doesNotThrowAnyException();
        }
    }

    private static String mutate(String text, Random random) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(6));
        return text.substring(0, from) + SCRAPS.get(random.nextInt(SCRAPS.size())) + text.substring(to);
    }
}
