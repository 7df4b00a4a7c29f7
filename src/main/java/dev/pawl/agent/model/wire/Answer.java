package dev.pawl.agent.model.wire;

import java.time.Instant;
import java.util.Optional;

/** What came of asking a model. Nothing of the provider's words is in it, but for the model's own turn. */
public sealed interface Answer {
    /**
     * The model answered.
     *
     * @param turn what it said
     * @param end why it stopped
     * @param tokens what the provider counted
     */
    record Said(Turn.Models turn, End end, Tokens tokens) implements Answer {}

    /**
     * It didn't.
     *
     * @param why why
     * @param status the HTTP status; 0 where there was none
     * @param retryAt when the provider said to come back
     */
    record Failed(Why why, int status, Optional<Instant> retryAt) implements Answer {}

    /** Why a model stopped. */
    enum End {
        /** It wants tools called, or is done. */
        DONE,
        /** Its answer became too long. */
        LENGTH,
        /** It, or its provider, will not. */
        REFUSED
    }

    /** Why there is no answer. */
    enum Why {
        /** The key, the account or the model's name isn't accepted. */
        ACCESS,
        /** The provider limits us. */
        LIMIT,
        /** The provider doesn't take the request as it is: a wrong setting, or a conversation that is too long. */
        REQUEST,
        /** No answer, or none that can be read. */
        OUTAGE
    }

    /**
     * Tokens of one call, in the kinds that have a price of their own.
     *
     * @param fresh read, and not from a cache
     * @param cached read from a cache
     * @param stored read, and written into a cache
     * @param output written
     */
    record Tokens(long fresh, long cached, long stored, long output) {
        /** None. */
        public static final Tokens NONE = new Tokens(0, 0, 0, 0);

        private static final long MOST = 1_000_000_000;

        public Tokens {
            fresh = Math.clamp(fresh, 0, MOST);
            cached = Math.clamp(cached, 0, MOST);
            stored = Math.clamp(stored, 0, MOST);
            output = Math.clamp(output, 0, MOST);
        }

        /** All that was read. */
        public long input() {
            return fresh + cached + stored;
        }
    }
}
