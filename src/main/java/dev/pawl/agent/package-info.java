/**
 * Layer 3: agents and the repository's commands, run as processes that hold nothing of ours. Each kind of agent has a
 * package here; it may touch the JDK, Jackson, SLF4J and {@code dev.pawl.domain}. Read on in {@code process}, then {@code command},
 * {@code cli}, and {@code model}, the built-in agent. {@code acp} is a protocol that {@code cli} speaks.
 */
@NullMarked
package dev.pawl.agent;

import org.jspecify.annotations.NullMarked;
