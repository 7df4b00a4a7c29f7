package dev.pawl.domain.secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Many texts looked for at once, in one pass over the bytes. */
final class Needles {
    private static final int FIRST = 4;

    /** One text: its bytes, at least {@value #FIRST}, and what it is, for people. */
    private static final class Needle {
        private final byte[] bytes;
        private final String what;

        Needle(byte[] bytes, String what) {
            this.bytes = bytes;
            this.what = what;
        }
    }

    private final Map<Integer, List<Needle>> byFirst = new HashMap<>();

    /** Adds a text. */
    void add(String text, String what) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byFirst.computeIfAbsent(first(bytes, 0), _ -> new ArrayList<>()).add(new Needle(bytes, what));
    }

    /** What the first text is that stands in the bytes, if any does. */
    Optional<String> in(byte[] bytes, int length) {
        if (byFirst.isEmpty()) {
            return Optional.empty();
        }
        for (int at = 0; at + FIRST <= length; at++) {
            for (Needle needle : byFirst.getOrDefault(first(bytes, at), List.of())) {
                int end = at + needle.bytes.length;
                if (end <= length && Arrays.equals(bytes, at, end, needle.bytes, 0, needle.bytes.length)) {
                    return Optional.of(needle.what);
                }
            }
        }
        return Optional.empty();
    }

    private static int first(byte[] bytes, int at) {
        return (bytes[at] << 24)
                | ((bytes[at + 1] & 0xff) << 16)
                | ((bytes[at + 2] & 0xff) << 8)
                | (bytes[at + 3] & 0xff);
    }
}
