package dev.pawl.sandbox.api;

import dev.pawl.sandbox.http.Route;
import java.util.List;
import java.util.stream.Stream;

/** Every endpoint of the embedded GitHub. Where two patterns fit a path the first one listed answers. */
public final class Endpoints {
    private Endpoints() {}

    /** All routes, in the order they are tried. */
    public static List<Route> all() {
        return Stream.of(
                        RepoApi.routes(),
                        LabelsApi.routes(),
                        CommentsApi.routes(),
                        IssuesApi.routes(),
                        PullsApi.routes(),
                        ReviewsApi.routes(),
                        MergeApi.routes(),
                        RefsApi.routes(),
                        GitDataApi.routes(),
                        ContentsApi.routes(),
                        // Before commits: "/commits/{ref}/status" would fit a ref that ends in "/status" too.
                        ChecksApi.routes(),
                        CommitsApi.routes(),
                        ActionsApi.routes(),
                        JobsApi.routes(),
                        GraphQlApi.routes())
                .flatMap(List::stream)
                .toList();
    }
}
