/**
 * One process with everything that it starts: an allow-listed environment, a bounded log, a time limit, and nobody left
 * when it is over. Knows nothing of agents or tests. Read on in {@link dev.pawl.agent.process.ProcessRunner}.
 */
@NullMarked
package dev.pawl.agent.process;

import org.jspecify.annotations.NullMarked;
