package dev.pawl.agent.session;

import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.port.AgentRequest;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where one agent's conversation about one stage of one issue is kept.
 *
 * @param repository the repository's id
 * @param issue the issue's number
 * @param stage the stage
 * @param agent the agent's name in the policy
 * @param kind what the agent is: another program can't read the conversation
 */
public record Slot(long repository, int issue, StageKind stage, String agent, AgentSpec.Kind kind) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,39}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}");
    private static final Pattern LAST = Pattern.compile("[a-z_]{1,40}\\.[a-z][a-z0-9_-]{0,39}\\.[a-z-]{1,40}");

    public Slot {
        if (repository < 0 || issue < 1 || !NAME.matcher(agent).matches()) {
            throw new IllegalArgumentException("no place for a conversation of " + agent);
        }
    }

    /** The one that a request is about. */
    public static Slot of(AgentRequest request) {
        return new Slot(
                request.conversation().repository(),
                request.issue().number(),
                request.stage(),
                request.agent().name(),
                request.agent().kind());
    }

    /** The names of its folders, from the outermost. */
    List<String> folders() {
        return List.of(
                Long.toString(repository), Integer.toString(issue), stage.word() + "." + agent + "." + kind.word());
    }

    /** Whether a folder at that depth may be one of ours. */
    static boolean ours(int depth, String name) {
        return (depth < 2 ? NUMBER : LAST).matcher(name).matches();
    }
}
