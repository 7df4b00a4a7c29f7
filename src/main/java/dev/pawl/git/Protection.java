package dev.pawl.git;

import java.util.Arrays;
import java.util.List;

/**
 * The paths that a change may not touch. {@code **} stands for any number of folders, {@code *} for any characters of one
 * name, {@code ?} for one. As in {@code .gitignore}, a pattern without a slash holds at every depth, and a pattern that
 * matches a folder holds for all below it. {@code x/**} holds for {@code x} itself: a link in its place would replace it all.
 */
final class Protection {
    private final List<List<String>> patterns;

    Protection(List<String> globs) {
        this.patterns = globs.stream().map(Protection::parse).toList();
    }

    /** Whether the path is protected, however it is spelled. */
    boolean covers(String path) {
        List<String> parts = PathFold.parts(path);
        return patterns.stream().anyMatch(p -> coversOrAbove(p, parts));
    }

    /** Whether the path is a folder on the way to something protected. A link there would lead the way elsewhere. */
    boolean leadsTo(String path) {
        List<String> parts = PathFold.parts(path);
        return patterns.stream().anyMatch(pattern -> {
            for (int i = 0; i < parts.size(); i++) {
                if (i >= pattern.size() || pattern.get(i).equals("**") || !matches(pattern.get(i), parts.get(i))) {
                    return false;
                }
            }
            return true;
        });
    }

    private static List<String> parse(String glob) {
        String plain = PathFold.of(glob.strip());
        boolean anywhere = plain.indexOf('/') < 0;
        while (plain.startsWith("/")) {
            plain = plain.substring(1);
        }
        while (plain.endsWith("/") || plain.endsWith("/**")) {
            plain = plain.substring(0, plain.lastIndexOf('/'));
        }
        return Arrays.asList((anywhere ? "**/" + plain : plain).split("/+", -1));
    }

    private static boolean coversOrAbove(List<String> pattern, List<String> parts) {
        for (int length = 1; length <= parts.size(); length++) {
            if (matches(pattern, parts.subList(0, length))) {
                return true;
            }
        }
        return false;
    }

    /** Row by row, so that many stars cost no more than their number times the path's length. */
    private static boolean matches(List<String> pattern, List<String> parts) {
        boolean[] reached = new boolean[parts.size() + 1];
        reached[0] = true;
        for (String piece : pattern) {
            boolean[] next = new boolean[parts.size() + 1];
            boolean any = false;
            for (int i = 0; i <= parts.size(); i++) {
                if (piece.equals("**")) {
                    any |= reached[i];
                    next[i] = any;
                } else {
                    next[i] = i > 0 && reached[i - 1] && matches(piece, parts.get(i - 1));
                }
            }
            reached = next;
        }
        return reached[parts.size()];
    }

    private static boolean matches(String piece, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int retry = 0;
        while (n < name.length()) {
            if (p < piece.length() && piece.charAt(p) == '*') {
                star = p++;
                retry = n;
            } else if (p < piece.length() && (piece.charAt(p) == '?' || piece.charAt(p) == name.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++retry;
            } else {
                return false;
            }
        }
        while (p < piece.length() && piece.charAt(p) == '*') {
            p++;
        }
        return p == piece.length();
    }
}
