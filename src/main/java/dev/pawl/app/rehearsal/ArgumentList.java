package dev.pawl.app.rehearsal;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command line into its arguments without a shell: blanks separate; single quotes keep everything; double quotes
 * keep all but {@code \"} and {@code \\}; outside of quotes a backslash keeps the next character. Nothing is expanded.
 */
public final class ArgumentList {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    private ArgumentList(String text) {
        this.text = text;
    }

    /**
     * The arguments.
     *
     * @throws IllegalArgumentException when a quote isn't closed, or there is no argument
     */
    public static List<String> parse(String text) {
        return new ArgumentList(text).split();
    }

    private List<String> split() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (Character.isWhitespace(c)) {
                end();
                continue;
            }
            inWord = true;
            switch (c) {
                case '\'' -> quoted('\'', "");
                case '"' -> quoted('"', "\"\\");
                case '\\' -> word.append(escaped());
                default -> word.append(c);
            }
        }
        end();
        if (words.isEmpty() || words.getFirst().isEmpty()) {
            throw new IllegalArgumentException("it names no program");
        }
        return List.copyOf(words);
    }

    private void quoted(char quote, String escapable) {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == quote) {
                return;
            }
            boolean escapes = c == '\\' && at < text.length() && escapable.indexOf(text.charAt(at)) >= 0;
            word.append(escapes ? text.charAt(at++) : c);
        }
        throw new IllegalArgumentException("the quote " + quote + " isn't closed");
    }

    private char escaped() {
        if (at == text.length()) {
            throw new IllegalArgumentException("a backslash stands at its end");
        }
        return text.charAt(at++);
    }

    private void end() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }
}
