package dev.pawl.scenario;

import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.http.Incoming;

/**
 * Lets rivals claim at the same moment: whoever would move a ledger waits until all the others are there, too, or have
 * ended. It opens once.
 */
final class Gate implements Faults {
    private int expected;
    private int waiting;
    private boolean open;

    /** For so many invocations. */
    Gate(int rivals) {
        expected = rivals;
    }

    @Override
    public Fate beforeApplied(Incoming request) {
        if (request.isWrite() && request.path().contains("/git/refs")) {
            await();
        }
        return new Fate.Proceed();
    }

    private synchronized void await() {
        waiting++;
        look();
        while (!open) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** One of them has ended without a claim, or with one: nobody waits for it any more. */
    synchronized void ended() {
        expected--;
        look();
    }

    private void look() {
        if (waiting >= expected) {
            open = true;
            notifyAll();
        }
    }

    /** How many met at it. */
    synchronized int met() {
        return waiting;
    }
}
