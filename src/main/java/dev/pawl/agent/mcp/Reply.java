package dev.pawl.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;

/** What came of asking a server. */
sealed interface Reply {
    /**
     * It answered.
     *
     * @param value what it gave; an object
     */
    record Result(JsonNode value) implements Reply {}

    /**
     * It answered that it won't.
     *
     * @param message why, in its words
     */
    record Refused(String message) implements Reply {}

    /**
     * It didn't answer.
     *
     * @param why why
     * @param status the HTTP status; 0 where there was none
     */
    record Failed(Why why, int status) implements Reply {
        Failed(Why why) {
            this(why, 0);
        }

        /** What to say of the server. */
        String words() {
            return why.predicate() + (status == 0 ? "" : " (HTTP " + status + ")");
        }
    }

    /** Why there is no answer. */
    enum Why {
        /** It doesn't accept the token, the address or the request as such. */
        ACCESS("refuses the token or the address"),
        /** It can't be reached, broke off, or says that it is out or limits us. */
        OUTAGE("can't be reached, or broke off"),
        /** Time is over. */
        SILENCE("gave no answer in time"),
        /** What it said can't be read. */
        GARBAGE("said something that can't be read"),
        /** The program has ended. */
        GONE("has ended"),
        /** It no longer knows the session. */
        SESSION("forgot the session");

        private final String predicate;

        Why(String predicate) {
            this.predicate = predicate;
        }

        /** What to say of the server. */
        String predicate() {
            return predicate;
        }
    }
}
