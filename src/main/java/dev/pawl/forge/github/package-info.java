/**
 * The adapter itself: {@code GitHubForge} for issues, comments and pull requests, {@code RestLedger} for the ref that
 * says who holds an issue. Every request goes through {@code forge.github.http}; read on there for retries and limits.
 */
@NullMarked
package dev.pawl.forge.github;

import org.jspecify.annotations.NullMarked;
