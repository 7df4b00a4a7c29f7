package dev.pawl.agent.validation;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a failure happened.
 *
 * @param file relative to the work tree
 * @param line from 1
 */
record SourcePlace(Optional<String> file, OptionalInt line) {
    private static final SourcePlace NOWHERE = new SourcePlace(Optional.empty(), OptionalInt.empty());
    private static final int MOST_DIGITS = 7;

    /** The first place in the failure's text that is a file of the tree; else what the report itself names. */
    static SourcePlace in(JUnitReport.Case failed, TreeFiles files) {
        SourcePlace traced = in(failed.text(), failed.names(), files);
        if (traced.file.isPresent()) {
            return traced;
        }
        // pytest counts lines from 0 here, and others from 1: only the file is taken.
        return failed.names()
                .file()
                .flatMap(files::find)
                .map(file -> new SourcePlace(Optional.of(file), OptionalInt.empty()))
                .orElse(NOWHERE);
    }

    /** Looks at each colon with a number behind it and a path before it, as in {@code src/a.py:12}. */
    private static SourcePlace in(String text, JUnitReport.Names names, TreeFiles files) {
        for (int colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
            int end = colon + 1;
            while (end < text.length() && end - colon <= MOST_DIGITS && isDigit(text.charAt(end))) {
                end++;
            }
            int start = colon;
            while (start > 0 && colon - start < 500 && inPath(text.charAt(start - 1))) {
                start--;
            }
            if (end > colon + 1 && start < colon) {
                var file = find(text, start, text.substring(start, colon), names, files);
                if (file.isPresent()) {
                    return new SourcePlace(file, OptionalInt.of(Integer.parseInt(text, colon + 1, end, 10)));
                }
            }
        }
        return NOWHERE;
    }

    private static Optional<String> find(
            String text, int start, String path, JUnitReport.Names names, TreeFiles files) {
        if (path.contains("/")) {
            return files.find(path);
        }
        Optional<String> folder = packageOf(text, start);
        if (folder.isPresent()) {
            return files.find(folder.get() + "/" + path); // or it is a library's file of the same name
        }
        // Go names the file alone, and the package in the test's class name: mod/pkg, of which the tree holds the end.
        for (String group = names.group(); !group.isEmpty(); group = afterSlash(group)) {
            var found = files.find(group + "/" + path);
            if (found.isPresent()) {
                return found;
            }
        }
        return files.find(path);
    }

    private static String afterSlash(String folder) {
        int slash = folder.indexOf('/');
        return slash < 0 ? "" : folder.substring(slash + 1);
    }

    /** For a frame such as {@code at org.example.FooTest.bar(FooTest.java:12)}: the folder {@code org/example}. */
    private static Optional<String> packageOf(String text, int start) {
        if (start == 0 || text.charAt(start - 1) != '(') {
            return Optional.empty();
        }
        int from = start - 1;
        while (from > 0 && start - from < 500 && inPath(text.charAt(from - 1))) {
            from--;
        }
        String method = text.substring(Math.max(text.lastIndexOf('/', start - 1), from - 1) + 1, start - 1);
        int type = method.lastIndexOf('.', Math.max(0, method.lastIndexOf('.') - 1));
        return type <= 0
                ? Optional.empty()
                : Optional.of(method.substring(0, type).replace('.', '/'));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean inPath(char c) {
        return Character.isLetterOrDigit(c) || "._-/\\$@+<>".indexOf(c) >= 0;
    }
}
