/** What one invocation did, in the protocol's words. The engine makes it; {@code actions} and {@code app} print it. */
@NullMarked
package dev.pawl.domain.report;

import org.jspecify.annotations.NullMarked;
