package dev.pawl.sandbox.http;

import java.util.List;
import java.util.Map;

/**
 * A request and what was answered.
 *
 * @param path of the REST API without its prefix: {@code /repos/o/r/issues}
 * @param requestHeaders by lower-case name
 * @param status 0 where the connection was cut instead
 * @param byAccount the login of the token, empty without a valid one
 */
public record Exchange(
        String method,
        String path,
        String query,
        Map<String, List<String>> requestHeaders,
        String requestBody,
        int status,
        Map<String, String> responseHeaders,
        String responseBody,
        String byAccount) {
    /** Whether it was git's and not the REST API's. */
    public boolean isGit() {
        return path.contains(".git/");
    }
}
