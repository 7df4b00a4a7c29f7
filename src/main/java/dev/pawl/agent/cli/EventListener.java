package dev.pawl.agent.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pawl.agent.process.Command;
import java.nio.file.Path;

/** Makes events of a program's lines, and ends it when it has called too many tools or waits in vain. */
final class EventListener implements Command.Listener {
    private static final int DEEPEST = 200;
    /** For what programs write: deeper than anything of ours. */
    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build();

    private final Events events;
    private final int mostToolCalls;

    EventListener(Events events, int mostToolCalls) {
        this.events = events;
        this.mostToolCalls = mostToolCalls;
    }

    @Override
    public boolean hears(String line) {
        if (line.startsWith("{")) {
            try {
                JsonNode event = MAPPER.readTree(line);
                events.event(event);
            } catch (JsonProcessingException e) {
                return true; // a line of something else's; without a final event the run doesn't count
            }
        }
        return !overLimit() && !events.inVain();
    }

    int toolCalls() {
        return events.toolCalls();
    }

    boolean overLimit() {
        return events.toolCalls() > mostToolCalls;
    }

    Transcript transcript(int code, Path exchange) {
        return events.transcript(code, exchange);
    }
}
