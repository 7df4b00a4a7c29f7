package dev.pawl.agent.process;

import dev.pawl.domain.model.Untrusted;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A process that runs beside us and is talked with: lines go in, and its listener hears the lines that come out. When it is
 * closed, it and everything that it started are gone. Nothing here waits for a process that doesn't read.
 */
public final class Companion implements AutoCloseable {
    private final Process process;
    private final ProcessGroup group;
    private final Duration grace;
    private final Output output;
    private final Runnable closed;
    private final Input input;

    /**
     * How it may end.
     *
     * @param program whether our own program is being ended, and its processes with it
     * @param closed told when it is gone
     */
    record Ends(BooleanSupplier program, Runnable closed) {}

    Companion(Process process, ProcessGroup group, Command command, Ends ends) {
        this.process = process;
        this.group = group;
        this.grace = command.grace();
        this.closed = ends.closed();
        var streams = new Command.Streams(
                Optional.empty(), command.streams().output().map(listener -> new UntilWeEnd(listener, ends.program())));
        output = new Output(process, streams, group::terminate);
        input = new Input(process);
    }

    /** Hears what a process says, but not that it fell silent because we are being ended: nobody shall act on that. */
    private record UntilWeEnd(Command.Listener listener, BooleanSupplier programEnds) implements Command.Listener {
        @Override
        public boolean hears(String line) {
            return listener.hears(line);
        }

        @Override
        public void over() {
            if (!programEnds.getAsBoolean()) {
                listener.over();
            }
        }
    }

    /** Sends a line; it is written as soon as the process reads. */
    public void tell(String line) {
        input.says(line);
    }

    /** What it printed as errors so far, and as output where nobody listens. */
    public Untrusted log() {
        return output.log();
    }

    /** Closes its input, then asks it to end, then ends it, with the command's grace between. */
    @Override
    public void close() {
        group.look();
        input.end();
        boolean interrupted = false;
        try {
            if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                group.terminate();
                process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            group.kill();
            closed.run();
        }
        input.finish();
        output.finish();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
