/**
 * The rehearsal: a whole walk from label to pull request on the embedded GitHub, with the real engine as a process of its
 * own and a scripted agent, before the first real label. It uses the sandbox, and of the engine nothing
 * but the reader of policies: the engine itself it only starts. Begin at {@link dev.pawl.app.rehearsal.Rehearsal}.
 */
@NullMarked
package dev.pawl.app.rehearsal;

import org.jspecify.annotations.NullMarked;
