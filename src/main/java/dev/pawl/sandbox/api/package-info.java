/**
 * The REST endpoints, one class per area, each a list of routes and a small function per route. They read requests, check
 * rights, call acts and render; error texts are GitHub's own.
 */
@NullMarked
package dev.pawl.sandbox.api;

import org.jspecify.annotations.NullMarked;
