/**
 * The embedded GitHub: one process, one folder, the REST answers and the git of github.com, for rehearsals and tests.
 * It imports nothing else of Pawl, so it can judge it from outside. Start at {@link dev.pawl.sandbox.SandboxGitHub}.
 */
@NullMarked
package dev.pawl.sandbox;

import org.jspecify.annotations.NullMarked;
