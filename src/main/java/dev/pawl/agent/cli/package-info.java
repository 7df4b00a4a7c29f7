/**
 * Agents that are command-line programs of their own: Claude Code and its like. Each has one small class that knows its
 * words and one that reads its events; what is common to all is in {@link dev.pawl.agent.cli.CliAgents}. Everything that
 * is known of the programs was tried with the versions that {@code .ci/agents.d/package.json} names.
 */
@NullMarked
package dev.pawl.agent.cli;

import org.jspecify.annotations.NullMarked;
