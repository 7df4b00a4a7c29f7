/**
 * What a model may do in the work tree: read, list, search, and in stages that change files edit, write and run.
 * Every path is looked up without leaving the tree, every output is bounded, every refusal is a sentence for the model. Read
 * on in {@link dev.pawl.agent.model.tool.Toolbox}.
 */
@NullMarked
package dev.pawl.agent.model.tool;

import org.jspecify.annotations.NullMarked;
