package dev.pawl.domain.model;

import java.util.Optional;

/**
 * A file that a pull request changes.
 *
 * @param path where it is, in the head
 * @param previous where it was, if it was renamed
 * @param removed whether it is gone in the head
 * @param patch the hunks; empty where the forge shows none: binary files, and very long ones
 */
public record ChangedFile(String path, Optional<String> previous, boolean removed, Optional<Untrusted> patch) {}
