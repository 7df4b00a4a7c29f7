package dev.pawl;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every source file is formatted by palantir-java-format; {@code ./mvnw -Pformat test} writes the format. */
class FormatTest {
    private static final JavaFormatterOptions.Style STYLE = JavaFormatterOptions.Style.PALANTIR;
    private static final Formatter FORMATTER = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(STYLE).formatJavadoc(false).build());

    @Test
    void everySourceFileIsFormatted() throws IOException {
        boolean write = "write".equals(System.getProperty("pawl.format"));
        var unformatted = new ArrayList<Path>();
        int seen = 0;
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java"))
                    .filter(f -> !f.toString().contains("/resources/"))
                    .toList()) {
                seen++;
                String source = Files.readString(file);
                String formatted = format(file, source);
                if (!formatted.equals(source)) {
                    if (write) {
                        Files.writeString(file, formatted);
                    } else {
                        unformatted.add(file);
                    }
                }
            }
        }
        assertThat(seen).as("files seen").isPositive();
        assertThat(unformatted).as("files to format: run ./mvnw -Pformat test").isEmpty();
    }

    private static String format(Path file, String source) {
        try {
            String imports = ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(source), STYLE);
            return FORMATTER.formatSource(imports);
        } catch (FormatterException e) {
            throw new AssertionError(file + " can't be read as Java: " + e.getMessage(), e);
        }
    }
}
