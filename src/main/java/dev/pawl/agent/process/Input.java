package dev.pawl.agent.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one process is told while it runs: written by a thread of its own, so that nobody waits for a process that doesn't
 * read. Of one that doesn't, 10,000 lines wait at most; it isn't told the rest.
 */
final class Input implements Command.Voice {
    static final int MOST = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Input.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final BlockingQueue<Optional<String>> waiting = new LinkedBlockingQueue<>();
    private final OutputStream out;
    private final Thread writer;

    Input(Process process) {
        out = process.getOutputStream();
        writer = Thread.ofVirtual().name("pawl-log-input").start(this::write);
    }

    @Override
    public void says(String line) {
        if (waiting.size() < MOST) {
            waiting.add(Optional.of(line));
        } else {
            LOG.debug("event=not-said");
        }
    }

    /** After what was said, the process's input is at its end. */
    void end() {
        waiting.add(Optional.empty());
    }

    private void write() {
        try (out) {
            for (var line = waiting.take(); line.isPresent(); line = waiting.take()) {
                out.write((line.get() + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException e) {
            LOG.debug("event=input-closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everybody who could read is dead, so the writer ends; if it does not, it is left behind rather than waited for. */
    void finish() {
        end();
        boolean interrupted = Thread.interrupted();
        try {
            if (!writer.join(PATIENCE)) {
                writer.interrupt();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
