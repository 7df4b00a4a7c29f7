package dev.pawl.app.rehearsal;

import dev.pawl.sandbox.SandboxFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The sample project, kept as resources that an index lists: a native image can't look into a folder of its own. */
final class Sample {
    private static final String FOLDER = "/dev/pawl/sample/";
    private static final String BASKET = "basket.sh";

    private Sample() {}

    /** Its files, the policy included. Only walks about the bug have it: elsewhere the checks pass from the start. */
    static List<SandboxFile> files(Scenario scenario) {
        boolean broken = scenario.workflow().equals(Scenario.BUG.word());
        return read("index.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> file(line, broken))
                .toList();
    }

    private static SandboxFile file(String line, boolean broken) {
        String[] words = line.split(" ", 3);
        String text = read(words[2].equals(BASKET) && !broken ? "basket-fixed.sh" : words[2]);
        return words[0].equals("755") ? SandboxFile.executable(words[1], text) : SandboxFile.of(words[1], text);
    }

    /** Its policy. */
    static PolicyText policy() {
        return new PolicyText(read("pawl.yml"));
    }

    /** The scripted agent. */
    static String agent() {
        return read("agent");
    }

    private static String read(String name) {
        try (InputStream in = Sample.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("the sample lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
