package dev.pawl.sandbox.http;

/** Who answers at a listener. */
interface Desk {
    /** What is to be sent, and what becomes of the connection then. */
    Reply answer(Incoming request);

    /** The answer to that request was sent. */
    void sent(Incoming request);
}
