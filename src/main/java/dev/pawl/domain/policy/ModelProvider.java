package dev.pawl.domain.policy;

import java.util.Optional;

/** Whose form of an API a model is asked in. Gateways and others' models speak one of these, too. */
public enum ModelProvider {
    ANTHROPIC("anthropic"),
    OPENAI("openai"),
    GOOGLE("google");

    private final String word;

    ModelProvider(String word) {
        this.word = word;
    }

    /** The word in the policy. */
    public String word() {
        return word;
    }

    /** Reads the word; empty when there is no such provider. */
    public static Optional<ModelProvider> parse(String word) {
        for (ModelProvider provider : values()) {
            if (provider.word.equals(word)) {
                return Optional.of(provider);
            }
        }
        return Optional.empty();
    }
}
