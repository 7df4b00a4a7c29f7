/**
 * Our side of the Agent Client Protocol, version 1: JSON-RPC 2.0 as lines on a program's standard streams. It holds the
 * conversation, answers what the agent asks by rules, and reports how it ended; what comes of that is for
 * {@link dev.pawl.agent.cli.AcpAgents} to say. Everything that an agent says here is looked at and never believed.
 *
 * @see <a href="https://agentclientprotocol.com/protocol/v1/overview">the protocol</a>
 */
@NullMarked
package dev.pawl.agent.acp;

import org.jspecify.annotations.NullMarked;
