package dev.pawl.forge.github.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The end of a stream. */
final class Tail {
    private static final int MOST_READ = 256 << 20;

    private Tail() {}

    /** Reads all of it, and keeps so many bytes from its end. What never ends is cut off. */
    static Download of(InputStream in, int most) throws IOException {
        byte[] ring = new byte[most];
        byte[] chunk = new byte[8192];
        long all = 0;
        for (int n = in.read(chunk); n >= 0 && all < MOST_READ; n = in.read(chunk)) {
            for (int i = Math.max(0, n - most); i < n; i++) {
                ring[(int) ((all + i) % most)] = chunk[i];
            }
            all += n;
        }
        if (all <= most) {
            return new Download(Arrays.copyOf(ring, (int) all), false);
        }
        int start = (int) (all % most);
        byte[] ordered = new byte[most];
        System.arraycopy(ring, start, ordered, 0, most - start);
        System.arraycopy(ring, 0, ordered, most - start, start);
        return new Download(ordered, true);
    }
}
