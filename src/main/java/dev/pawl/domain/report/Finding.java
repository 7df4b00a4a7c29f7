package dev.pawl.domain.report;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * What a look at one thing found, before anything depends on it.
 *
 * @param area where it was looked: {@code machine}, {@code policy}, {@code repository}, {@code agents.claude}
 * @param check what was looked at there, such as {@code key}
 * @param level how it stands
 * @param says what was found, in whole sentences
 * @param todo what to do; always there, unless all is well
 */
public record Finding(String area, String check, Level level, String says, Optional<String> todo) {
    public Finding {
        if (level != Level.OK && todo.isEmpty()) {
            throw new IllegalArgumentException("who says what is wrong says what to do: " + says);
        }
    }

    /** How a thing stands, best first. */
    public enum Level {
        /** As it should be. */
        OK,
        /** It may do; or it can't be seen from here. */
        NOTE,
        /** It didn't answer: try again. */
        UNREACHABLE,
        /** It must be mended. */
        PROBLEM;

        /** The word for people and programs. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** All is well. */
    public static Finding ok(String area, String check, String says) {
        return new Finding(area, check, Level.OK, says, Optional.empty());
    }

    /** Something to know. */
    public static Finding note(String area, String check, String says, String todo) {
        return new Finding(area, check, Level.NOTE, says, Optional.of(todo));
    }

    /** Something didn't answer. */
    public static Finding unreachable(String area, String check, String says, String todo) {
        return new Finding(area, check, Level.UNREACHABLE, says, Optional.of(todo));
    }

    /** Something must be mended. */
    public static Finding problem(String area, String check, String says, String todo) {
        return new Finding(area, check, Level.PROBLEM, says, Optional.of(todo));
    }

    /** What all of them come to: the worst one counts. */
    public static Outcome outcome(Collection<Finding> findings) {
        return switch (findings.stream()
                .map(Finding::level)
                .max(Level::compareTo)
                .orElse(Level.OK)) {
            case OK, NOTE -> Outcome.NOTHING;
            case UNREACHABLE -> Outcome.RETRY_LATER;
            case PROBLEM -> Outcome.CONFIGURATION;
        };
    }
}
