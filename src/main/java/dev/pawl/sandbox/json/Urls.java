package dev.pawl.sandbox.json;

/**
 * Where things are found, laid out as on GitHub Enterprise Server: the API below {@code /api/v3} of the one host.
 * See <a href="https://docs.github.com/enterprise-server/rest/quickstart">GitHub Enterprise Server: REST</a>.
 *
 * @param server the server's address without a slash at its end
 */
public record Urls(String server) {
    /** The path of the REST API below the server's address. */
    public static final String API_PATH = "/api/v3";

    /** Where GraphQL is. */
    public static final String GRAPHQL_PATH = "/api/graphql";

    /** The address of the REST API. */
    public String api() {
        return server + API_PATH;
    }

    /** The address of GraphQL. */
    public String graphql() {
        return server + GRAPHQL_PATH;
    }

    /** An address in the REST API. */
    public String api(String path) {
        return api() + path;
    }

    /** An address for people. */
    public String html(String path) {
        return server + path;
    }
}
