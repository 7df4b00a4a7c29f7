/** What no agent's answer may hold, whatever its kind. */
@NullMarked
package dev.pawl.agent.guard;

import org.jspecify.annotations.NullMarked;
