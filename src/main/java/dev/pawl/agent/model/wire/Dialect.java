package dev.pawl.agent.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.domain.policy.ModelProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A provider's form of questions and answers. Pure: it sends nothing. */
interface Dialect {
    /** Stands where a model said nothing at all: no provider takes back an empty turn. */
    String NOTHING = "(nothing)";

    /** The provider's own place. */
    String home();

    /** The path below the base address, for the model. */
    String path(String base, String model);

    /** The headers; with the key where there is one. */
    Map<String, String> headers(Optional<String> key);

    /** The question in this form. */
    ObjectNode write(String model, Question question);

    /** The answer, if it is one of this form. */
    Optional<Answer.Said> read(JsonNode body);

    /** How long to wait, where the body of a refusal says it. */
    default Optional<Duration> delay(JsonNode body) {
        return Optional.empty();
    }

    /** The provider's form. */
    static Dialect of(ModelProvider provider) {
        return switch (provider) {
            case ANTHROPIC -> new AnthropicMessages();
            case OPENAI -> new OpenAiChat();
            case GOOGLE -> new GeminiContent();
        };
    }

    /** A turn of the model. */
    static Turn.Models turn(JsonNode verbatim, List<Turn.Call> calls) {
        return new Turn.Models(verbatim, calls, verbatim.toString().length());
    }

    /** Arguments as they are used: an object, or nothing. */
    static JsonNode arguments(JsonNode node) {
        return node.isObject() ? node : MissingNode.getInstance();
    }
}
