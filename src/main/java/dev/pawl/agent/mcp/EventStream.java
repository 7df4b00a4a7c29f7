package dev.pawl.agent.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Server-sent events, as far as their data goes (html.spec.whatwg.org, "Server-sent events"). Reads a bounded number of
 * characters and no more.
 */
final class EventStream {
    private static final String DATA = "data";

    private final Reader reader;
    private final StringBuilder data = new StringBuilder();
    private long left;
    private boolean begun;
    private boolean afterReturn;

    /**
     * @param body the stream
     * @param most how many characters it may have
     */
    EventStream(InputStream body, long most) {
        this.reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        this.left = most;
    }

    /**
     * The next event's data.
     *
     * @return empty at the stream's end; an event that isn't finished there doesn't count
     * @throws IOException when the stream breaks, or is too long
     */
    Optional<String> next() throws IOException {
        data.setLength(0);
        boolean any = false;
        for (Optional<String> line = line(); line.isPresent(); line = line()) {
            String text = line.get();
            if (text.isEmpty()) {
                if (any) {
                    return Optional.of(data.toString());
                }
                continue;
            }
            int colon = text.indexOf(':');
            String field = colon < 0 ? text : text.substring(0, colon);
            if (field.equals(DATA)) {
                String value = colon < 0 ? "" : text.substring(colon + 1);
                data.append(any ? "\n" : "").append(value.startsWith(" ") ? value.substring(1) : value);
                any = true;
            }
        }
        return Optional.empty();
    }

    /** A line, which ends with CR, LF or both; what stands behind the last end is no line. */
    private Optional<String> line() throws IOException {
        var line = new StringBuilder();
        while (true) {
            int c = reader.read();
            if (c < 0) {
                return Optional.empty();
            }
            if (--left < 0) {
                throw new IOException("too long");
            }
            boolean joined = afterReturn && c == '\n';
            afterReturn = c == '\r';
            boolean mark = !begun && c == '\uFEFF';
            begun = true;
            if (joined || mark) {
                continue;
            }
            if (c == '\n' || c == '\r') {
                return Optional.of(line.toString());
            }
            line.append((char) c);
        }
    }
}
