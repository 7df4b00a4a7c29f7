package dev.pawl.sandbox.fault;

import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Bytes;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.http.Incoming;
import dev.pawl.sandbox.http.Reply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Rules put together. Of those that strike a request, the first one that ends it counts; those about what lists show hold
 * beside it. Chance comes from a seed.
 */
public final class FaultPlan implements Faults {
    private final InstantSource clock;
    private final Random random;
    private final List<Rule> rules;
    private final int[] counts;
    private final IdentityHashMap<Incoming, List<Fault>> striking = new IdentityHashMap<>();
    private final Lag lag;
    private final Pages pages;
    private int struck;

    private FaultPlan(InstantSource clock, long seed, List<Rule> rules) {
        this.clock = clock;
        this.random = new Random(seed);
        this.rules = List.copyOf(rules);
        this.counts = new int[rules.size()];
        this.lag = new Lag(clock);
        this.pages = new Pages(random);
    }

    /** These rules, by the forge's clock. */
    public static FaultPlan of(InstantSource clock, Rule... rules) {
        return new FaultPlan(clock, 1, List.of(rules));
    }

    /** The same with other chances. */
    public FaultPlan seeded(long seed) {
        return new FaultPlan(clock, seed, rules);
    }

    /** The same with more rules. */
    public FaultPlan and(Rule... more) {
        var all = new ArrayList<>(rules);
        all.addAll(List.of(more));
        return new FaultPlan(clock, 1, all);
    }

    /** How often something went wrong. */
    public synchronized int struck() {
        return struck;
    }

    @Override
    public synchronized Fate beforeApplied(Incoming request) {
        List<Fault> faults = strike(request);
        struck += faults.size();
        for (Fault fault : faults) {
            Fate fate = before(request, fault);
            if (!(fate instanceof Fate.Proceed)) {
                return fate;
            }
        }
        striking.put(request, faults);
        return new Fate.Proceed();
    }

    private List<Fault> strike(Incoming request) {
        var faults = new ArrayList<Fault>();
        for (int i = 0; i < counts.length; i++) {
            Rule rule = rules.get(i);
            if (rule.target().fits(request) && rule.span().holds(++counts[i], clock.instant(), random)) {
                faults.add(rule.fault());
            }
        }
        return faults;
    }

    private static Fate before(Incoming request, Fault fault) {
        return switch (fault) {
            case Fault.Refused refused -> new Fate.AnswerWith(refusal(request, refused));
            case Fault.Trouble(int status, Point point)
            when point == Point.BEFORE -> new Fate.AnswerWith(trouble(request, status));
            case Fault.Lost(Reply.Ending how, Point point)
            when point == Point.BEFORE -> new Fate.Break(Reply.none(how));
            case Fault.Mangled(Mangling how, Point point)
            when point == Point.BEFORE ->
                new Fate.Break(how.mangle(Answer.of("POST".equals(request.method()) ? 201 : 200, "{\"id\":17}")));
            case Fault.Trouble _,
                    Fault.Lost _,
                    Fault.Mangled _,
                    Fault.Slow _,
                    Fault.Hidden _,
                    Fault.Stale _,
                    Fault.Shuffled _,
                    Fault.Shifted _ -> new Fate.Proceed();
        };
    }

    private static Answer refusal(Incoming request, Fault.Refused refused) {
        Answer answer = said(request, refused.status(), refused.message());
        for (Map.Entry<String, String> header : refused.headers().entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }

    private static Answer trouble(Incoming request, int status) {
        return said(request, status, status == 502 ? "Server Error" : "Trouble");
    }

    private static Answer said(Incoming request, int status, String message) {
        return request.area() == Incoming.Area.GIT
                ? new Answer(status, Map.of("Content-Type", "text/plain; charset=utf-8"), Bytes.of(message + "\n"))
                : Answer.of(status, "{\"message\":\"" + message + "\",\"status\":\"" + status + "\"}");
    }

    @Override
    public Fate beforeAnswered(Incoming request, Answer answer) {
        List<Fault> faults = taken(request);
        faults.forEach(FaultPlan::delay);
        return after(request, answer, faults);
    }

    private synchronized List<Fault> taken(Incoming request) {
        List<Fault> faults = striking.remove(request);
        return faults == null ? List.of() : faults;
    }

    private static void delay(Fault fault) {
        if (fault instanceof Fault.Slow(Duration by)) {
            try {
                Thread.sleep(by);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized Fate after(Incoming request, Answer answer, List<Fault> faults) {
        Answer shown = pages.shown(request, lag.shown(request, answer), faults);
        lag.note(request, answer, faults);
        for (Fault fault : faults) {
            switch (fault) {
                case Fault.Trouble(int status, Point _) -> {
                    return new Fate.AnswerWith(trouble(request, status));
                }
                case Fault.Lost(Reply.Ending how, Point _) -> {
                    return new Fate.Break(Reply.none(how));
                }
                case Fault.Mangled(Mangling how, Point _) -> {
                    return new Fate.Break(how.mangle(shown));
                }
                case Fault.Refused _,
                        Fault.Slow _,
                        Fault.Hidden _,
                        Fault.Stale _,
                        Fault.Shuffled _,
                        Fault.Shifted _ -> {}
            }
        }
        return new Fate.AnswerWith(shown);
    }
}
