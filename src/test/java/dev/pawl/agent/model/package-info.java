/** Tests of {@code dev.pawl.agent.model}. */
@NullMarked
package dev.pawl.agent.model;

import org.jspecify.annotations.NullMarked;
