/**
 * The policy file {@code .github/pawl.yml}, read into {@link dev.pawl.domain.policy.Policy}. Everything that is wrong with a file
 * is a value with a place and a sentence, and all of it is found in one go. Touches no file and no network: text in, reading out.
 * What the keys mean stands in {@code docs/policy.md}; {@code docs/pawl.schema.json} says the same to editors.
 */
@NullMarked
package dev.pawl.config;

import org.jspecify.annotations.NullMarked;
