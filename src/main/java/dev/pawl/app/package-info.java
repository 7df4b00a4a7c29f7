/**
 * The command line and the wiring: the only room that reads the environment, the clock and chance, and the only one
 * that knows all the others. Begin at {@link dev.pawl.app.Pawl}.
 */
@NullMarked
package dev.pawl.app;

import org.jspecify.annotations.NullMarked;
