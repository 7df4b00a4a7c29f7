package dev.pawl.agent.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Cuts what a process prints into lines for a listener. A line of more than 4 MiB is passed over; a process that prints
 * more than 200,000 lines, or 256 MiB, is asked to end.
 */
final class Lines implements Output.Sink {
    static final int LONGEST = 4 << 20;
    static final int MOST = 200_000;
    static final long MOST_BYTES = 256L << 20;

    private final Command.Listener listener;
    private final Runnable stop;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean tooLong;
    private boolean stopped;
    private int lines;
    private long bytes;

    Lines(Command.Listener listener, Runnable stop) {
        this.listener = listener;
        this.stop = stop;
    }

    @Override
    public void take(byte[] buffer, int length) {
        bytes += length;
        int from = 0;
        for (int i = 0; i < length && !stopped; i++) {
            if (buffer[i] == '\n') {
                append(buffer, from, i);
                ended();
                from = i + 1;
            }
        }
        if (bytes > MOST_BYTES) {
            stop();
        }
        append(buffer, from, length);
    }

    /** A process may end without ending its last line. */
    @Override
    public void over() {
        if (line.size() > 0 && !stopped) {
            ended();
        }
        listener.over();
    }

    private void append(byte[] buffer, int from, int to) {
        tooLong |= line.size() + (to - from) > LONGEST;
        if (!tooLong && !stopped) {
            line.write(buffer, from, to - from);
        }
    }

    private void ended() {
        boolean goesOn = tooLong || listener.hears(line.toString(StandardCharsets.UTF_8));
        line.reset();
        tooLong = false;
        if (!goesOn || ++lines > MOST) {
            stop();
        }
    }

    private void stop() {
        if (!stopped) {
            stopped = true;
            line.reset();
            stop.run();
        }
    }
}
