package dev.pawl.agent.cli;

import dev.pawl.domain.model.Sha;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.AgentOptions;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.AgentRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A request about nothing, for a run that only shows whether an agent answers. */
final class Trial {
    /** One for the result, one to end, and some for a model that looks around first. */
    private static final int TURNS = 5;

    private static final Usd COST = Usd.ofMicros(1_000_000);
    private static final Sha NOWHERE = new Sha("0".repeat(40));

    private Trial() {}

    static AgentRequest request(AgentSpec agent, Duration limit) {
        var options = new AgentOptions(
                agent.options().provider(),
                agent.options().baseUrl(),
                agent.options().tiers(),
                TURNS);
        var bounded = new AgentSpec(agent.name(), agent.kind(), agent.model(), agent.run(), agent.env(), options);
        var issue =
                new AgentRequest.IssueText(1, Untrusted.EMPTY, Untrusted.EMPTY, Optional.empty(), List.of(), List.of());
        // The stage whose result needs nothing but a status and a summary, and which changes no file.
        return new AgentRequest(
                bounded,
                StageKind.CLARIFY,
                Optional.empty(),
                issue,
                Optional.empty(),
                List.of(),
                new AgentRequest.Base("main", NOWHERE),
                new AgentRequest.Bounds(limit, OptionalInt.of(TURNS), COST),
                AgentRequest.Conversation.NONE,
                Optional.empty());
    }
}
