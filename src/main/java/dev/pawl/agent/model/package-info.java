/**
 * Agents of kind {@code model}: a loop of ours in which a model is asked, calls tools in the work tree, and hands in its
 * result by one of them. The key stays here. Read on in {@link dev.pawl.agent.model.ModelAgents}, then {@link
 * dev.pawl.agent.model.Session}.
 */
@NullMarked
package dev.pawl.agent.model;

import org.jspecify.annotations.NullMarked;
