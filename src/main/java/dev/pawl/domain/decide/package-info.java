/**
 * From what is seen to what is done next: one pure function and its parts. No clock, no input or output.
 */
@NullMarked
package dev.pawl.domain.decide;

import org.jspecify.annotations.NullMarked;
