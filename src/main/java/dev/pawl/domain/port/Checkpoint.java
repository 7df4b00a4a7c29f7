package dev.pawl.domain.port;

import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.StageKind;

/**
 * What an agent's finished work came to, kept before the effects that may fail: an invocation that dies, or is refused by
 * the forge, is finished by the next one without asking the agent again.
 *
 * @param attempt whose work it is
 * @param content hash of what people had written when it was asked
 * @param outcome what it gave
 */
public record Checkpoint(Attempt attempt, String content, AgentOutcome.Finished outcome) {
    /**
     * An attempt.
     *
     * @param run the run's name
     * @param stage the stage
     * @param number which attempt of it
     * @param start the commit that the agent sees
     */
    public record Attempt(String run, StageKind stage, int number, Sha start) {}
}
