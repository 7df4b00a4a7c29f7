/** Conversations kept in a folder, and folders that somebody else has written to. */
@NullMarked
package dev.pawl.agent.session;

import org.jspecify.annotations.NullMarked;
