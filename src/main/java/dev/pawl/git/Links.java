package dev.pawl.git;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;

/** Follows links on paper: by the targets found in the tree, never by the disk. */
final class Links {
    private static final int MOST_STEPS = 40;

    private final Map<String, String> targets;

    /**
     * The links.
     *
     * @param targets by path, all links of the tree
     */
    Links(Map<String, String> targets) {
        this.targets = targets;
    }

    /** Whether the link, and every link on its way, ends below the root without leaving it in between. */
    boolean staysInside(String link) {
        Deque<String> reached = new ArrayDeque<>();
        Deque<String> ahead = new ArrayDeque<>(Arrays.asList(link.split("/", -1)));
        int steps = 0;
        while (!ahead.isEmpty()) {
            String part = ahead.removeFirst();
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (part.equals("..")) {
                if (reached.isEmpty()) {
                    return false;
                }
                reached.removeLast();
                continue;
            }
            reached.addLast(part);
            String target = targets.get(String.join("/", reached));
            if (target != null) {
                if (++steps > MOST_STEPS || target.startsWith("/") || target.isEmpty()) {
                    return false;
                }
                reached.removeLast();
                String[] parts = target.split("/", -1);
                for (int i = parts.length - 1; i >= 0; i--) {
                    ahead.addFirst(parts[i]);
                }
            }
        }
        return true;
    }
}
