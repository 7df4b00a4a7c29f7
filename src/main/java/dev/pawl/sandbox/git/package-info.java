/**
 * The real bare repository behind the embedded GitHub, by JGit: refs, objects, comparisons, and git's smart HTTP.
 * It knows nothing of issues; the one who calls it turns moved refs into acts.
 */
@NullMarked
package dev.pawl.sandbox.git;

import org.jspecify.annotations.NullMarked;
