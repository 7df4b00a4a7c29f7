package dev.pawl.agent.prompt;

import dev.pawl.domain.model.Untrusted;

/**
 * What a file of the repository says to everybody who works on it.
 *
 * @param file the file's name
 * @param text what it says
 */
public record Convention(String file, Untrusted text) {}
