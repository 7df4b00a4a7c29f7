package dev.pawl.app.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Markdown as a person sees it on GitHub, in so far as a terminal can show it: without what is hidden, tables in columns. */
final class MarkdownText {
    private static final Pattern HIDDEN = Pattern.compile("<!--.*?(-->|\\z)", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("(?<!\\\\)\\[([^\\]\\n]*)\\]\\([^)\\n]*\\)");
    private static final Pattern STRONG = Pattern.compile("\\*\\*([^*\\n]+)\\*\\*");
    private static final Pattern SOFT = Pattern.compile("(?<![\\w*\\\\])\\*([^*\\s][^*\\n]*)\\*(?![\\w*])");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([!-/:-@\\[-`{-~])");
    private static final Pattern CODE = Pattern.compile("`[^`\\n]+`");
    private static final Pattern HEADING = Pattern.compile(" {0,3}#{1,6} +(.*?)#*\\s*");

    private final Ink ink;
    private final List<String> shown = new ArrayList<>();
    private final List<String> table = new ArrayList<>();
    private boolean fenced;

    private MarkdownText(Ink ink) {
        this.ink = ink;
    }

    /** The lines to show. */
    static List<String> lines(String markdown, Ink ink) {
        var text = new MarkdownText(ink);
        ink.clean(HIDDEN.matcher(markdown).replaceAll("")).strip().lines().forEach(text::line);
        text.endTable();
        return text.shown;
    }

    private void line(String line) {
        if (!fenced && line.stripLeading().startsWith("|")) {
            table.add(line.strip());
            return;
        }
        endTable();
        if (line.stripLeading().startsWith("```")) {
            fenced = !fenced;
            return;
        }
        if (fenced) {
            shown.add("    " + line);
            return;
        }
        Matcher heading = HEADING.matcher(line);
        shown.add(
                heading.matches() ? ink.bold(inline(heading.group(1), Ink.PLAIN)) : inline(line.stripTrailing(), ink));
    }

    /** Emphasis, links and escapes of one line; what stands in backticks stays as it is. */
    private static String inline(String line, Ink ink) {
        var out = new StringBuilder();
        Matcher code = CODE.matcher(line);
        int from = 0;
        while (code.find()) {
            out.append(words(line.substring(from, code.start()), ink));
            out.append(ink.cyan(code.group()));
            from = code.end();
        }
        return out.append(words(line.substring(from), ink)).toString();
    }

    private static String words(String text, Ink ink) {
        String linked = LINK.matcher(text).replaceAll(m -> Matcher.quoteReplacement(m.group(1)));
        String strong = STRONG.matcher(linked).replaceAll(m -> Matcher.quoteReplacement(ink.bold(m.group(1))));
        String soft = SOFT.matcher(strong).replaceAll(m -> Matcher.quoteReplacement(m.group(1)));
        String plain = ESCAPE.matcher(soft).replaceAll(m -> Matcher.quoteReplacement(m.group(1)));
        return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    private void endTable() {
        if (table.isEmpty()) {
            return;
        }
        List<List<String>> rows =
                table.stream().filter(r -> !isRuler(r)).map(MarkdownText::cells).toList();
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = row.get(i).length();
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(widths.get(i), width));
                }
            }
        }
        for (int i = 0; i < rows.size(); i++) {
            String text = padded(rows.get(i), widths);
            shown.add(i == 0 ? ink.bold(text) : text);
            if (i == 0) {
                shown.add(ink.rule(widths.stream().mapToInt(w -> w + 2).sum() - 2));
            }
        }
        table.clear();
    }

    private static boolean isRuler(String row) {
        return row.chars().allMatch(c -> "|-: ".indexOf(c) >= 0) && row.contains("-");
    }

    private static List<String> cells(String row) {
        String inner = row.substring(1, row.endsWith("|") && row.length() > 1 ? row.length() - 1 : row.length());
        var cells = new ArrayList<String>();
        for (String cell : inner.split("(?<!\\\\)\\|", -1)) {
            cells.add(inline(cell.strip(), Ink.PLAIN));
        }
        return cells;
    }

    private static String padded(List<String> row, List<Integer> widths) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i)).repeat(' ', widths.get(i) - row.get(i).length() + 2);
        }
        return line.toString().stripTrailing();
    }
}
