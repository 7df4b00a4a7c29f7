package dev.pawl.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.Usage;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Adds up what was used, and reads it from numbers that nobody has checked. */
final class Usages {
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9._:/@ -]{1,200}");
    private static final long MOST_TOKENS = 1_000_000_000_000L;
    private static final double MOST_USD = 1_000_000;

    private Usages() {}

    /** Two runs whose numbers are each their own. */
    static Usage sum(Usage first, Usage second) {
        return sum(first, second, first.cost().plus(second.cost()));
    }

    /** Two runs whose tokens and turns are each their own. */
    static Usage sum(Usage first, Usage second, Usd cost) {
        return new Usage(
                second.model().or(first::model),
                first.inputTokens() + second.inputTokens(),
                first.outputTokens() + second.outputTokens(),
                cost,
                first.turns() + second.turns(),
                new Usage.Cache(
                        first.cache().read() + second.cache().read(),
                        first.cache().written() + second.cache().written()),
                true);
    }

    /** Two runs of which the second counts the first one's tokens again. */
    static Usage counted(Usage first, Usage second) {
        return new Usage(
                second.model().or(first::model),
                Math.max(first.inputTokens(), second.inputTokens()),
                Math.max(first.outputTokens(), second.outputTokens()),
                second.cost(),
                first.turns() + second.turns(),
                new Usage.Cache(
                        Math.max(first.cache().read(), second.cache().read()),
                        Math.max(first.cache().written(), second.cache().written())),
                true);
    }

    /** What of a conversation's tokens is new. The others' numbers are of one run anyway. */
    static Usage countedSince(Usage counted, Usage before) {
        return new Usage(
                counted.model(),
                since(counted.inputTokens(), before.inputTokens()),
                since(counted.outputTokens(), before.outputTokens()),
                counted.cost(),
                counted.turns(),
                new Usage.Cache(
                        since(counted.cache().read(), before.cache().read()),
                        since(counted.cache().written(), before.cache().written())),
                counted.priced());
    }

    /** What of a conversation's money is new. */
    static Usage spentSince(Usage counted, Usage before) {
        return new Usage(
                counted.model(),
                counted.inputTokens(),
                counted.outputTokens(),
                Usd.ofMicros(since(counted.cost().micros(), before.cost().micros())),
                counted.turns(),
                counted.cache(),
                counted.priced());
    }

    /** A number that has become less is of something else, and counts in full. */
    private static long since(long counted, long before) {
        return counted >= before ? counted - before : counted;
    }

    static long tokens(JsonNode number) {
        return Math.clamp(number.asLong(), 0, MOST_TOKENS);
    }

    /** Tokens that were read with the help of a cache. */
    static Usage.Cache cache(JsonNode read, JsonNode written) {
        return new Usage.Cache(tokens(read), tokens(written));
    }

    static Usd money(JsonNode number) {
        double usd = number.asDouble();
        return Double.isFinite(usd) ? Usd.of(BigDecimal.valueOf(Math.clamp(usd, 0, MOST_USD))) : Usd.ZERO;
    }

    static Optional<String> model(JsonNode name) {
        return Optional.of(name.asText()).filter(n -> MODEL.matcher(n).matches());
    }
}
