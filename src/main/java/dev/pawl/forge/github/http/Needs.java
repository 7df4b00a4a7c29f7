package dev.pawl.forge.github.http;

/**
 * The permission that a request needs, as one writes it under {@code permissions:} in a workflow (docs.github.com, REST
 * API, "Permissions required for fine-grained personal access tokens").
 */
final class Needs {
    private Needs() {}

    static String of(Call call) {
        String path = call.path();
        String level = call.method().reads() ? "read" : "write";
        if (path.contains("/actions/")) {
            return "actions: " + level;
        }
        if (path.contains("/pulls") || path.endsWith("/graphql")) {
            return "pull-requests: " + level;
        }
        if (path.contains("/issues") || path.contains("/labels")) {
            return "issues: " + level;
        }
        return path.contains("/collaborators/") ? "metadata: read" : "contents: " + level;
    }
}
