package dev.pawl.agent.cli;

import dev.pawl.agent.acp.Fault;
import dev.pawl.agent.acp.Report;
import dev.pawl.agent.cli.Transcript.Ending;
import dev.pawl.agent.process.Ended;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.state.FailureKind;
import java.util.Optional;

/** What the end of a conversation means: the protocol's reasons and errors as endings of a run. */
final class AcpEndings {
    private AcpEndings() {}

    static Transcript of(Report report, AgentSpec agent, Ended.Cause cause) {
        return new Transcript(ending(report.end(), agent, cause), Optional.empty(), report.usage(), report.answered());
    }

    private static Ending ending(Report.End end, AgentSpec agent, Ended.Cause cause) {
        return switch (end) {
            case Report.End.Open(boolean prompted) ->
                cause == Ended.Cause.ITSELF ? brokenOff(prompted) : new Ending.Open();
            case Report.End.Turn(Report.StopReason reason) -> turn(reason);
            case Report.End.Failed(Fault fault) -> new Ending.Broken(trouble(fault));
            case Report.End.Unsuited(Report.Why why) -> new Ending.Broken(trouble(why, agent));
        };
    }

    private static Ending brokenOff(boolean prompted) {
        return broken(
                FailureKind.AGENT_CRASH,
                prompted
                        ? "The agent broke off in the middle of its turn."
                        : "The program ended without a word of the Agent Client Protocol's: look at its run in the policy.");
    }

    private static Ending turn(Report.StopReason reason) {
        return switch (reason) {
            case END_TURN -> new Ending.Complete(Optional.empty());
            case MAX_TOKENS -> broken(FailureKind.AGENT_RESULT, "The model's answer was cut off at its longest.");
            case MAX_TURN_REQUESTS -> new Ending.Broken(Trouble.turns());
            case REFUSAL -> broken(FailureKind.AGENT_RESULT, "The agent refused to go on.");
            case CANCELLED -> broken(FailureKind.AGENT_RESULT, "The agent cancelled its own turn.");
            case UNKNOWN ->
                broken(
                        FailureKind.AGENT_RESULT,
                        "The agent ended its turn for a reason that the protocol doesn't have.");
        };
    }

    private static Trouble trouble(Fault fault) {
        if (fault.status().isPresent()) {
            return Trouble.http(fault.status().getAsInt());
        }
        if (fault.login()) {
            return login();
        }
        return switch (fault.name()) {
            // What opencode calls them.
            case "ProviderAuthError" -> Trouble.of(FailureKind.ACCESS, "The model's provider refused access.");
            case "APIError" ->
                Trouble.of(
                        FailureKind.PROVIDER_OUTAGE, "The agent says that its model's provider failed, and not how.");
            case "ContextOverflowError", "MessageOutputLengthError" ->
                Trouble.of(FailureKind.AGENT_RESULT, "The conversation got too long for the model.");
            default ->
                Trouble.of(FailureKind.AGENT_CRASH, "The agent answered with an error (%d).".formatted(fault.code()));
        };
    }

    private static Trouble login() {
        return Trouble.of(
                FailureKind.ACCESS,
                "The agent wants somebody to log in: name its key's variable in its env, and give it a value in the step.");
    }

    private static Trouble trouble(Report.Why why, AgentSpec agent) {
        return switch (why) {
            case VERSION ->
                Trouble.of(
                        FailureKind.ACCESS,
                        "The agent doesn't speak version 1 of the Agent Client Protocol: install a version that does.");
            case LOGIN -> login();
            case SESSION -> Trouble.of(FailureKind.AGENT_CRASH, "The agent opened no session.");
            case MODEL ->
                Trouble.of(
                        FailureKind.ACCESS,
                        "The agent doesn't offer the model %s: name one that it does, or leave it out."
                                .formatted(agent.model().orElse("")));
        };
    }

    private static Ending broken(FailureKind kind, String reason) {
        return new Ending.Broken(Trouble.of(kind, reason));
    }
}
