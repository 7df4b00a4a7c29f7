package dev.pawl.forge.github.http;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a person's classic token may do, in every repository of that person: GitHub says so with each answer (docs.github.com, "Scopes
 * for OAuth apps", header {@code X-OAuth-Scopes}). Tokens of jobs, of Apps and fine-grained ones have no scopes, and no such header.
 *
 * @param given the scopes, as GitHub names them
 */
public record TokenScopes(List<String> given) {
    private static final Set<String> NEEDED = Set.of("repo", "public_repo");

    public TokenScopes {
        given = List.copyOf(given);
    }

    /** Those of the token that got this answer; empty where it isn't a classic one. */
    public static Optional<TokenScopes> of(Answer answer) {
        return answer.headers()
                .firstValue("x-oauth-scopes")
                .filter(scopes -> !scopes.isBlank())
                .map(scopes -> new TokenScopes(Arrays.stream(scopes.split(","))
                        .map(TokenScopes::plain)
                        .filter(scope -> !scope.isEmpty())
                        .toList()));
    }

    /** A scope's name is made of these; anything else isn't ours to print. */
    private static String plain(String scope) {
        return scope.replaceAll("[^A-Za-z0-9_:-]", "");
    }

    /** Whether it may write where Pawl writes. */
    public boolean write(boolean isPrivate) {
        return given.contains("repo") || (!isPrivate && given.contains("public_repo"));
    }

    /** The scopes that Pawl has no use for. */
    public List<String> needless() {
        return given.stream().filter(scope -> !NEEDED.contains(scope)).toList();
    }

    /** All of them, for people. */
    public String text() {
        return String.join(", ", given);
    }
}
