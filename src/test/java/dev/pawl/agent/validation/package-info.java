/** Tests of {@code dev.pawl.agent.validation}. */
@NullMarked
package dev.pawl.agent.validation;

import org.jspecify.annotations.NullMarked;
