package dev.pawl.agent.cli;

import dev.pawl.agent.process.Within;
import dev.pawl.agent.session.PlainFile;
import dev.pawl.agent.session.Sessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A conversation that is one file in the home. Where several match, as Gemini CLI leaves stubs beside it, it is the largest.
 *
 * @param under the folder below which the program keeps its conversations
 * @param ending how the path of a session's file ends
 * @param place where a session's file is put, so that the program finds it
 */
record KeptFile(String under, Function<String, String> ending, Function<String, String> place) implements Keeping {
    private static final int DEEPEST = 6;
    private static final int MOST_FILES = 10_000;

    @Override
    public PlainFile.Found take(Home home, String session) {
        Path folder = home.file(under);
        if (!isBelow(home.folder(), folder)) {
            return new PlainFile.Found.Nothing();
        }
        String end = ending.apply(session);
        try (Stream<Path> files = Files.walk(folder, DEEPEST)) {
            return files.limit(MOST_FILES)
                    .filter(f -> f.toString().endsWith(end) && Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
                    .max(Comparator.comparing(KeptFile::size).thenComparing(Comparator.naturalOrder()))
                    .map(f -> PlainFile.read(f, Sessions.LARGEST))
                    .orElseGet(PlainFile.Found.Nothing::new);
        } catch (IOException | UncheckedIOException e) {
            return new PlainFile.Found.Nothing();
        }
    }

    /** Whether there is such a folder, and no link on the way to it. */
    private static boolean isBelow(Path home, Path folder) {
        try {
            return Files.isDirectory(folder)
                    && folder.toRealPath().equals(home.toRealPath().resolve(home.relativize(folder)));
        } catch (IOException e) {
            return false;
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public boolean put(Home home, String session, String content) {
        Path file = home.file(place.apply(session));
        try {
            Within.write(home.folder(), file, content.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("a conversation can't be put back", e);
        }
    }
}
