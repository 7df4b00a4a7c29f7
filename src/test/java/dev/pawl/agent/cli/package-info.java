@NullMarked
package dev.pawl.agent.cli;

import org.jspecify.annotations.NullMarked;
