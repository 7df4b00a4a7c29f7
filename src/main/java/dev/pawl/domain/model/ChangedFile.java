package dev.pawl.domain.model;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that a pull request changes.
 *
 * @param path where it is, in the head
 * @param previous where it was, if it was renamed
 * @param removed whether it is gone in the head
 * @param patch the hunks; empty where the forge shows none: binary files, and very long ones
 */
public record ChangedFile(String path, Optional<String> previous, boolean removed, Optional<Untrusted> patch) {
    private static final Pattern HUNK =
            Pattern.compile("@@ -[0-9]{1,9}(?:,[0-9]{1,9})? \\+([0-9]{1,9})(?:,[0-9]{1,9})? @@.*");

    /** The lines of the head's file that the diff shows: only these can be commented on. */
    public SortedSet<Integer> lines() {
        var lines = new TreeSet<Integer>();
        int next = 0;
        for (String line : patch.map(Untrusted::raw).orElse("").split("\n", -1)) {
            Matcher hunk = HUNK.matcher(line);
            if (hunk.matches()) {
                next = Integer.parseInt(hunk.group(1));
            } else if (next > 0 && (line.startsWith("+") || line.startsWith(" "))) {
                lines.add(next++);
            }
        }
        return lines;
    }
}
