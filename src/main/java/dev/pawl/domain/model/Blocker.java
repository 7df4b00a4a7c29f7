package dev.pawl.domain.model;

/**
 * An issue that another one waits for.
 *
 * @param repository its repository, as {@code owner/name}
 * @param number its number there
 * @param open whether it is still open
 */
public record Blocker(String repository, int number, boolean open) {}
