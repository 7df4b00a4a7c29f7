package dev.pawl.forge.github.http;

/**
 * What was fetched from another host than the API's.
 *
 * @param bytes what it sent; where it is too long, its end
 * @param cut whether the beginning is missing
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record Download(byte[] bytes, boolean cut) {}
