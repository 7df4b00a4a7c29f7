/**
 * The hidden syntax of our comments: the state's line, the first and last line of the others, and the command lines of
 * people's. It exists only here. Pure: text in, values out, and back.
 */
@NullMarked
package dev.pawl.forge.marker;

import org.jspecify.annotations.NullMarked;
