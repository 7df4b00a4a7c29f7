package dev.pawl.agent.validation;

/** A name from a report as one line of a bounded length, without control characters. */
final class VisibleLine {
    private VisibleLine() {}

    static String of(String text, int longest) {
        var line = new StringBuilder();
        text.codePoints()
                .limit(longest)
                .map(c -> Character.isWhitespace(c) ? ' ' : c)
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
                .forEach(line::appendCodePoint);
        return line.toString().strip();
    }
}
