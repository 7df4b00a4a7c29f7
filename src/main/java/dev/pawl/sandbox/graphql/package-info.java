/**
 * Just enough of GraphQL to answer the questions that Pawl asks: a parser for one operation with fragments, a cut of
 * GitHub's published schema against which each question is checked, and the projection of a tree onto a selection.
 * Aliases, directives and block strings aren't understood. What is answered stands in {@code sandbox.json} and
 * {@code sandbox.api}.
 */
@NullMarked
package dev.pawl.sandbox.graphql;

import org.jspecify.annotations.NullMarked;
