package dev.pawl.agent.command;

import dev.pawl.agent.process.Ended;
import dev.pawl.agent.result.ResultFile;
import dev.pawl.agent.result.ResultReader;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.state.FailureKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How an agent's run ended, judged by the file it left; the exit code counts only where there is no file. An agent that
 * was stopped has not finished, whatever it left, but what it says it used still counts.
 */
final class Judgement {
    private Judgement() {}

    static AgentOutcome of(AgentRequest request, Ended.Ran ran, ResultFile.Content content) {
        AgentOutcome outcome = of(request, content).orElseGet(() -> withoutResult(ran));
        return switch (ran.cause()) {
            case ITSELF, ENOUGH -> outcome;
            case TIME_LIMIT ->
                failed(
                        FailureKind.AGENT_TIMEOUT,
                        "The agent was stopped at its time limit of "
                                + request.limits().time().toSeconds() + " seconds.",
                        List.of(),
                        outcome.usage());
            case SHUTDOWN ->
                failed(
                        FailureKind.AGENT_TIMEOUT,
                        "The agent was stopped because this run was ended.",
                        List.of(),
                        outcome.usage());
        };
    }

    private static Optional<AgentOutcome> of(AgentRequest request, ResultFile.Content content) {
        return switch (content) {
            case ResultFile.Content.Absent a -> Optional.empty();
            case ResultFile.Content.Refused r -> Optional.of(malformed(List.of("/: " + r.why())));
            case ResultFile.Content.Text t ->
                Optional.of(
                        switch (ResultReader.read(t.text(), request.stage())) {
                            case ResultReader.Reading.Malformed m -> malformed(m.complaints());
                            case ResultReader.Reading.WellFormed w ->
                                w.failure()
                                        .map(f -> gaveUp(f, w.usage()))
                                        .orElseGet(() -> new AgentOutcome.Finished(w.result(), w.usage()));
                        });
        };
    }

    private static AgentOutcome gaveUp(ResultReader.Failure failure, Usage usage) {
        Optional<Instant> retryAt =
                failure.kind() == FailureKind.PROVIDER_LIMIT || failure.kind() == FailureKind.PROVIDER_OUTAGE
                        ? failure.retryAt()
                        : Optional.empty();
        String reason = failure.kind() == FailureKind.AGENT_RESULT
                ? "The agent says that it can't be done."
                : "The agent says that it failed (" + failure.kind().word() + ").";
        return new AgentOutcome.Failed(failure.kind(), reason, List.of(), retryAt, usage);
    }

    private static AgentOutcome malformed(List<String> complaints) {
        return failed(FailureKind.AGENT_RESULT, "The agent's result isn't what was asked for.", complaints, Usage.NONE);
    }

    private static AgentOutcome withoutResult(Ended.Ran ran) {
        if (ran.code() == 0) {
            return failed(
                    FailureKind.AGENT_RESULT,
                    "The agent ended without a result.",
                    List.of("/: expected a result file at the path in PAWL_RESULT"),
                    Usage.NONE);
        }
        String how = ran.signal().isPresent() ? "signal " + ran.signal().getAsInt() : "exit code " + ran.code();
        return failed(
                FailureKind.AGENT_CRASH, "The agent broke off without a result (" + how + ").", List.of(), Usage.NONE);
    }

    private static AgentOutcome failed(FailureKind kind, String reason, List<String> details, Usage usage) {
        return new AgentOutcome.Failed(kind, reason, details, Optional.empty(), usage);
    }
}
