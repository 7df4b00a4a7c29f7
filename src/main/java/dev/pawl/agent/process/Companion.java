package dev.pawl.agent.process;

import dev.pawl.domain.model.Untrusted;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that runs beside us and is talked with: lines go in, and its listener hears the lines that come out. When it is
 * closed, it and everything that it started are gone. Nothing here waits for a process that doesn't read.
 */
public final class Companion implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Companion.class);

    /** Says to the writer that nothing follows. */
    private static final byte[] END = {};

    private final Process process;
    private final ProcessGroup group;
    private final Duration grace;
    private final Output output;
    private final Runnable closed;
    private final LinkedBlockingQueue<byte[]> lines = new LinkedBlockingQueue<>();
    private final Thread writer;

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
        writer = Thread.ofVirtual().name("pawl-input").start(this::write);
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
        lines.add((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void write() {
        try (OutputStream input = process.getOutputStream()) {
            for (byte[] line = lines.take(); line != END; line = lines.take()) {
                input.write(line);
                if (lines.isEmpty()) {
                    input.flush();
                }
            }
        } catch (IOException e) {
            LOG.debug("event=input-closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What it printed as errors so far, and as output where nobody listens. */
    public Untrusted log() {
        return output.log();
    }

    /** Closes its input, then asks it to end, then ends it, with the command's grace between. */
    @Override
    public void close() {
        group.look();
        lines.add(END);
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
        writer.interrupt();
        output.finish();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
