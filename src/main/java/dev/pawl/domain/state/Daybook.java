package dev.pawl.domain.state;

import dev.pawl.domain.policy.Usd;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What agents have cost the whole repository lately, who had them started, and which ones run now. An agent that runs
 * counts with all that it may use; one whose end nobody wrote down counts so for good.
 *
 * @param hours what was spent, by the hour in which it was; no older than a day
 * @param starts agent starts of the last hour, oldest first
 * @param open agents that run
 */
public record Daybook(SortedMap<Instant, Usd> hours, List<Start> starts, List<Open> open) {
    /** Nothing yet. */
    public static final Daybook EMPTY = new Daybook(new TreeMap<>(), List.of(), List.of());

    private static final String TITLE = "pawl-daybook v1";
    private static final int MOST_LINES = 10_000;
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration HOUR = Duration.ofHours(1);

    public Daybook {
        hours = new TreeMap<>(hours);
        starts = List.copyOf(starts);
        open = List.copyOf(open);
    }

    /**
     * An agent start.
     *
     * @param at when
     * @param by the account that answers for it
     */
    public record Start(Instant at, long by) {}

    /**
     * An agent that runs.
     *
     * @param issue the issue's number
     * @param epoch the epoch of its lease
     * @param at since when
     * @param until when its lease ends: it is dead then
     * @param reserved all that it may use
     */
    public record Open(int issue, long epoch, Instant at, Instant until, Usd reserved) {}

    /** The same as it is at that time: what is old is forgotten, and what never ended is used up. */
    public Daybook at(Instant now) {
        var kept = new TreeMap<>(hours);
        var running = new ArrayList<Open>();
        for (Open agent : open) {
            if (agent.until().isAfter(now)) {
                running.add(agent);
            } else {
                kept.merge(hour(agent.at()), agent.reserved(), Usd::plus);
            }
        }
        kept.keySet().removeIf(hour -> !ends(hour).isAfter(now));
        List<Start> recent =
                starts.stream().filter(s -> s.at().isAfter(now.minus(HOUR))).toList();
        return new Daybook(kept, recent, running);
    }

    /** With an agent that starts. One that ran for the same issue is dead, or its issue would still be held. */
    public Daybook opened(Open agent, long by) {
        var spent = new TreeMap<>(hours);
        open.stream()
                .filter(o -> o.issue() == agent.issue())
                .forEach(o -> spent.merge(hour(o.at()), o.reserved(), Usd::plus));
        var running = new ArrayList<>(
                open.stream().filter(o -> o.issue() != agent.issue()).toList());
        running.add(agent);
        var all = new ArrayList<>(starts);
        all.add(new Start(agent.at(), by));
        return new Daybook(spent, all, running);
    }

    /** With an agent that has ended, and what it used. One that isn't among those that run was counted already. */
    public Daybook closed(int issue, long epoch, Usd used) {
        Optional<Open> agent = open.stream()
                .filter(o -> o.issue() == issue && o.epoch() == epoch)
                .findFirst();
        if (agent.isEmpty()) {
            return this;
        }
        var spent = new TreeMap<>(hours);
        spent.merge(hour(agent.get().at()), used, Usd::plus);
        return new Daybook(
                spent, starts, open.stream().filter(o -> o.issue() != issue).toList());
    }

    /** What the last day has cost, and may still cost. */
    public Usd spent() {
        Usd known = hours.values().stream().reduce(Usd.ZERO, Usd::plus);
        return open.stream().map(Open::reserved).reduce(known, Usd::plus);
    }

    /** When so much of it has been forgotten that less than the limit is left, where nothing is added. */
    public Instant below(Usd limit, Instant now) {
        Usd left = spent();
        for (Map.Entry<Instant, Usd> hour : hours.entrySet()) {
            left = left.minus(hour.getValue());
            if (!left.reaches(limit)) {
                return ends(hour.getKey());
            }
        }
        return open.stream().map(Open::until).min(Comparator.naturalOrder()).orElse(now.plus(HOUR));
    }

    /** The starts for which that account answers, oldest first. */
    public List<Instant> startsBy(long account) {
        return starts.stream().filter(s -> s.by() == account).map(Start::at).toList();
    }

    /** How many other issues an agent works on. */
    public int others(int issue) {
        return (int) open.stream().filter(o -> o.issue() != issue).count();
    }

    private static Instant hour(Instant at) {
        return at.truncatedTo(ChronoUnit.HOURS);
    }

    /** When the hour's spending is a day old, to the last of it. */
    private static Instant ends(Instant hour) {
        return hour.plus(HOUR).plus(DAY);
    }

    /** The text that {@link #parse} reads: a line for each entry. */
    public String text() {
        var text = new StringBuilder(TITLE).append('\n');
        hours.forEach((hour, cost) -> line(text, "spent", hour, cost.micros()));
        starts.forEach(s -> line(text, "start", s.at(), s.by()));
        open.forEach(o -> line(
                text,
                "open",
                o.issue(),
                o.epoch(),
                o.at(),
                o.until(),
                o.reserved().micros()));
        return text.toString();
    }

    private static void line(StringBuilder text, Object... words) {
        for (int i = 0; i < words.length; i++) {
            text.append(i == 0 ? "" : " ").append(words[i]);
        }
        text.append('\n');
    }

    /** Reads a text, strictly; empty where it is none of ours. */
    public static Optional<Daybook> parse(String text) {
        List<String> lines = text.lines().limit(MOST_LINES + 1L).toList();
        if (lines.isEmpty() || lines.size() > MOST_LINES || !lines.getFirst().equals(TITLE)) {
            return Optional.empty();
        }
        var hours = new TreeMap<Instant, Usd>();
        var starts = new ArrayList<Start>();
        var open = new ArrayList<Open>();
        try {
            for (String line : lines.subList(1, lines.size())) {
                String[] words = line.split(" ", -1);
                switch (words[0] + "/" + words.length) {
                    case "spent/3" ->
                        hours.merge(hour(Instant.parse(words[1])), Usd.ofMicros(number(words[2])), Usd::plus);
                    case "start/3" -> starts.add(new Start(Instant.parse(words[1]), number(words[2])));
                    case "open/6" ->
                        open.add(new Open(
                                Math.toIntExact(number(words[1])),
                                number(words[2]),
                                Instant.parse(words[3]),
                                Instant.parse(words[4]),
                                Usd.ofMicros(number(words[5]))));
                    default -> {
                        return Optional.empty();
                    }
                }
            }
            return Optional.of(new Daybook(hours, starts, open));
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static long number(String word) {
        long number = Long.parseLong(word);
        if (number < 0) {
            throw new IllegalArgumentException(word);
        }
        return number;
    }
}
