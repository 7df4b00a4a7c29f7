package dev.pawl.sandbox.fault;

import dev.pawl.sandbox.http.Reply.Ending;
import java.time.Duration;
import java.util.Map;

/** What goes wrong with a request. GitHub's own words for refusals are in {@link Refusals}. */
public sealed interface Fault {
    /**
     * Nothing is done, and GitHub says why.
     *
     * @param status such as 403
     * @param message GitHub's words
     * @param headers what else it says
     */
    record Refused(int status, String message, Map<String, String> headers) implements Fault {
        public Refused {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * The server is in trouble.
     *
     * @param status 500 and above
     * @param point whether the request was done
     */
    record Trouble(int status, Point point) implements Fault {}

    /**
     * No answer comes.
     *
     * @param how what becomes of the connection
     * @param point whether the request was done
     */
    record Lost(Ending how, Point point) implements Fault {}

    /**
     * An answer comes that can't be read.
     *
     * @param how what is wrong with its body
     * @param point whether the request was done
     */
    record Mangled(Mangling how, Point point) implements Fault {}

    /**
     * The answer comes late.
     *
     * @param by how late
     */
    record Slow(Duration by) implements Fault {}

    /**
     * What the request makes doesn't show yet: not in lists, and by itself it is 404.
     *
     * @param reads in so many reads that would show it
     * @param time and for no longer than that
     */
    record Hidden(int reads, Duration time) implements Fault {}

    /**
     * What the request changes shows as it was before.
     *
     * @param reads in so many reads that would show it
     * @param time and for no longer than that
     */
    record Stale(int reads, Duration time) implements Fault {}

    /** A list's page comes in another order. */
    record Shuffled() implements Fault {}

    /**
     * Something was put into a list, or taken out of it, between two of its pages.
     *
     * @param by how many places the second page and those after it are shifted: above 0, so many are passed over; below 0, so
     *     many come twice
     */
    record Shifted(int by) implements Fault {}

    /** How long GitHub's lists lag behind, at the longest that a rehearsal plays. */
    Duration LONGEST_LAG = Duration.ofSeconds(30);

    /** Hidden in so many reads. */
    static Fault hidden(int reads) {
        return new Hidden(reads, LONGEST_LAG);
    }

    /** Hidden for so long. */
    static Fault hidden(Duration time) {
        return new Hidden(Integer.MAX_VALUE, time);
    }

    /** Stale in so many reads. */
    static Fault stale(int reads) {
        return new Stale(reads, LONGEST_LAG);
    }

    /** Stale for so long. */
    static Fault stale(Duration time) {
        return new Stale(Integer.MAX_VALUE, time);
    }

    /** The connection is reset. */
    static Fault reset(Point point) {
        return new Lost(Ending.RESET, point);
    }
}
