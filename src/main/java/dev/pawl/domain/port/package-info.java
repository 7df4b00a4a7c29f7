/**
 * What the engine needs of the world, in the domain's own words. Adapters live in {@code forge}, {@code git} and {@code agent}.
 */
@NullMarked
package dev.pawl.domain.port;

import org.jspecify.annotations.NullMarked;
