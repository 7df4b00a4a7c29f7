package dev.pawl.agent.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a server's schema is given to a model. */
class OfferedSchemaTest {
    private static String offered(String schema) {
        try {
            JsonNode given = new ObjectMapper().readTree(schema.replace('\'', '"'));
            return OfferedSchema.of(given).toString().replace('"', '\'');
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null | {'type':'object','properties':{}}",
                "7 | {'type':'object','properties':{}}",
                "{'type':'array','items':{'type':'string'}} | {'type':'object','properties':{}}",
                "{'properties':{'a':{'type':'string','pattern':'^(a+)+$','minLength':1}},'required':['a','b',7]} "
                        + "| {'type':'object','properties':{'a':{'type':'string'}},'required':['a']}",
                "{'properties':{'a':{'enum':['x','y']},'b':{'enum':['x',1]}}} "
                        + "| {'type':'object','properties':{'a':{'type':'string','enum':['x','y']},'b':{}}}",
                "{'properties':{'a':{'anyOf':[{'type':'null'},{'type':'integer'}],'description':'How  many.'}}} "
                        + "| {'type':'object','properties':{'a':{'type':'integer','description':'How  many.'}}}",
                "{'properties':{'a':{'type':['null','number']}}} "
                        + "| {'type':'object','properties':{'a':{'type':'number'}}}",
                "{'properties':{'a':{'$ref':'#/$defs/one'}},'$defs':{'one':{'type':'boolean'}}} "
                        + "| {'type':'object','properties':{'a':{'type':'boolean'}}}",
                "{'properties':{'a':{'$ref':'https://example.com/x'},'b':{'$ref':'#/nowhere'}}} "
                        + "| {'type':'object','properties':{'a':{},'b':{}}}",
                "{'properties':{'a b':{'type':'string'},'':{},'c':{'type':'dance'}},'required':['a b']} "
                        + "| {'type':'object','properties':{'c':{}}}",
                "{'properties':{'a':{'items':{'type':'object','properties':{'n':{'type':'integer'}}}}}} "
                        + "| {'type':'object','properties':{'a':{'type':'array','items':{'type':'object','properties':{'n':{'type':'integer'}}}}}}",
                "{'properties':{'a':{'type':'string','description':'ab\\u200b\\u202e\\nc','enum':['d\\u202e']}}} "
                        + "| {'type':'object','properties':{'a':{'type':'string','description':'ab c'}}}"
            })
    void shapeStaysAndAllElseGoes(String schema, String offered) {
        assertThat(offered(schema)).isEqualTo(offered);
    }

    @Test
    void aSchemaThatHoldsItselfEnds() {
        String tree = "{'$ref':'#/$defs/tree','$defs':{'tree':{'type':'object','properties':"
                + "{'left':{'$ref':'#/$defs/tree'},'right':{'$ref':'#/$defs/tree'}}}}}";
        assertThat(offered(tree))
                .startsWith("{'type':'object','properties':{'left':{")
                .hasSizeLessThan(20_000);

        assertThat(offered("{'$ref':'#'}")).isEqualTo("{'type':'object','properties':{}}");
        assertThat(offered("{'anyOf':[{'$ref':'#'}]}")).isEqualTo("{'type':'object','properties':{}}");
        assertThat(offered("{'properties':{'a':{'$ref':'#/properties/a'}}}"))
                .isEqualTo("{'type':'object','properties':{'a':{}}}");
    }

    @Test
    void aSchemaHasABound() {
        String wide = IntStream.range(0, 5000)
                .mapToObj(i -> "'p" + i + "':{'type':'string','description':'" + "x".repeat(600) + "'}")
                .collect(Collectors.joining(",", "{'properties':{", "}}"));
        assertThat(offered(wide)).hasSizeLessThan(300 * 600).contains("'p298'").doesNotContain("'p300'");

        String words = IntStream.range(0, 101).mapToObj(i -> "'w" + i + "'").collect(Collectors.joining(",", "[", "]"));
        assertThat(offered("{'properties':{'a':{'enum':" + words + "}}}"))
                .isEqualTo("{'type':'object','properties':{'a':{}}}");
    }
}
