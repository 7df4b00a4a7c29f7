/**
 * What all agents that are programs have in common when they are looked at before they are started: a program, its
 * version, its variables. What is special to a kind is looked at in the kind's own room. Read on in
 * {@link dev.pawl.agent.check.ProgramChecks}.
 */
@NullMarked
package dev.pawl.agent.check;

import org.jspecify.annotations.NullMarked;
