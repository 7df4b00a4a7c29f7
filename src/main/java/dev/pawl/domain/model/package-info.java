/**
 * The words of the domain as values: an issue, a comment, a commit id. Valid by construction; the JDK only. Read on in {@code dev.pawl.domain.decide}, which turns them into a decision.
 */
@NullMarked
package dev.pawl.domain.model;

import org.jspecify.annotations.NullMarked;
