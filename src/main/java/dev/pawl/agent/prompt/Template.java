package dev.pawl.agent.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A text with holes: <code>{{name}}</code> is filled in, <code>{{#name}}…{{/name}}</code> stands only where the value isn't
 * empty, <code>{{^name}}…{{/name}}</code> only where it is, <code>{{>part}}</code> is another file. A line
 * end right behind one of the last three goes with it. What is filled in is never read again, so no value can open a hole.
 */
final class Template {
    private static final String FOLDER = "/dev/pawl/prompts/";

    private final String text;

    private Template(String text) {
        this.text = text;
    }

    /** A template of ours. */
    static Template named(String name) {
        return new Template(load(name));
    }

    static Template of(String text) {
        return new Template(text);
    }

    /** Fills the holes. A hole without a value, or a section without an end, is a defect of ours. */
    String fill(Map<String, String> values) {
        var filled = new StringBuilder();
        fill(text, values, filled);
        return filled.toString();
    }

    private static void fill(String text, Map<String, String> values, StringBuilder filled) {
        int at = 0;
        for (int open = text.indexOf("{{"); open >= 0; open = text.indexOf("{{", at)) {
            int close = text.indexOf("}}", open);
            if (close < 0) {
                throw new IllegalStateException("a hole without an end");
            }
            filled.append(text, at, open);
            String tag = text.substring(open + 2, close);
            String name = tag.substring(1);
            at = close + 2;
            switch (tag.charAt(0)) {
                case '>' -> {
                    fill(load(name), values, filled);
                    at = pastLineEnd(text, at);
                }
                case '#', '^' -> {
                    String end = "{{/" + name + "}}";
                    int stop = text.indexOf(end, at);
                    if (stop < 0) {
                        throw new IllegalStateException("a section without an end: " + name);
                    }
                    if (value(values, name).isEmpty() == (tag.charAt(0) == '^')) {
                        fill(text.substring(pastLineEnd(text, at), stop), values, filled);
                    }
                    at = pastLineEnd(text, stop + end.length());
                }
                default -> filled.append(value(values, tag));
            }
        }
        filled.append(text, at, text.length());
    }

    private static int pastLineEnd(String text, int at) {
        return at < text.length() && text.charAt(at) == '\n' ? at + 1 : at;
    }

    private static String value(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("a hole without a value: " + name);
        }
        return value;
    }

    private static String load(String name) {
        try (InputStream in = Template.class.getResourceAsStream(FOLDER + name + ".md")) {
            if (in == null) {
                throw new IllegalStateException("a prompt is missing: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
