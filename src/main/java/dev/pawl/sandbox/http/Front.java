package dev.pawl.sandbox.http;

import dev.pawl.sandbox.act.Hub;
import dev.pawl.sandbox.world.Account;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Takes every request: counts it, lets faults have their say, applies it alone, shows it to observers. */
public final class Front implements Desk {
    private final Hub hub;
    private final Router router;
    private final GitDoor git;
    private final List<Consumer<Exchange>> observers = new CopyOnWriteArrayList<>();
    private final AtomicReference<RequestCount> count = new AtomicReference<>(RequestCount.NONE);
    private final AtomicReference<Faults> faults = new AtomicReference<>(Faults.NONE);
    private final AtomicLong requestIds = new AtomicLong();

    /** Serves this hub by these routes. */
    public Front(Hub hub, Router router) {
        this.hub = hub;
        this.router = router;
        this.git = new GitDoor(hub);
    }

    /** Shows every exchange from now on, after its answer is decided and before it is sent. */
    public void observe(Consumer<Exchange> observer) {
        observers.add(observer);
    }

    /** Lets these things go wrong from now on. */
    public void faults(Faults plan) {
        faults.set(plan);
    }

    /** How many requests there were. */
    public RequestCount count() {
        return count.get();
    }

    @Override
    public Reply answer(Incoming request) {
        count.updateAndGet(c -> c.and(request));
        Faults plan = faults.get();
        Reply reply = instead(plan.beforeApplied(request)).orElseGet(() -> {
            Answer applied = hub.alone(() -> apply(request));
            return instead(plan.beforeAnswered(request, applied)).orElseGet(() -> Reply.whole(applied));
        });
        Reply sent = reply.answer().map(this::stamped).map(reply::with).orElse(reply);
        show(request, sent);
        return sent;
    }

    private static Optional<Reply> instead(Faults.Fate fate) {
        return switch (fate) {
            case Faults.Fate.Proceed p -> Optional.empty();
            case Faults.Fate.AnswerWith(Answer answer) -> Optional.of(Reply.whole(answer));
            case Faults.Fate.Abort a -> Optional.of(Reply.none(Reply.Ending.CLOSED));
            case Faults.Fate.Break(Reply reply) -> Optional.of(reply);
        };
    }

    @Override
    public void sent(Incoming request) {
        faults.get().answered(request);
    }

    private Answer apply(Incoming request) {
        try {
            return switch (request.area()) {
                case API -> router.answer(request);
                case GIT -> git.answer(request);
                case ELSEWHERE -> Refusal.notFound().answer();
            };
        } catch (RuntimeException e) {
            return Refusal.of(500, "The sandbox failed: " + e).answer();
        }
    }

    /** The forge's clock: callers take their time from this header. */
    private Answer stamped(Answer answer) {
        String id = "%04X:%06X".formatted(0xA0, requestIds.incrementAndGet()).toUpperCase(Locale.ROOT);
        return answer.with("Date", HttpDate.of(hub.now())).with("X-GitHub-Request-Id", id);
    }

    /** An answer that doesn't arrive whole counts as none. */
    private void show(Incoming request, Reply reply) {
        Optional<Answer> answer = reply.answer().filter(a -> reply.ending() == Reply.Ending.OPEN);
        boolean isText = request.area() != Incoming.Area.GIT;
        var exchange = new Exchange(
                request.method(),
                request.path(),
                request.query(),
                request.headers(),
                isText ? request.body().text() : "",
                answer.map(Answer::status).orElse(0),
                answer.map(Answer::headers).orElse(Map.of()),
                isText ? answer.map(a -> a.body().text()).orElse("") : "",
                hub.alone(() -> Router.account(hub, request))
                        .map(Account::login)
                        .orElse(""));
        observers.forEach(observer -> observer.accept(exchange));
    }
}
