/**
 * One small class for each kind of stage: what it asks of an agent, and what the answer means.
 */
@NullMarked
package dev.pawl.domain.stage;

import org.jspecify.annotations.NullMarked;
