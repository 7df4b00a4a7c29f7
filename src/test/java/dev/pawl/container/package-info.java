/**
 * The image as the runner starts it, without a Docker engine. {@code .ci/container} builds the image and runs these tests; nothing
 * else does.
 */
@org.jspecify.annotations.NullMarked
package dev.pawl.container;
