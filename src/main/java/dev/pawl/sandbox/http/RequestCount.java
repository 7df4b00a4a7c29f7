package dev.pawl.sandbox.http;

/**
 * How many requests there were.
 *
 * @param api all of the REST API
 * @param writes those of them that may change something
 * @param git those of git's smart HTTP, not counted in the others
 */
public record RequestCount(int api, int writes, int git) {
    /** No request yet. */
    public static final RequestCount NONE = new RequestCount(0, 0, 0);

    RequestCount and(Incoming request) {
        return switch (request.area()) {
            case API, ELSEWHERE -> new RequestCount(api + 1, writes + (request.isWrite() ? 1 : 0), git);
            case GIT -> new RequestCount(api, writes, git + 1);
        };
    }

    /** How many came since then. */
    public RequestCount since(RequestCount then) {
        return new RequestCount(api - then.api, writes - then.writes, git - then.git);
    }
}
