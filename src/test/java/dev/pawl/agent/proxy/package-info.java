@NullMarked
package dev.pawl.agent.proxy;

import org.jspecify.annotations.NullMarked;
