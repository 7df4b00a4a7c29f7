/** Tests of {@code dev.pawl.agent.model.wire}. */
@NullMarked
package dev.pawl.agent.model.wire;

import org.jspecify.annotations.NullMarked;
