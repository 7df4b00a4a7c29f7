/** Random and hostile inputs for everything that reads what strangers wrote. */
@NullMarked
package dev.pawl.fuzz;

import org.jspecify.annotations.NullMarked;
