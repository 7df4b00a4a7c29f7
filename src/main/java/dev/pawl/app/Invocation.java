package dev.pawl.app;

import dev.pawl.domain.decide.Trigger;

/**
 * What one invocation is to do.
 *
 * @param environment the variables and inputs
 * @param repository owner and name
 * @param trigger who rang
 * @param dryRun whether nothing is written
 */
public record Invocation(Environment environment, String repository, Trigger trigger, boolean dryRun) {}
