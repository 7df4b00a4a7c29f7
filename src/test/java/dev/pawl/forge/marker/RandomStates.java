package dev.pawl.forge.marker;

import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.state.AfterPull;
import dev.pawl.domain.state.Approved;
import dev.pawl.domain.state.Document;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.Spending;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.StageStatus;
import dev.pawl.domain.state.Waiting;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** States as nobody would write them by hand. */
public final class RandomStates {
    private static final String NASTY = "--><!-- --- <b> & @me #1 \" \\ \n \u2028 \u202e é 😀 \ud800 sig=00 /pawl -->";

    private final Random random;

    public RandomStates(long seed) {
        random = new Random(seed);
    }

    /** One of repository 7, issue 42. */
    public RunState next() {
        var id = new RunState.Identity(7, 42, "r-" + Integer.toHexString(random.nextInt(0x10000)), text());
        return new RunState(
                id,
                one(IssueState.values()),
                Stream.generate(this::stage).limit(1 + random.nextInt(8)).toList(),
                work(),
                new RunState.Fence(random.nextInt(1000), random.nextInt(1000), maybe(this::sha), maybe(this::sha)),
                maybe(() -> new Waiting(one(Waiting.Reason.values()), time(), maybe(this::time), text())),
                new Spending(
                        random.nextInt(30), random.nextInt(5), usd(), usd(), random.nextLong(1L << 40), 7, times()),
                new RunState.People(
                        random.nextLong(1L << 33),
                        text(),
                        ids(),
                        maybe(() -> new Approved(text(), time(), maybe(this::time)))),
                documents(),
                Map.of("implement/claude", text(), text(), "s"),
                new AfterPull(
                        maybe(this::sha),
                        maybe(this::time),
                        random.nextInt(4),
                        random.nextInt(4),
                        new AfterPull.Repairs(
                                maybe(() -> sha().value().substring(0, 16)),
                                maybe(() -> sha().value().substring(0, 16)),
                                random.nextInt(4))));
    }

    private RunState.Work work() {
        return new RunState.Work(
                maybe(() -> new BranchName("pawl/42-a-" + random.nextInt(100))),
                maybe(this::sha),
                maybe(() -> "main"),
                random.nextBoolean() ? OptionalInt.of(1 + random.nextInt(99)) : OptionalInt.empty(),
                maybe(this::text),
                random.nextInt(9),
                random.nextBoolean() ? 2 + random.nextInt(9) : 0);
    }

    private StageRecord stage() {
        var failures = new HashMap<FailureKind, Integer>();
        for (int i = random.nextInt(3); i > 0; i--) {
            failures.put(one(FailureKind.values()), random.nextInt(4));
        }
        return new StageRecord(
                one(StageKind.values()),
                one(StageStatus.values()),
                random.nextInt(9),
                failures,
                maybe(() -> one(FailureKind.values())),
                text(),
                random.nextInt(9999),
                usd(),
                new StageRecord.Tokens(random.nextInt(3), random.nextLong(1L << 40), random.nextInt(2)));
    }

    private Map<String, Document> documents() {
        return random.nextBoolean() ? Map.of() : Map.of("plan", new Document(random.nextLong(1L << 33), text()));
    }

    private List<Long> ids() {
        return random.longs(random.nextInt(20), 0, 1L << 33).boxed().toList();
    }

    private List<Instant> times() {
        return Stream.generate(this::time).limit(random.nextInt(5)).toList();
    }

    private Instant time() {
        return Instant.parse("2026-11-21T10:00:00Z").plusSeconds(random.nextInt(1_000_000));
    }

    private Usd usd() {
        return Usd.ofMicros(random.nextInt(1_000_000_000));
    }

    private Sha sha() {
        return new Sha("%040x".formatted(random.nextLong() & Long.MAX_VALUE));
    }

    private String text() {
        int from = random.nextInt(NASTY.length());
        // A lone surrogate can't be told in UTF-8, so that it doesn't come back as it went.
        return NASTY.substring(from, from + random.nextInt(NASTY.length() - from + 1))
                .replaceAll("[\\x{d800}-\\x{dfff}](?<![\\x{10000}-\\x{10ffff}])", "?");
    }

    private <T> T one(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }
}
