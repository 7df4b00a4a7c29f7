/**
 * What an agent wrote, read as if an enemy had written it: a regular file, strict JSON, the stage's schema, and only
 * then values of the domain. Read on in {@link dev.pawl.agent.result.ResultReader}.
 */
@NullMarked
package dev.pawl.agent.result;

import org.jspecify.annotations.NullMarked;
