package dev.pawl.git;

import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Where the remote's branches are.
 *
 * @param base the base branch's head
 * @param branch our branch's head, where it is there
 */
record Heads(ObjectId base, Optional<ObjectId> branch) {}
