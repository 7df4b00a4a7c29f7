/** What the tests of agents share. */
@NullMarked
package dev.pawl.agent;

import org.jspecify.annotations.NullMarked;
