/** Tests of {@code dev.pawl.agent.price}. */
@NullMarked
package dev.pawl.agent.price;

import org.jspecify.annotations.NullMarked;
