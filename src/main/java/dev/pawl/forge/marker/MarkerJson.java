package dev.pawl.forge.marker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * JSON in one line, in two forms: the one that stands in a comment, where nothing can end the comment early or call
 * anybody, and the canonical one that is signed (RFC 8785). Only strings, integers, booleans, nulls, arrays and objects;
 * other numbers are refused, and with them the hard part of RFC 8785.
 */
final class MarkerJson {
    /** How deep values may nest. */
    static final int DEEPEST = 8;

    private static final long LARGEST = (1L << 53) - 1;
    private static final ObjectReader STRICT = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(20)
                            .build())
                    .build())
            .reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private MarkerJson() {}

    /**
     * Reads strictly: no key twice, nothing after the value, not too deep, no number but integers.
     *
     * @throws Unreadable saying what is wrong
     */
    static JsonNode read(String text, int mostBytes) {
        if (text.length() > mostBytes) {
            throw new Unreadable("it is too long");
        }
        if (text.indexOf('<') >= 0 || text.indexOf('>') >= 0 || text.contains("--")) {
            throw new Unreadable("it holds characters that are always escaped");
        }
        try {
            JsonNode node = STRICT.readTree(text);
            if (!node.isObject()) {
                throw new Unreadable("it is no JSON object");
            }
            canonical(node);
            return node;
        } catch (JsonProcessingException e) {
            throw new Unreadable("it is no strict JSON");
        }
    }

    /** The form that stands in a comment. */
    static String inComment(JsonNode node) {
        return write(node, false);
    }

    /** The form that is signed: keys sorted by UTF-16 code units, nothing escaped that need not be (RFC 8785, 3.2). */
    static String canonical(JsonNode node) {
        return write(node, true);
    }

    private static String write(JsonNode node, boolean canonical) {
        var out = new StringBuilder(256);
        write(node, canonical, out);
        return out.toString();
    }

    private static void write(JsonNode node, boolean canonical, StringBuilder out) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node, canonical, out);
            case ARRAY -> {
                out.append('[');
                for (Iterator<JsonNode> items = node.iterator(); items.hasNext(); ) {
                    write(items.next(), canonical, out);
                    out.append(items.hasNext() ? "," : "");
                }
                out.append(']');
            }
            case STRING -> string(node.textValue(), canonical, out);
            case NUMBER -> out.append(integer(node));
            case BOOLEAN -> out.append(node.booleanValue());
            case NULL -> out.append("null");
            case BINARY, MISSING, POJO -> throw new Unreadable("it holds something that is no JSON");
        }
    }

    private static void object(JsonNode node, boolean canonical, StringBuilder out) {
        Stream<Map.Entry<String, JsonNode>> fields =
                StreamSupport.stream(node.properties().spliterator(), false);
        if (canonical) {
            fields = fields.sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()));
        }
        out.append('{');
        for (Iterator<Map.Entry<String, JsonNode>> all = fields.iterator(); all.hasNext(); ) {
            Map.Entry<String, JsonNode> field = all.next();
            string(field.getKey(), canonical, out);
            out.append(':');
            write(field.getValue(), canonical, out);
            out.append(all.hasNext() ? "," : "");
        }
        out.append('}');
    }

    private static long integer(JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || Math.abs(node.longValue()) > LARGEST) {
            throw new Unreadable("it holds a number that is no plain integer");
        }
        return node.longValue();
    }

    private static void string(String text, boolean canonical, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (isLoneSurrogate(text, i)) {
                        out.append('\uFFFD');
                    } else if (c < ' ' || (!canonical && isDangerous(text, i))) {
                        out.append("\\u").append(HexFormat.of().toHexDigits(c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean isLoneSurrogate(String text, int at) {
        char c = text.charAt(at);
        return (Character.isHighSurrogate(c)
                        && (at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))))
                || (Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1))));
    }

    /** What could end the comment, open another, mention somebody, or hide. */
    private static boolean isDangerous(String text, int at) {
        char c = text.charAt(at);
        return switch (c) {
            case '<', '>', '&', '@', '#' -> true;
            case '-' -> at > 0 && text.charAt(at - 1) == '-';
            default ->
                c >= 0x7f
                        && (Character.getType(c) == Character.FORMAT
                                || Character.isISOControl(c)
                                || c == '\u2028'
                                || c == '\u2029');
        };
    }

    /** What stands there can't be read. */
    static class Unreadable extends RuntimeException {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        Unreadable(String why) {
            super(why);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    /** A word that no version up to this one writes there. */
    static final class UnknownWord extends Unreadable {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        UnknownWord(String key, String word) {
            super("its " + key + " is `" + word + "`");
        }
    }
}
