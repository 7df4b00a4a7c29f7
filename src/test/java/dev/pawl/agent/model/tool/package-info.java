/** Tests of {@code dev.pawl.agent.model.tool}. */
@NullMarked
package dev.pawl.agent.model.tool;

import org.jspecify.annotations.NullMarked;
