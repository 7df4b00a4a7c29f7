/**
 * A model asked over HTTP, in one of three forms: Anthropic's messages, OpenAI's chat completions, Google's
 * generateContent. Knows JSON trees and {@code java.net.http}, and nothing of stages or tools' doings; the key goes no
 * further than its headers. Read on in {@link dev.pawl.agent.model.wire.HttpModel}; why no library does it: ADR 0012.
 */
@NullMarked
package dev.pawl.agent.model.wire;

import org.jspecify.annotations.NullMarked;
