package dev.pawl.domain.text;

import dev.pawl.domain.model.JobLog;
import dev.pawl.domain.model.Untrusted;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts a job's log to what tells why it failed: the step that failed, and of a long one the lines around what looks like
 * a failure, and its end. The shapes are those of common compilers and test runners; where none fits, the end is what is left.
 */
public final class CiLog {
    /** How long an excerpt may be, in characters. */
    static final int LONGEST = 8_000;

    private static final int LONGEST_LINE = 400;
    private static final int BEFORE = 2;
    private static final int AFTER = 12;
    private static final String STEP = "##[group]Run ";
    private static final String ERROR = "##[error]";

    /** A byte order mark and the time at which a runner read the line. */
    private static final Pattern TIME =
            Pattern.compile("^\\uFEFF?\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?Z ?");

    /** Colours, and what else moves a terminal's cursor (ECMA-48, "CSI"). */
    private static final Pattern ESCAPE = Pattern.compile("\\u001B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\u0007]*\\u0007?)");

    /** What compilers and test runners begin a failure with. */
    private static final Pattern FAILURE = Pattern.compile("^\\s*(?:##\\[error]"
            + "|\\[ERROR]|\\[FAIL]" // Maven, sbt
            + "|\\S+:\\d+(?::\\d+)?:? (?:fatal )?error\\b|error(?:\\[\\w+])?:|error TS\\d+" // C, Java, Rust, TypeScript
            + "|\\S+\\(\\d+,\\d+\\): error " // C#, TypeScript
            + "|FAIL(?:ED|URE)?\\b|--- FAIL:|not ok \\d|E {2,}\\S|=+ FAILURES =+" // Go, TAP, pytest
            + "|[✕✗✖●×] |\\d+\\) \\S.*|AssertionError|Traceback \\(most recent call last\\)" // Jest, Mocha, Python
            + "|thread '.*' panicked at|Exception in thread|Caused by: |panic: " // Rust, Java, Go
            + "|(?:npm|yarn) ERR!|make(?:\\[\\d+])?: \\*\\*\\*|> Task .* FAILED|\\* What went wrong:)");

    private CiLog() {}

    /** The part of a log that tells why its job failed; empty where there is no log. */
    public static Untrusted excerpt(JobLog log) {
        List<String> lines = failing(log.text().raw().lines().map(CiLog::plain).toList());
        return new Untrusted(within(lines));
    }

    private static String plain(String line) {
        String text = ESCAPE.matcher(TIME.matcher(line).replaceFirst("")).replaceAll("");
        return text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + " [...]";
    }

    /** The lines of the step that failed last, as a runner's log marks them; all where it marks none. */
    private static List<String> failing(List<String> lines) {
        int end = lines.size();
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).startsWith(ERROR)) {
                end = i + 1;
                break;
            }
        }
        int begin = 0;
        for (int i = end - 1; i >= 0; i--) {
            if (lines.get(i).startsWith(STEP)) {
                begin = i;
                break;
            }
        }
        return withoutHead(lines.subList(begin, end));
    }

    /** A step's head shows its command, and then its shell and variables, which tell nothing. */
    private static List<String> withoutHead(List<String> step) {
        int head = step.isEmpty() || !step.getFirst().startsWith(STEP) ? -1 : step.indexOf("##[endgroup]");
        if (head < 0) {
            return step;
        }
        var kept = new ArrayList<String>();
        kept.add("$ " + step.getFirst().substring(STEP.length()));
        kept.addAll(step.subList(head + 1, step.size()));
        return kept;
    }

    private static String within(List<String> lines) {
        String whole = String.join("\n", lines).strip();
        if (whole.length() <= LONGEST) {
            return whole;
        }
        var shown = new BitSet(lines.size());
        int left = LONGEST - show(lines, shown, lines.size() - 1, 0, LONGEST / 3);
        for (int i = 0; i < lines.size() && left > 0; i++) {
            if (FAILURE.matcher(lines.get(i)).find()) {
                int from = Math.max(0, i - BEFORE);
                int to = Math.min(lines.size() - 1, i + AFTER);
                left -= show(lines, shown, from, to, left);
            }
        }
        if (left > LONGEST / 3) {
            left -= show(lines, shown, lines.size() - 1, 0, left);
        }
        return joined(lines, shown);
    }

    /** Shows lines, from one to another in that order, as long as there is room; returns how much that took. */
    private static int show(List<String> lines, BitSet shown, int from, int to, int room) {
        int used = 0;
        int step = from <= to ? 1 : -1;
        for (int i = from; step > 0 ? i <= to : i >= to; i += step) {
            int length = shown.get(i) ? 0 : lines.get(i).length() + 1;
            if (used + length > room) {
                return used;
            }
            shown.set(i);
            used += length;
        }
        return used;
    }

    private static String joined(List<String> lines, BitSet shown) {
        var text = new StringBuilder();
        int next = 0;
        for (int i = shown.nextSetBit(0); i >= 0; i = shown.nextSetBit(i + 1)) {
            if (i > next) {
                text.append("[... ").append(Documents.count(i - next, "line")).append(" ...]\n");
            }
            text.append(lines.get(i)).append('\n');
            next = i + 1;
        }
        return text.toString().strip();
    }
}
