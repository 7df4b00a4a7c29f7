/** Tests of {@code dev.pawl.agent.result}. */
@NullMarked
package dev.pawl.agent.result;

import org.jspecify.annotations.NullMarked;
