/** Secrets that mustn't leave: those that we hold ourselves, and whatever looks like one. */
@NullMarked
package dev.pawl.domain.secret;

import org.jspecify.annotations.NullMarked;
