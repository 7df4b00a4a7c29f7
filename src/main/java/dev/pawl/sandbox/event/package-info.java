/**
 * The webhook payloads that acts of people leave behind. Shapes follow GitHub's pages on webhook events; which acts are
 * silent is decided where events are enqueued, in {@link dev.pawl.sandbox.act.Hub}.
 */
@NullMarked
package dev.pawl.sandbox.event;

import org.jspecify.annotations.NullMarked;
