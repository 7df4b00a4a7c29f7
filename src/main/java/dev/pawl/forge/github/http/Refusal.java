package dev.pawl.forge.github.http;

import java.io.Serial;

/** hub4j's request was answered with something else than a 2xx. Carries the answer past hub4j, which would reword it. */
public final class Refusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Call call;
    private final transient Answer answer;

    Refusal(Call call, Answer answer) {
        super(call + ": " + answer.status());
        this.call = call;
        this.answer = answer;
    }

    /** What was asked. */
    public Call call() {
        return call;
    }

    /** What came. */
    public Answer answer() {
        return answer;
    }
}
