/**
 * What the embedded GitHub remembers: accounts, repositories, issues, pull requests, checks and runs. Plain data
 * that can be copied; rules about who may do what live in {@link dev.pawl.sandbox.world.Right}, what follows from an act
 * in the package {@code act}.
 */
@NullMarked
package dev.pawl.sandbox.world;

import org.jspecify.annotations.NullMarked;
