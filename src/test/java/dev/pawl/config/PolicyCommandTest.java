package dev.pawl.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code pawl policy check} over the whole corpus: what it prints, and how it exits. */
@Tag(Program.TAG)
class PolicyCommandTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("LANG", "C.UTF-8");

    @TempDir
    Path folder = Path.of("");

    static Stream<Corpus.Sample> all() {
        return Stream.of("valid", "invalid", "refused").flatMap(d -> Corpus.in(d).stream());
    }

    @ParameterizedTest
    @MethodSource("all")
    void printsWhatTheReaderFound(Corpus.Sample sample) throws IOException {
        Path file = Files.writeString(folder.resolve(sample.name()), sample.text());
        PolicyReading reading = PolicyFile.read(sample.text(), file.toString());
        int exit = reading instanceof PolicyReading.Valid ? 0 : 78;

        assertThat(check(file.toString())).isEqualTo(new Program.Ended(exit, PolicyReport.text(reading) + "\n", ""));
        assertThat(check("--json", file.toString()))
                .isEqualTo(new Program.Ended(exit, PolicyReport.json(reading) + "\n", ""));
    }

    @Test
    void aFileThatIsNotThereIsAUsageError() {
        Path file = folder.resolve("none.yml");

        assertThat(check(file.toString()))
                .isEqualTo(new Program.Ended(64, "", "pawl: There is no file " + file + ".\n"));
    }

    private Program.Ended check(String... words) {
        var all = Stream.concat(Stream.of("policy", "check"), Stream.of(words)).toList();
        return Program.underTest().run(List.copyOf(all), ENVIRONMENT, folder);
    }
}
