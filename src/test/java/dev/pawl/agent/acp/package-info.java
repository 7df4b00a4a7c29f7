/** Tests of {@link dev.pawl.agent.acp}. */
@NullMarked
package dev.pawl.agent.acp;

import org.jspecify.annotations.NullMarked;
