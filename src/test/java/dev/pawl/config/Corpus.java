package dev.pawl.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The policy files in {@code src/test/resources/policy}: {@code valid} ones, {@code invalid} ones that the JSON Schema refuses too,
 * and {@code refused} ones that break rules beyond the schema. Lines that begin with {@code #!} are the errors that a file must get.
 */
final class Corpus {
    private static final Path ROOT = Path.of("src/test/resources/policy");
    private static final String EXPECTED = "#! ";

    private Corpus() {}

    /** One file. */
    record Sample(String name, String text) {
        List<String> expectedErrors() {
            return text.lines()
                    .filter(l -> l.startsWith(EXPECTED))
                    .map(l -> name + ":" + l.substring(EXPECTED.length()))
                    .toList();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Sample> in(String directory) {
        try (Stream<Path> files = Files.list(ROOT.resolve(directory))) {
            List<Sample> samples = files.sorted()
                    .map(f -> new Sample(f.getFileName().toString(), read(f)))
                    .toList();
            if (samples.isEmpty()) {
                throw new AssertionError("no samples in " + directory);
            }
            return samples;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
