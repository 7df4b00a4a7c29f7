package dev.pawl.agent.validation;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reports of one command: those that weren't there before it, or that it changed. An older one says nothing of it. */
final class ReportFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ReportFiles.class);
    private static final int MOST = 1000;
    private static final long LARGEST = 10L << 20;

    private final Path root;
    private final List<PathMatcher> globs;
    private final Map<Path, Object> before;

    private ReportFiles(Path root, List<PathMatcher> globs) {
        this.root = root;
        this.globs = globs;
        this.before = found();
    }

    /** Looks at what is there before the command runs. */
    static ReportFiles before(List<String> globs, Path root) {
        return new ReportFiles(
                root, globs.stream().flatMap(ReportFiles::matchers).toList());
    }

    /** What the command wrote, in the order of the paths; at most 1,000 files of at most 10 MiB. */
    List<Path> written() {
        return found().entrySet().stream()
                .filter(e -> !Objects.equals(before.get(e.getKey()), e.getValue()))
                .limit(MOST)
                .map(e -> root.resolve(e.getKey()))
                .toList();
    }

    private Map<Path, Object> found() {
        if (globs.isEmpty()) {
            return Map.of();
        }
        var found = new TreeMap<Path, Object>();
        TreeWalk.files(root, (file, attributes) -> {
            if (attributes.size() <= LARGEST && globs.stream().anyMatch(g -> g.matches(file))) {
                found.put(file, version(attributes));
            }
        });
        return found;
    }

    private static Object version(BasicFileAttributes attributes) {
        var version = new HashMap<String, Object>();
        version.put("modified", attributes.lastModifiedTime());
        version.put("size", attributes.size());
        version.put("key", String.valueOf(attributes.fileKey()));
        return version;
    }

    /** A glob, and the same with nothing in the place of each leading {@code **}/, which Java's globs don't allow for. */
    private static Stream<PathMatcher> matchers(String glob) {
        try {
            var matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
            return glob.startsWith("**/")
                    ? Stream.concat(Stream.of(matcher), matchers(glob.substring(3)))
                    : Stream.of(matcher);
        } catch (PatternSyntaxException e) {
            LOG.warn("event=bad-glob glob=\"{}\"", glob);
            return Stream.empty();
        }
    }
}
