/**
 * GitHub behind the ports {@code Forge} and {@code Ledger} of {@code dev.pawl.domain.port}. May use the domain, the JDK,
 * hub4j, Jackson, commonmark and SLF4J. Read on in {@code forge.github}; what our comments look like inside is
 * {@code forge.marker}'s.
 */
@NullMarked
package dev.pawl.forge;

import org.jspecify.annotations.NullMarked;
