/**
 * The one step: read, decide, claim, run, show, save, release. Knows the ports and the domain, and no adapter. Begin at
 * {@link dev.pawl.engine.Advancer}; {@code docs/walk.md} follows one event through it.
 */
@NullMarked
package dev.pawl.engine;

import org.jspecify.annotations.NullMarked;
