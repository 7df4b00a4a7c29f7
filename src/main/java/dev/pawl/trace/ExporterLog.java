package dev.pawl.trace;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * What OpenTelemetry says of spans that it couldn't send, as one line of ours: it says so to the JDK's logging, with the
 * whole stack of each attempt.
 */
final class ExporterLog extends Handler {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(ExporterLog.class);
    private static final int LONGEST = 200;

    /** Kept, because the JDK forgets loggers that nobody holds, and their handlers with them. */
    private static final Logger THEIRS = Logger.getLogger("io.opentelemetry");

    private ExporterLog() {}

    /** Takes the place of what prints their lines so far. */
    static void takeOver() {
        THEIRS.setUseParentHandlers(false);
        for (Handler handler : THEIRS.getHandlers()) {
            THEIRS.removeHandler(handler);
        }
        THEIRS.addHandler(new ExporterLog());
    }

    @Override
    public void publish(LogRecord said) {
        if (said.getLevel().intValue() >= Level.WARNING.intValue()) {
            String line =
                    String.valueOf(said.getMessage()).replaceAll("\\s+", " ").replace('"', '\'');
            LOG.warn("event=traces-lost reason=\"{}\"", line.substring(0, Math.min(LONGEST, line.length())));
        }
    }

    @Override
    public void flush() {
        // nothing is kept back
    }

    @Override
    public void close() {
        // nothing is held
    }
}
