/**
 * Agents of kind {@code command}: any program that reads a request file and writes a result file (section 8 of the
 * protocol). It gets a prompt, a folder and no more. Read on in {@link dev.pawl.agent.command.CommandAgents}.
 */
@NullMarked
package dev.pawl.agent.command;

import org.jspecify.annotations.NullMarked;
