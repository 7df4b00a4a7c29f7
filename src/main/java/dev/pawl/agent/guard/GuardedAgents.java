package dev.pawl.agent.guard;

import dev.pawl.agent.result.StrictJson;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.Agents;
import dev.pawl.domain.secret.Secrets;
import dev.pawl.domain.state.FailureKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Agents whose answers are looked at for secrets, before anything of them is kept, pushed or published. */
public final class GuardedAgents implements Agents {
    private final Agents agents;
    private final Secrets secrets;

    /**
     * @param agents run them
     * @param secrets what they mustn't say
     */
    public GuardedAgents(Agents agents, Secrets secrets) {
        this.agents = agents;
        this.secrets = secrets;
    }

    @Override
    public AgentOutcome run(AgentRequest request, Path workTree) {
        AgentOutcome outcome = agents.run(request, workTree);
        return outcome instanceof AgentOutcome.Finished finished
                ? said(finished.result())
                        .<AgentOutcome>map(secret -> refused(finished, secret))
                        .orElse(finished)
                : outcome;
    }

    private static AgentOutcome refused(AgentOutcome.Finished finished, String secret) {
        return new AgentOutcome.Failed(
                FailureKind.AGENT_RESULT,
                "The agent's answer holds " + secret + ". Nothing of it was published.",
                List.of(),
                Optional.empty(),
                finished.usage(),
                finished.session());
    }

    /** As it was written, and what it means once the escapes of JSON are read. */
    private Optional<String> said(AgentResult result) {
        String source = result.source().raw();
        return Stream.concat(Stream.of(source), StrictJson.texts(source).stream())
                .flatMap(text -> secrets.in(text).stream())
                .findFirst();
    }
}
