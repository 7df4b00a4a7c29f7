package dev.pawl.sandbox.http;

/**
 * What goes wrong on purpose. The methods run on the request's own thread and outside of the world's lock, so they may
 * act in the world, block, or end a process before they decide. {@code sandbox.fault} has faults that are only declared.
 */
public interface Faults {
    /** Nothing goes wrong. */
    Faults NONE = new Faults() {};

    /** Asked before a request changes anything. */
    default Fate beforeApplied(Incoming request) {
        return new Fate.Proceed();
    }

    /** Asked when the request has changed what it changes, and its answer isn't sent yet. */
    default Fate beforeAnswered(Incoming request, Answer answer) {
        return new Fate.Proceed();
    }

    /** Told when the answer is on its way, whatever it was; not where the connection was cut. */
    default void answered(Incoming request) {}

    /** What becomes of the request. */
    sealed interface Fate {
        /** All goes its way. */
        record Proceed() implements Fate {}

        /** This is answered instead. */
        record AnswerWith(Answer answer) implements Fate {}

        /** The connection is cut without an answer. */
        record Abort() implements Fate {}

        /** The connection breaks, before the answer or in the middle of it. */
        record Break(Reply reply) implements Fate {}
    }
}
