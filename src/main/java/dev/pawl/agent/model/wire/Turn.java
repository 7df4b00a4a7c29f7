package dev.pawl.agent.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** One turn of a conversation. */
public sealed interface Turn {
    /** How many characters it is, about. */
    long size();

    /**
     * We say something.
     *
     * @param text the text
     */
    record Ours(String text) implements Turn {
        @Override
        public long size() {
            return text.length();
        }
    }

    /**
     * The model said something. It is sent back as it came: providers put signatures of the model's thoughts into it, and
     * refuse a conversation that lacks them.
     *
     * @param verbatim in the provider's form
     * @param calls the tools that it wants called
     * @param size how many characters it is, about
     */
    record Models(JsonNode verbatim, List<Call> calls, long size) implements Turn {
        public Models {
            calls = List.copyOf(calls);
        }
    }

    /**
     * We say what came of the calls, in their order.
     *
     * @param results one for each
     */
    record Results(List<Result> results) implements Turn {
        public Results {
            results = List.copyOf(results);
        }

        @Override
        public long size() {
            return results.stream().mapToLong(r -> r.text().length()).sum();
        }
    }

    /**
     * A call of a tool.
     *
     * @param id the provider's id of the call; empty where it has none
     * @param name the tool, as the model names it
     * @param arguments the arguments; a missing node where they are no JSON object
     */
    record Call(String id, String name, JsonNode arguments) {}

    /**
     * What came of a call.
     *
     * @param call the call
     * @param text for the model to read
     * @param failed whether it couldn't be done
     */
    record Result(Call call, String text, boolean failed) {}
}
