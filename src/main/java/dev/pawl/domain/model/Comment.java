package dev.pawl.domain.model;

import java.time.Instant;
import java.util.List;

/**
 * A comment that somebody else than us wrote.
 *
 * @param id the forge's id; grows with time
 * @param author who wrote it
 * @param body what it says
 * @param commands the lines that call us, in order; quoted and coded ones are not among them
 * @param created when it was written
 * @param edited when it was last changed; equals {@code created} when it never was
 */
public record Comment(
        long id, Actor author, Untrusted body, List<CommandLine> commands, Instant created, Instant edited) {
    public Comment {
        commands = List.copyOf(commands);
    }

    /**
     * A line that begins with {@code /pawl}.
     *
     * @param words what follows {@code /pawl} on the line
     * @param below the lines after it, up to the next command
     */
    public record CommandLine(String words, Untrusted below) {}
}
