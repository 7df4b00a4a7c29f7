/** Pawl's entry point. The layers and what each may touch: {@code docs/architecture.md}. */
@NullMarked
package dev.pawl;

import org.jspecify.annotations.NullMarked;
