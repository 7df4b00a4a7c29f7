package dev.pawl.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.Usage;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an agent says it used, of which the protocol knows only a part: money of the whole session ({@code usage_update}), and
 * tokens of the whole session in the answer to a prompt. Gemini CLI has its tokens by the prompt and Qwen Code by the
 * message, each under {@code _meta}.
 */
final class Consumption {
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9._:/@ -]{1,200}");
    private static final long MOST_TOKENS = 1_000_000_000_000L;
    private static final double MOST_USD = 1_000_000;

    private long sessionInput;
    private long sessionOutput;
    private long input;
    private long output;
    private Usd cost = Usd.ZERO;
    private Optional<String> model = Optional.empty();

    /** An update of the session. */
    void update(JsonNode update) {
        JsonNode used = update.at("/_meta/usage");
        input += tokens(used.path("inputTokens"));
        output += tokens(used.path("outputTokens"));
        if (update.at("/cost/currency").asText().equals("USD")) {
            cost = money(update.at("/cost/amount"));
        }
    }

    /** The answer to a prompt. */
    void answer(JsonNode result) {
        JsonNode used = result.path("usage");
        long said = tokens(used.path("outputTokens"));
        // Whether what came from a cache is within the input differs; it always is within the total.
        sessionInput = Math.max(
                sessionInput, Math.max(tokens(used.path("inputTokens")), tokens(used.path("totalTokens")) - said));
        sessionOutput = Math.max(sessionOutput, said);
        JsonNode quota = result.at("/_meta/quota");
        input += tokens(quota.at("/token_count/input_tokens"));
        output += tokens(quota.at("/token_count/output_tokens"));
        Optional.of(quota.at("/model_usage/0/model").asText())
                .filter(name -> MODEL.matcher(name).matches())
                .ifPresent(name -> model = Optional.of(name));
    }

    /** All of it. */
    Usage usage(int turns) {
        return new Usage(
                model,
                Math.clamp(sessionInput + input, 0, MOST_TOKENS),
                Math.clamp(sessionOutput + output, 0, MOST_TOKENS),
                cost,
                turns);
    }

    private static long tokens(JsonNode number) {
        return Math.clamp(number.asLong(), 0, MOST_TOKENS);
    }

    private static Usd money(JsonNode number) {
        double usd = number.asDouble();
        return Double.isFinite(usd) ? Usd.of(BigDecimal.valueOf(Math.clamp(usd, 0, MOST_USD))) : Usd.ZERO;
    }
}
