/**
 * Traces of stages and agents' runs, sent by OTLP where the usual variables ask for it. Only numbers, names and kinds
 * leave: no prompt, no text of people or agents. Read on in {@link dev.pawl.trace.Traces}.
 */
@NullMarked
package dev.pawl.trace;

import org.jspecify.annotations.NullMarked;
