package dev.pawl.git;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.ObjectChecker;

/**
 * What a path is on file systems that know no case (Windows, macOS), fold Unicode (macOS) or take more than one spelling for
 * the same name. Two paths with the same fold may be one file there.
 */
final class PathFold {
    private PathFold() {}

    /** Without case, compatibility forms and characters that nobody sees; with slashes for backslashes. */
    static String of(String path) {
        String plain = Normalizer.normalize(visible(path), Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        return visible(Normalizer.normalize(plain, Normalizer.Form.NFKC)).replace('\\', '/');
    }

    /** The fold's parts as Windows reads them: no dots or spaces at the end, nothing after a colon. */
    static List<String> parts(String path) {
        return Arrays.stream(of(path).split("/", -1)).map(PathFold::onWindows).toList();
    }

    /** Whether a part of the path is, somewhere, git's own folder or the way out of a folder. */
    static boolean isReserved(String path) {
        for (String part : path.split("[/\\\\]", -1)) {
            if (!isPlain(part)) {
                return true;
            }
        }
        return parts(path).stream().anyMatch(PathFold::isReservedPart);
    }

    private static boolean isReservedPart(String part) {
        boolean shortName = part.startsWith("git~")
                && part.length() > 4
                && part.substring(4).chars().allMatch(c -> c >= '0' && c <= '9');
        return shortName || part.isEmpty() || part.equals(".git") || part.equals(".") || part.equals("..");
    }

    private static boolean isPlain(String part) {
        byte[] name = part.getBytes(StandardCharsets.UTF_8);
        try {
            new ObjectChecker().setSafeForMacOS(true).checkPathSegment(name, 0, name.length);
            return true;
        } catch (CorruptObjectException e) {
            return false;
        }
    }

    private static String onWindows(String part) {
        int colon = part.indexOf(':');
        String name = colon > 0 ? part.substring(0, colon) : part;
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) == ' ')) {
            end--;
        }
        return end == 0 ? name : name.substring(0, end);
    }

    private static String visible(String text) {
        var seen = new StringBuilder(text.length());
        text.codePoints().filter(c -> !isIgnorable(c)).forEach(seen::appendCodePoint);
        return seen.toString();
    }

    /** Unicode's default ignorable code points, as far as they are assigned. */
    private static boolean isIgnorable(int c) {
        return Character.getType(c) == Character.FORMAT
                || (c >= 0xFE00 && c <= 0xFE0F)
                || (c >= 0xE0000 && c <= 0xE0FFF)
                || (c >= 0x180B && c <= 0x180F)
                || c == 0x034F
                || c == 0x115F
                || c == 0x1160
                || c == 0x17B4
                || c == 0x17B5
                || c == 0x3164
                || c == 0xFFA0;
    }
}
