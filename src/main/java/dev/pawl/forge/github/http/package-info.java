/**
 * One transport under everything, with the one retry policy that we have: reads are repeated, writes are not, limits
 * are waited for within a budget. The small JSON client and hub4j both stand on it.
 */
@NullMarked
package dev.pawl.forge.github.http;

import org.jspecify.annotations.NullMarked;
