package dev.pawl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The libraries are the ones that were looked at: each jar's SHA-256 is in {@code src/test/resources/dependencies.sha256}.
 * After a wanted change, {@code ./mvnw test -Dtest=DependenciesTest -Dpawl.dependencies=write} writes that file anew.
 */
@DisplayName("SEC-31")
class DependenciesTest {
    private static final Path LIST = Path.of("src/test/resources/dependencies.sha256");

    private static String libraries() {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
        return Arrays.stream(classPath.split(File.pathSeparator))
                .map(Path::of)
                .filter(file -> file.toString().endsWith(".jar"))
                .collect(Collectors.toMap(
                        file -> String.valueOf(file.getFileName()),
                        DependenciesTest::sha256,
                        (a, b) -> a,
                        TreeMap::new))
                .entrySet()
                .stream()
                .map(jar -> jar.getValue() + "  " + jar.getKey() + "\n")
                .collect(Collectors.joining());
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyLibraryIsTheOneThatWasLookedAt() throws IOException {
        String found = libraries();
        if ("write".equals(System.getProperty("pawl.dependencies"))) {
            Files.writeString(LIST, found);
        }

        assertThat(found.lines()).as("libraries on the class path").hasSizeGreaterThan(20);
        assertThat(found).isEqualTo(Files.readString(LIST));
    }
}
