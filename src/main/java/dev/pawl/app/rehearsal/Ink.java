package dev.pawl.app.rehearsal;

import java.util.Map;

/**
 * How text looks: with colours and all of Unicode on a terminal, as plain ASCII where it goes into a pipe. Whatever it
 * writes is free of control characters from outside, so nothing that an agent says moves a cursor.
 *
 * @param colour whether colours are wanted
 * @param rich whether more than ASCII can be shown
 */
public record Ink(boolean colour, boolean rich) {
    /** For pipes and files. */
    public static final Ink PLAIN = new Ink(false, false);

    private static final Map<Integer, String> ASCII = Map.ofEntries(
            Map.entry(0x00A0, " "),
            Map.entry(0x00B7, "-"),
            Map.entry(0x2010, "-"),
            Map.entry(0x2013, "-"),
            Map.entry(0x2014, "-"),
            Map.entry(0x2018, "'"),
            Map.entry(0x2019, "'"),
            Map.entry(0x201C, "\""),
            Map.entry(0x201D, "\""),
            Map.entry(0x2022, "*"),
            Map.entry(0x2026, "..."),
            Map.entry(0x2190, "<-"),
            Map.entry(0x2192, "->"),
            Map.entry(0x00D7, "x"),
            Map.entry(0x2713, "+"),
            Map.entry(0x2717, "x"));

    /** For this process: {@code NO_COLOR} (no-color.org) and {@code TERM=dumb} are respected. */
    public static Ink of(boolean terminal, Map<String, String> environment) {
        boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        return new Ink(terminal && !refused, terminal);
    }

    /** Text from outside, as it may be shown. */
    public String clean(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean keep =
                    c == '\n' || c == '\t' || !(Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
            if (keep) {
                String ascii = rich ? null : ASCII.get(c);
                out.append(ascii == null ? Character.toString(c) : ascii);
            }
        });
        return out.toString();
    }

    private String with(String code, String text) {
        return colour && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** Bold, where colours are wanted. */
    public String bold(String text) {
        return with("1", text);
    }

    /** Dim, where colours are wanted. */
    public String dim(String text) {
        return with("2", text);
    }

    /** Red, where colours are wanted. */
    public String red(String text) {
        return with("31", text);
    }

    /** Green, where colours are wanted. */
    public String green(String text) {
        return with("32", text);
    }

    /** Yellow, where colours are wanted. */
    public String yellow(String text) {
        return with("33", text);
    }

    String cyan(String text) {
        return with("36", text);
    }

    /** A line across. */
    String rule(int width) {
        return dim((rich ? "\u2500" : "-").repeat(width));
    }
}
