/** Tests of {@code dev.pawl.agent.mcp}. */
@NullMarked
package dev.pawl.agent.mcp;

import org.jspecify.annotations.NullMarked;
