package dev.pawl.agent.session;

import dev.pawl.domain.port.Usage;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * What is known of a kept conversation.
 *
 * @param id the program's name for it
 * @param task hash of what people wrote when it began or last went on
 * @param failedResumes how often in a row resuming failed
 * @param counted the program's own numbers at its end, for programs that go on counting in the next run
 * @param content the conversation's size and hash
 * @param at when it was kept
 */
public record Kept(String id, String task, int failedResumes, Usage counted, Content content, Instant at) {
    /** How a session may be named: it becomes part of paths and command lines. */
    public static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

    public Kept {
        if (!ID.matcher(id).matches() || failedResumes < 0) {
            throw new IllegalArgumentException("no session's name: " + id);
        }
    }

    /**
     * A conversation's text, known by its measures.
     *
     * @param bytes its size
     * @param sha256 its hash; empty where it was too large to be kept
     */
    public record Content(long bytes, String sha256) {}

    /** The same after one more resume that failed. */
    Kept failedOnceMore() {
        return new Kept(id, task, failedResumes + 1, counted, content, at);
    }
}
