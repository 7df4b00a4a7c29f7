/**
 * What an agent is told: one Markdown file per stage in {@code /dev/pawl/prompts}, filled in here. What people or agents
 * wrote goes in as framed data, without what a reader of the issue can't see. Read on in {@link dev.pawl.agent.prompt.Prompts}.
 */
@NullMarked
package dev.pawl.agent.prompt;

import org.jspecify.annotations.NullMarked;
