package dev.pawl.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.ignore.FastIgnoreRule;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * Which untracked files are build output. A file is ignored when the {@code .gitignore} files of the start commit say so, or
 * those that lie in the tree now: an agent that sets up a build also says what the build leaves behind. It can't bring a file
 * into the change that the start commit ignores, and what it keeps out of the change is not committed; tracked files
 * are never ignored. Rules whose matching could take long are skipped, whoever wrote them.
 */
final class Ignores {
    /** The files that hold the rules. */
    static final String FILE = ".gitignore";

    /** The longest such file that is read. */
    static final int LONGEST_FILE = 1 << 16;

    private static final int MOST_RULES = 2000;
    private static final int LONGEST_RULE = 256;
    private static final int MOST_STARS = 3;

    private final Map<String, IgnoreNode> trusted = new HashMap<>();
    private final Map<String, IgnoreNode> found = new HashMap<>();

    /** The start commit's rules. */
    static Ignores of(ObjectReader reader, StartTree start) throws IOException {
        var ignores = new Ignores();
        for (var entry : start.entries().entrySet()) {
            String path = entry.getKey();
            boolean rules = path.equals(FILE) || path.endsWith("/" + FILE);
            if (rules && !entry.getValue().isLink() && !entry.getValue().isSubmodule()) {
                var blob = reader.open(entry.getValue().id(), Constants.OBJ_BLOB);
                if (blob.getSize() <= LONGEST_FILE) {
                    ignores.trusted.put(parent(path), rules(blob.getBytes()));
                }
            }
        }
        return ignores;
    }

    /** Adds the rules that lie in a folder now. */
    void add(String folder, byte[] rules) {
        found.put(folder, rules(rules));
    }

    /** Whether an untracked path is ignored, its folders aside. */
    boolean covers(String path, boolean folder) {
        return covers(trusted, path, folder) || covers(found, path, folder);
    }

    private static boolean covers(Map<String, IgnoreNode> nodes, String path, boolean folder) {
        for (String at = parent(path); ; at = parent(at)) {
            IgnoreNode node = nodes.get(at);
            if (node != null) {
                Boolean answer = node.checkIgnored(at.isEmpty() ? path : path.substring(at.length() + 1), folder);
                if (answer != null) {
                    return answer;
                }
            }
            if (at.isEmpty()) {
                return false;
            }
        }
    }

    private static IgnoreNode rules(byte[] text) {
        List<FastIgnoreRule> rules = new ArrayList<>();
        new String(text, StandardCharsets.UTF_8)
                .lines()
                .limit(MOST_RULES)
                .map(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)
                .filter(Ignores::isTame)
                .map(FastIgnoreRule::new)
                .forEach(rules::add);
        return new IgnoreNode(rules);
    }

    /** JGit turns a rule's parts into regular expressions, and logs, word for word, the rules that it can't read. */
    private static boolean isTame(String rule) {
        if (rule.isBlank() || rule.startsWith("#") || rule.length() > LONGEST_RULE) {
            return false;
        }
        int anyDepth = 0;
        for (String part : rule.split("/", -1)) {
            if (part.equals("**")) {
                anyDepth++;
            } else if (part.chars().filter(c -> c == '*').count() > MOST_STARS) {
                return false;
            }
        }
        return anyDepth <= MOST_STARS && !rule.endsWith("\\") && hasPlainSets(rule);
    }

    /** Sets such as {@code [Bb]} and {@code [0-9]}; nothing that could be read in two ways, or not at all. */
    private static boolean hasPlainSets(String rule) {
        for (int open = rule.indexOf('['); open >= 0; ) {
            int close = rule.indexOf(']', open);
            if (close < open + 2) {
                return false;
            }
            for (int i = open + 1; i < close; i++) {
                char c = rule.charAt(i);
                boolean range = c == '-' && i > open + 1 && i < close - 1 && rule.charAt(i - 1) < rule.charAt(i + 1);
                boolean negation = i == open + 1 && i < close - 1 && (c == '!' || c == '^');
                if (!range && !negation && !isWordlike(c)) {
                    return false;
                }
            }
            open = rule.indexOf('[', close);
        }
        return true;
    }

    private static boolean isWordlike(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '.'
                || c == '~';
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
