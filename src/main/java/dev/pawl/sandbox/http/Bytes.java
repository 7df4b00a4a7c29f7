package dev.pawl.sandbox.http;

import java.nio.charset.StandardCharsets;

/** An immutable body. */
public final class Bytes {
    private static final Bytes NONE = new Bytes(new byte[0]);

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** No body. */
    public static Bytes none() {
        return NONE;
    }

    /** This body. */
    public static Bytes of(byte[] content) {
        return new Bytes(content.clone());
    }

    /** This text in UTF-8. */
    public static Bytes of(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of the bytes. */
    public byte[] array() {
        return content.clone();
    }

    /** How many there are. */
    public int length() {
        return content.length;
    }

    /** The bytes read as UTF-8. */
    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }
}
