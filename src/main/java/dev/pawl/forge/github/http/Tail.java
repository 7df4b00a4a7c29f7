package dev.pawl.forge.github.http;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes all that comes, and keeps so many bytes of its end. */
final class Tail implements Consumer<Optional<byte[]>> {
    private static final long MOST = 256L << 20;

    private final byte[] ring;
    private long all;

    Tail(int most) {
        this.ring = new byte[most];
    }

    @Override
    public void accept(Optional<byte[]> part) {
        byte[] bytes = part.orElse(new byte[0]);
        if (all + bytes.length > MOST) {
            throw new IllegalStateException("more than " + MOST + " bytes");
        }
        for (int i = Math.max(0, bytes.length - ring.length); i < bytes.length; i++) {
            ring[(int) ((all + i) % ring.length)] = bytes[i];
        }
        all += bytes.length;
    }

    /** What is kept. */
    Download download() {
        if (all <= ring.length) {
            return new Download(Arrays.copyOf(ring, (int) all), false);
        }
        int start = (int) (all % ring.length);
        byte[] ordered = new byte[ring.length];
        System.arraycopy(ring, start, ordered, 0, ring.length - start);
        System.arraycopy(ring, 0, ordered, ring.length - start, start);
        return new Download(ordered, true);
    }
}
