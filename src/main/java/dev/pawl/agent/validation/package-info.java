/**
 * The repository's own commands, and what their reports say. Commands run an agent's code, so they hold as little as an
 * agent does, and their reports are read as if an enemy had written them. Read on in
 * {@link dev.pawl.agent.validation.CommandValidation}.
 */
@NullMarked
package dev.pawl.agent.validation;

import org.jspecify.annotations.NullMarked;
