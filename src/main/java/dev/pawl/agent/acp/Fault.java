package dev.pawl.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An error that an agent answered with. The protocol has no place for what the model's provider said; each agent has its own,
 * and these are looked at: the code itself (Gemini CLI), a field of the data, and the beginning of Qwen Code's details, which
 * its library begins with the status. opencode only gives the error's name.
 *
 * @param code JSON-RPC's code
 * @param status the HTTP status of the model's provider
 * @param name the error's name, empty for none
 */
public record Fault(int code, OptionalInt status, String name) {
    /** The protocol's code for an agent that insists on a login. */
    static final int LOGIN = -32000;

    private static final Pattern STATUS = Pattern.compile("^([45][0-9]{2}) ");

    static Fault of(JsonNode error) {
        JsonNode data = error.path("data");
        return new Fault(
                error.path("code").asInt(),
                status(error, data),
                data.path("errorName").asText());
    }

    private static OptionalInt status(JsonNode error, JsonNode data) {
        var numbers = Stream.of(
                        error.path("code"), data.path("status"), data.path("statusCode"), data.path("httpStatus"))
                .filter(JsonNode::isInt)
                .mapToInt(JsonNode::asInt)
                .filter(n -> n >= 400 && n < 600)
                .findFirst();
        if (numbers.isPresent()) {
            return numbers;
        }
        Matcher details = STATUS.matcher(data.path("details").asText());
        return details.find() ? OptionalInt.of(Integer.parseInt(details.group(1))) : OptionalInt.empty();
    }

    /** Whether it wants somebody to log in. */
    public boolean login() {
        return code == LOGIN;
    }
}
