package dev.pawl.forge.marker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pawl.forge.marker.MarkerJson.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkerJsonTest {
    private static final int ROOM = 16 * 1024;

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    /** RFC 8785, section 3.2.2, without its numbers, which we refuse. */
    @Test
    void stringsAndLiteralsAreCanonicalAsInTheStandardsExample() throws Exception {
        JsonNode example = json("""
                {"string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                 "literals": [null, true, false]}""");
        assertThat(MarkerJson.canonical(example))
                .isEqualTo("{\"literals\":[null,true,false],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    /** RFC 8785, section 3.2.3: keys are sorted by UTF-16 code units. */
    @Test
    void keysAreSortedAsInTheStandardsExample() throws Exception {
        JsonNode example = json("""
                {"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew Letter Dalet With Dagesh",
                 "1": "One", "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control",
                 "\\u00f6": "Latin Small Letter O With Diaeresis"}""");
        assertThat(MarkerJson.canonical(example))
                .isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                        + "\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    /** RFC 8785, section 3.2.4, the bytes of the key part that has no numbers. */
    @Test
    void theCanonicalFormIsUtf8() throws Exception {
        byte[] bytes = MarkerJson.canonical(json("{\"a\":\"\\u20ac$\"}")).getBytes(StandardCharsets.UTF_8);
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("7b2261223a22e282ac24227d");
    }

    @Test
    @DisplayName("SEC-06 nothing in a comment ends it or calls anybody")
    void nothingInACommentEndsItOrCallsAnybody() {
        JsonNode node = JsonNodeFactory.instance.objectNode().put("a--b", "x--> <!-- --- @me #1 &lt; \u202e");
        String written = MarkerJson.inComment(node);
        assertThat(written)
                .isEqualTo("{\"a-\\u002db\":\"x-\\u002d\\u003e \\u003c!-\\u002d -\\u002d\\u002d \\u0040me \\u00231 "
                        + "\\u0026lt; \\u202e\"}");
        assertThat(MarkerJson.read(written, ROOM)).isEqualTo(node);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "{} {}",
                "{}x",
                "[1]",
                "\"a\"",
                "1",
                "",
                "{\"a\":1.0}",
                "{\"a\":1e3}",
                "{\"a\":9007199254740993}",
                "{\"a\":99999999999999999999}",
                "{\"a\":NaN}",
                "{'a':1}",
                "{a:1}",
                "{\"a\":1,}",
                "{\"a\":1/**/}",
                "{\"a\":\"-->\"}",
                "{\"a\":\"<\"}",
                "{\"a\":\"--\"}",
                "{\"a\":[[[[[[[[1]]]]]]]]}",
                "{\"a\":\"\t\"}",
            })
    @DisplayName("SEC-06 what we would not write is refused")
    void whatWeWouldNotWriteIsRefused(String text) {
        assertThatThrownBy(() -> MarkerJson.read(text, ROOM)).isInstanceOf(Unreadable.class);
    }

    @Test
    void whatIsTooLongIsRefusedUnread() {
        String text = "{\"a\":\"" + "x".repeat(ROOM) + "\"}";
        assertThatThrownBy(() -> MarkerJson.read(text, ROOM))
                .isInstanceOf(Unreadable.class)
                .hasMessage("it is too long");
    }
}
