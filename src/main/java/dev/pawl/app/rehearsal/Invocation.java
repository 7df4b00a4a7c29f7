package dev.pawl.app.rehearsal;

import java.time.Duration;
import java.util.Map;

/**
 * One invocation of the engine, over.
 *
 * @param event the event's name
 * @param action its action; empty where it has none
 * @param ended how the process ended
 * @param outputs what it told the runner
 * @param requests how many requests it made of the API; git's aren't counted
 * @param took how long it took
 * @param errors the end of its standard error, where it failed
 */
record Invocation(
        String event,
        String action,
        EngineProcess.Ended ended,
        Map<String, String> outputs,
        int requests,
        Duration took,
        String errors) {
    Invocation {
        outputs = Map.copyOf(outputs);
    }

    /** An output; empty where there is none. */
    String output(String name) {
        return outputs.getOrDefault(name, "");
    }

    /** Whether the engine did its work. */
    boolean isClean() {
        return ended.inTime() && ended.exitCode() == 0;
    }

    /** Such as {@code issues (labeled)}. */
    String occasion() {
        return action.isEmpty() ? event : event + " (" + action + ")";
    }
}
