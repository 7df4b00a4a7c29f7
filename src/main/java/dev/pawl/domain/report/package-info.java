/**
 * What one invocation did, in the protocol's words: the engine makes it; {@code actions} and {@code app} print it. And what
 * a check-up found: adapters make findings, {@code app} prints them.
 */
@NullMarked
package dev.pawl.domain.report;

import org.jspecify.annotations.NullMarked;
