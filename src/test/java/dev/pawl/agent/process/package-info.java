/** Real processes, started from small shell scripts. */
@NullMarked
package dev.pawl.agent.process;

import org.jspecify.annotations.NullMarked;
