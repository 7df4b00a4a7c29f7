package dev.pawl.forge.github;

import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.http.Incoming;
import java.util.concurrent.atomic.AtomicInteger;

/** Breaks the n-th write, counted from 0, in some way that leaves open whether it took effect. */
record NthWrite(int n, Fault fault, AtomicInteger writes) implements Faults {
    NthWrite(int n, Fault fault) {
        this(n, fault, new AtomicInteger());
    }

    /** The ways. */
    enum Fault {
        CUT_BEFORE,
        CUT_AFTER,
        BAD_GATEWAY_AFTER,
        HTML_AFTER
    }

    @Override
    public Fate beforeApplied(Incoming request) {
        return request.isWrite() && fault == Fault.CUT_BEFORE && writes.getAndIncrement() == n
                ? new Fate.Abort()
                : new Fate.Proceed();
    }

    @Override
    public Fate beforeAnswered(Incoming request, Answer answer) {
        if (!request.isWrite() || fault == Fault.CUT_BEFORE || writes.getAndIncrement() != n) {
            return new Fate.Proceed();
        }
        return switch (fault) {
            case CUT_BEFORE, CUT_AFTER -> new Fate.Abort();
            case BAD_GATEWAY_AFTER -> new Fate.AnswerWith(Answer.of(502, "{\"message\":\"Bad Gateway\"}"));
            // A status that no description has, so that only we mind the body.
            case HTML_AFTER -> new Fate.AnswerWith(Answer.of(299, "<html>"));
        };
    }
}
