/**
 * What models cost: the policy's prices, then a table with a date. It counts the money of agents that say tokens only. Read
 * on in {@link dev.pawl.agent.price.Prices}.
 */
@NullMarked
package dev.pawl.agent.price;

import org.jspecify.annotations.NullMarked;
