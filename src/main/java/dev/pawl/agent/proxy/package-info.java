/** Holds a model's key for an agent that is a program: the program gets a word that is worth something here only, and for one run. */
@NullMarked
package dev.pawl.agent.proxy;

import org.jspecify.annotations.NullMarked;
