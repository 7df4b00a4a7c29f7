package dev.pawl.agent.cli;

import dev.pawl.agent.prompt.Delivery;
import dev.pawl.agent.prompt.Prompts;
import dev.pawl.agent.result.ResultFile;
import dev.pawl.agent.result.ResultReader;
import dev.pawl.domain.port.AgentRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the result file at the end of a turn. What is wrong with a result is said once. An agent that was refused a tool
 * and ended its turn over it, as most do, is sent on a few times.
 */
final class AcpExaminer {
    private static final Logger LOG = LoggerFactory.getLogger(AcpExaminer.class);
    private static final int MOST_REFUSALS = 5;

    private final AgentRequest request;
    private final Delivery.File delivery;
    private boolean askedAgain;
    private int refusals;

    AcpExaminer(AgentRequest request, Delivery.File delivery) {
        this.request = request;
        this.delivery = delivery;
    }

    /** What the agent is told next; empty when it is done, or can't be helped. */
    Optional<String> next(boolean refused) {
        var content = ResultFile.read(delivery.path());
        if (content instanceof ResultFile.Content.Absent && refused) {
            return ++refusals > MOST_REFUSALS
                    ? Optional.empty()
                    : Optional.of(Prompts.refused(!request.stage().changesFiles(), delivery));
        }
        List<String> complaints = complaints(content);
        if (complaints.isEmpty() || askedAgain) {
            return Optional.empty();
        }
        askedAgain = true;
        LOG.info("event=agent-asked-again agent={}", request.agent().name());
        remove();
        return Optional.of(Prompts.again(complaints, delivery));
    }

    private List<String> complaints(ResultFile.Content content) {
        return switch (content) {
            case ResultFile.Content.Absent _ -> List.of("/: expected a result file");
            case ResultFile.Content.Refused(String why) -> List.of("/: " + why);
            case ResultFile.Content.Text(String text) ->
                ResultReader.read(text, request.stage()) instanceof ResultReader.Reading.Malformed m
                        ? m.complaints()
                        : List.of();
        };
    }

    private void remove() {
        try {
            // A folder stays: who made it may be changing it just now.
            Files.deleteIfExists(delivery.path());
        } catch (IOException e) {
            LOG.warn("event=result-left reason={}", e.getClass().getSimpleName());
        }
    }
}
