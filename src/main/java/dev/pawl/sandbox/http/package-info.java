/**
 * Requests, routes and answers of the embedded GitHub over a small listener of its own, with the hooks that let a test watch,
 * falsify or cut off an exchange.
 */
@NullMarked
package dev.pawl.sandbox.http;

import org.jspecify.annotations.NullMarked;
