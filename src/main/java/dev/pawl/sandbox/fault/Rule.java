package dev.pawl.sandbox.fault;

/**
 * One thing that goes wrong.
 *
 * @param target with which requests
 * @param span when
 * @param fault what
 */
public record Rule(Target target, Span span, Fault fault) {
    /** Always. */
    public static Rule of(Target target, Fault fault) {
        return new Rule(target, Span.ALWAYS, fault);
    }

    /** Once, at the first such request. */
    public static Rule once(Target target, Fault fault) {
        return new Rule(target, Span.once(), fault);
    }
}
