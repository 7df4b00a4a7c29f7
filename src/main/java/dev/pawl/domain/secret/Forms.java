package dev.pawl.domain.secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The forms that a value may be written in. */
final class Forms {
    /** A shorter piece of text stands everywhere by chance. */
    static final int SHORTEST = 8;

    private Forms() {}

    /** The forms of a value, each with its name. */
    static Map<String, String> of(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        Map<String, String> forms = new LinkedHashMap<>();
        put(forms, value, "as it is");
        put(forms, json(value), "as it is");
        put(forms, new StringBuilder(value).reverse().toString(), "backwards");
        put(forms, percent(bytes), "URL-encoded");
        put(forms, HexFormat.ofDelimiter("%").formatHex(bytes), "URL-encoded");
        put(forms, HexFormat.ofDelimiter("%").withUpperCase().formatHex(bytes), "URL-encoded");
        put(forms, HexFormat.of().formatHex(bytes), "in hex");
        put(forms, HexFormat.of().withUpperCase().formatHex(bytes), "in hex");
        for (int before = 0; before < 3; before++) {
            put(forms, base64(Base64.getEncoder(), bytes, before), "in base64");
            put(forms, base64(Base64.getUrlEncoder(), bytes, before), "in base64");
        }
        return forms;
    }

    private static void put(Map<String, String> forms, String form, String name) {
        if (form.length() >= SHORTEST) {
            forms.putIfAbsent(form, name);
        }
    }

    private static String json(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** As in an address: letters, digits and a few others stay (RFC 3986, section 2.3). */
    private static String percent(byte[] value) {
        var text = new StringBuilder();
        for (byte b : value) {
            boolean stays = (b >= '0' && b <= '9')
                    || (b >= 'A' && b <= 'Z')
                    || (b >= 'a' && b <= 'z')
                    || "-._~".indexOf(b) >= 0;
            text.append(
                    stays
                            ? Character.toString(b)
                            : "%" + HexFormat.of().withUpperCase().toHexDigits(b));
        }
        return text.toString();
    }

    /** The digits of base64 that the value alone decides, where that many bytes stand before it in its group. */
    private static String base64(Base64.Encoder encoder, byte[] value, int before) {
        byte[] padded = new byte[before + value.length];
        System.arraycopy(value, 0, padded, before, value.length);
        int from = (before * 8 + 5) / 6;
        int to = padded.length * 8 / 6;
        return encoder.withoutPadding().encodeToString(padded).substring(Math.min(from, to), to);
    }
}
