package dev.pawl.config;

import java.util.Optional;

/**
 * One thing that is wrong with a policy file.
 *
 * @param file the file's name
 * @param line its line, from 1
 * @param column the column in that line, from 1
 * @param key the path of the key, such as {@code limits.attempts}; empty for the file as a whole
 * @param problem what is wrong, without a full stop
 * @param hint what to write instead, as a whole sentence
 */
public record PolicyError(String file, int line, int column, String key, String problem, Optional<String> hint) {
    /** The sentence without its place, for programs that have the place already. */
    public String sentence() {
        return problem + ".";
    }

    /** The whole error in one line, in the form that compilers and editors use. */
    public String message() {
        String place = file + ":" + line + ":" + column + ": ";
        String subject = key.isEmpty() ? "" : key + ": ";
        return place + subject + sentence() + hint.map(h -> " " + h).orElse("");
    }

    @Override
    public String toString() {
        return message();
    }
}
