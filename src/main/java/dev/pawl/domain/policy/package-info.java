/**
 * What the repository's owner allows: workflows, stages, limits, agents. Pure values; {@code dev.pawl.config} reads them from the file.
 */
@NullMarked
package dev.pawl.domain.policy;

import org.jspecify.annotations.NullMarked;
