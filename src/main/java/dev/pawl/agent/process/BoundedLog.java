package dev.pawl.agent.process;

import dev.pawl.domain.model.Untrusted;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The first and the last bytes of what a process prints. Holds 320 KiB at most, however much is printed; one thread
 * writes, any thread reads.
 */
final class BoundedLog {
    static final int HEAD = 64 << 10;
    static final int TAIL = 256 << 10;

    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final byte[] tail = new byte[TAIL];
    private long total;

    synchronized void write(byte[] bytes, int length) {
        int toHead = Math.min(length, HEAD - head.size());
        head.write(bytes, 0, toHead);
        total += toHead;
        int from = Math.max(toHead, length - TAIL);
        total += from - toHead;
        for (int i = from; i < length; ) {
            int at = (int) ((total - HEAD) % TAIL);
            int n = Math.min(length - i, TAIL - at);
            System.arraycopy(bytes, i, tail, at, n);
            i += n;
            total += n;
        }
    }

    /** What was kept, as text without control characters, saying what was left out. */
    synchronized Untrusted text() {
        long after = total - head.size();
        String first = head.toString(StandardCharsets.UTF_8);
        if (after <= TAIL) {
            var all = new ByteArrayOutputStream();
            all.writeBytes(head.toByteArray());
            all.write(tail, 0, (int) after);
            return new Untrusted(ControlCharacters.removed(all.toString(StandardCharsets.UTF_8)));
        }
        int oldest = (int) (after % TAIL);
        var last = new ByteArrayOutputStream();
        last.write(tail, oldest, TAIL - oldest);
        last.write(tail, 0, oldest);
        return new Untrusted(ControlCharacters.removed(first)
                + "\n[" + (after - TAIL) + " bytes left out]\n"
                + ControlCharacters.removed(last.toString(StandardCharsets.UTF_8)));
    }
}
