/**
 * Every sentence that people read, as pure functions, and the sanitizer for what is not ours.
 */
@NullMarked
package dev.pawl.domain.text;

import org.jspecify.annotations.NullMarked;
