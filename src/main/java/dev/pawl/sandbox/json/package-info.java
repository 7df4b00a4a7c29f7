/**
 * How the world looks in GitHub's REST answers. Pure rendering in the shapes of GitHub's OpenAPI description; the
 * test {@code EveryEndpointTest} holds every answer against it.
 */
@NullMarked
package dev.pawl.sandbox.json;

import org.jspecify.annotations.NullMarked;
