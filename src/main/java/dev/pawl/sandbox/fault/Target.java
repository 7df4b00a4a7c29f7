package dev.pawl.sandbox.fault;

import dev.pawl.sandbox.http.Incoming;
import dev.pawl.sandbox.http.Incoming.Area;
import java.util.Set;

/**
 * Which requests a fault is about.
 *
 * @param areas of the API or of git
 * @param method a pattern for the whole method
 * @param path a pattern for the path; of the API below the repository, as in {@code /issues/1/comments}
 */
public record Target(Set<Area> areas, String method, String path) {
    private static final String ANY = ".*";
    private static final String REPOSITORY = "^/repos/[^/]+/[^/]+|^/repositories/[0-9]+";

    public Target {
        areas = Set.copyOf(areas);
    }

    /** Every request. */
    public static Target everything() {
        return new Target(Set.of(Area.API, Area.GIT), ANY, ANY);
    }

    /** Every request of the API. */
    public static Target api() {
        return api(ANY, ANY);
    }

    /** Requests of the API, by method and path. */
    public static Target api(String method, String path) {
        return new Target(Set.of(Area.API), method, path);
    }

    /** What reads by the API. */
    public static Target reads() {
        return api("GET", ANY);
    }

    /** What writes by the API. */
    public static Target writes() {
        return api("POST|PATCH|PUT|DELETE", ANY);
    }

    /** Every request of git. */
    public static Target git() {
        return new Target(Set.of(Area.GIT), ANY, ANY);
    }

    /** What asks git for refs and objects. */
    public static Target fetches() {
        return new Target(Set.of(Area.GIT), "POST", ".*/git-upload-pack");
    }

    /** What sends commits to git. */
    public static Target pushes() {
        return new Target(Set.of(Area.GIT), "POST", ".*/git-receive-pack");
    }

    /** Whether the request is one of them. */
    boolean fits(Incoming request) {
        return areas.contains(request.area())
                && (request.isWrite() || request.area() == Area.GIT ? request.method() : "GET").matches(method)
                && below(request).matches(path);
    }

    /** The path below the repository, which has a name and a number. */
    static String below(Incoming request) {
        return request.area() == Area.API ? request.path().replaceFirst(REPOSITORY, "") : request.path();
    }
}
