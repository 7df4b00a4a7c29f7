package dev.pawl.agent.process;

import dev.pawl.domain.model.Untrusted;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one process prints: read as it comes, by a thread for each stream, so that it never waits for us. */
final class Output {
    private static final Logger LOG = LoggerFactory.getLogger(Output.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final BoundedLog log = new BoundedLog();
    private final Process process;
    private final Runnable end;
    private final Thread reader;
    private final Thread errors;
    private volatile boolean enough;

    /**
     * Begins to read.
     *
     * @param end asks the process to end
     */
    Output(Process process, Command.Streams streams, Runnable end) {
        this.process = process;
        this.end = end;
        Sink standard = streams.output()
                .<Sink>map(listener -> new Lines(listener, this::stop))
                .orElse(log::write);
        reader = Thread.ofVirtual().name("pawl-log-output").start(() -> copy(process.getInputStream(), standard));
        errors = Thread.ofVirtual().name("pawl-log-errors").start(() -> copy(process.getErrorStream(), log::write));
    }

    /** Whether the listener has heard enough. */
    boolean enough() {
        return enough;
    }

    private void stop() {
        enough = true;
        end.run();
    }

    /** What was logged. */
    Untrusted log() {
        return log.text();
    }

    private static void copy(InputStream from, Sink to) {
        var buffer = new byte[16 << 10];
        try {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                to.take(buffer, n);
            }
            to.over();
        } catch (IOException e) {
            LOG.debug("event=log-closed");
        }
    }

    /** Everybody who could print is dead, so it ends; if it does not, it is left behind rather than waited for. */
    void finish() {
        boolean interrupted = Thread.interrupted();
        try {
            if (!reader.join(PATIENCE)) {
                process.getInputStream().close();
            }
            if (!errors.join(PATIENCE)) {
                process.getErrorStream().close();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (IOException e) {
            LOG.debug("event=log-closed");
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where bytes go. */
    interface Sink {
        void take(byte[] bytes, int length);

        /** No more will come. */
        default void over() {}
    }
}
