/**
 * What a stage wants done outside, as values. The engine performs them; a dry run prints them.
 */
@NullMarked
package dev.pawl.domain.effect;

import org.jspecify.annotations.NullMarked;
