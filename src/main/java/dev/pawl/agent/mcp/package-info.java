/**
 * Servers of tools (Model Context Protocol, revision 2025-06-18), as a client that needs four of its methods: over a
 * program's standard streams, and over HTTP. Nothing that a server says is believed, everything is bounded, and everything
 * that goes wrong is a value. Read on in {@link dev.pawl.agent.mcp.McpServers}, then {@link dev.pawl.agent.mcp.McpClient}.
 */
@NullMarked
package dev.pawl.agent.mcp;

import org.jspecify.annotations.NullMarked;
