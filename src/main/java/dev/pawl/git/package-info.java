/**
 * JGit behind {@link dev.pawl.domain.port.Workspace}. Git's low-level objects only: no hooks, no filters, no configuration but
 * our own, one remote, and no trust in anything that lies in the work tree. Start at {@link dev.pawl.git.GitWorkspace}.
 */
@NullMarked
package dev.pawl.git;

import org.jspecify.annotations.NullMarked;
