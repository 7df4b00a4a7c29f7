/**
 * The runner's side: event payloads become triggers, reports become outputs, summaries and log lines. Only identity is
 * taken from a payload. Facts about the runner: docs.github.com, "Events that trigger workflows" and "Workflow commands".
 */
@NullMarked
package dev.pawl.actions;

import org.jspecify.annotations.NullMarked;
