package dev.pawl.agent.mcp;

import java.util.List;

/** Which variables hold secrets, and which secrets can be sent. */
final class Secrets {
    private static final List<String> ENDINGS = List.of("_KEY", "_TOKEN", "_SECRET", "_PASSWORD");

    private Secrets() {}

    /** Whether a variable of that name holds one, as names go. */
    static boolean named(String variable) {
        return ENDINGS.stream().anyMatch(variable::endsWith);
    }

    /** Whether it can stand in a header: visible ASCII characters. */
    static boolean sendable(String secret) {
        return secret.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
