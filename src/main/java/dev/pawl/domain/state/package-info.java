/**
 * What one run remembers between invocations, and how it changes. Pure; {@code dev.pawl.forge.marker} writes it down.
 */
@NullMarked
package dev.pawl.domain.state;

import org.jspecify.annotations.NullMarked;
