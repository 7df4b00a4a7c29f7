/**
 * Conversations of agents, kept in a folder from one run to the next. What is read back may have been written by anybody
 * who can write to the folder, such as another workflow that shares the cache: it is bounded, strict, and never
 * more than a conversation. Begin at {@link dev.pawl.agent.session.Sessions}.
 */
@NullMarked
package dev.pawl.agent.session;

import org.jspecify.annotations.NullMarked;
