/** Tests of {@code dev.pawl.agent.prompt}. */
@NullMarked
package dev.pawl.agent.prompt;

import org.jspecify.annotations.NullMarked;
