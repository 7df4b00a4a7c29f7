package dev.pawl.agent.acp;

import dev.pawl.domain.port.Usage;
import java.util.Locale;

/**
 * What a conversation came to.
 *
 * @param end how it ended
 * @param answered whether the model said or did anything, or was never asked
 * @param toolCalls how many tools were called
 * @param overLimit whether that is more than may be
 * @param refused whether the agent was refused a tool since it was last prompted
 * @param usage what it used, as it says
 */
public record Report(End end, boolean answered, int toolCalls, boolean overLimit, boolean refused, Usage usage) {
    /** How a conversation ended. */
    public sealed interface End {
        /**
         * It broke off, or was broken off.
         *
         * @param prompted whether it had come to a turn
         */
        record Open(boolean prompted) implements End {}

        /**
         * The last turn ended.
         *
         * @param reason why
         */
        record Turn(StopReason reason) implements End {}

        /**
         * The agent answered with an error.
         *
         * @param fault the error
         */
        record Failed(Fault fault) implements End {}

        /**
         * It never came to a turn.
         *
         * @param why why not
         */
        record Unsuited(Why why) implements End {}
    }

    /** Why a turn ended, as the protocol has it. */
    public enum StopReason {
        END_TURN,
        MAX_TOKENS,
        MAX_TURN_REQUESTS,
        REFUSAL,
        CANCELLED,
        /** Something that the protocol doesn't know. */
        UNKNOWN;

        static StopReason of(String word) {
            for (StopReason reason : values()) {
                if (reason.name().toLowerCase(Locale.ROOT).equals(word)) {
                    return reason;
                }
            }
            return UNKNOWN;
        }
    }

    /** Why there was no turn. */
    public enum Why {
        /** It speaks another version of the protocol. */
        VERSION,
        /** It wants a person to log in. */
        LOGIN,
        /** It gave its session no id that can be used. */
        SESSION,
        /** It doesn't offer the model. */
        MODEL
    }
}
