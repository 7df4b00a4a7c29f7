/** Tests of {@code dev.pawl.agent.command}. */
@NullMarked
package dev.pawl.agent.command;

import org.jspecify.annotations.NullMarked;
