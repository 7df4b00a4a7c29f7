package dev.pawl.scenario;

import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.http.Incoming;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Withholds the answer to one request of the invocation that begins next: to the world that invocation stands still there,
 * as one that is suspended. Everybody's other requests go through.
 */
final class Held implements Faults {
    private final int number;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goesOn = new CountDownLatch(1);
    private @Nullable Incoming target;
    private int seen;

    /** At that request; the first is 1. */
    Held(int number) {
        this.number = number;
    }

    @Override
    public synchronized Fate beforeApplied(Incoming request) {
        if (target == null && ++seen == number) {
            target = request;
        }
        return new Fate.Proceed();
    }

    @Override
    public Fate beforeAnswered(Incoming request, Answer answer) {
        if (isTarget(request)) {
            reached.countDown();
            await(goesOn);
        }
        return new Fate.Proceed();
    }

    private synchronized boolean isTarget(Incoming request) {
        return request == target;
    }

    /** Waits until it stands still; an invocation that ends before is a mistake of the test's. */
    void standsStill(Future<?> invocation) throws Exception {
        while (!reached.await(10, TimeUnit.MILLISECONDS)) {
            try {
                invocation.get(0, TimeUnit.MILLISECONDS);
                throw new AssertionError("it ended before request " + number);
            } catch (TimeoutException stillRunning) {
                continue;
            }
        }
    }

    /** It goes on. */
    void goesOn() {
        goesOn.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
