package dev.pawl.sandbox.http;

import dev.pawl.sandbox.act.Hub;
import dev.pawl.sandbox.world.Repo;
import java.util.List;
import java.util.Optional;

/** What stands before every endpoint of a repository: its old names, and that it is archived, taken down, without issues. */
record RepoGate(Hub hub) {
    /** Refuses what isn't let through. */
    void pass(Incoming request, List<String> path) {
        if (path.size() < 3 || !"repos".equals(path.getFirst())) {
            return;
        }
        String name = path.get(1) + "/" + path.get(2);
        Optional<Repo> renamed = hub.world().formerly(name);
        if (renamed.isPresent()) {
            String below = request.path().replaceFirst("^/repos/[^/]+/[^/]+", "");
            String query = request.query().isEmpty() ? "" : "?" + request.query();
            throw Refusal.moved(hub.urls().api("/repositories/" + renamed.get().id() + below + query));
        }
        hub.world().repo(name).ifPresent(repo -> pass(request, path.subList(3, path.size()), repo));
    }

    private static void pass(Incoming request, List<String> below, Repo repo) {
        if (repo.settings().isBlocked()) {
            throw Refusal.of(451, "Repository access blocked");
        }
        if (repo.settings().isArchived() && request.isWrite()) {
            throw Refusal.of(403, "Repository was archived so is read-only.");
        }
        if (!repo.settings().hasIssues() && isOfIssues(below, repo)) {
            throw Refusal.of(410, "Issues are disabled for this repo");
        }
    }

    /** Pull requests keep their half that is an issue. */
    private static boolean isOfIssues(List<String> below, Repo repo) {
        if (below.isEmpty() || !"issues".equals(below.getFirst())) {
            return false;
        }
        String number = below.size() > 1 ? below.get(1) : "";
        return number.isEmpty()
                || (number.matches("[0-9]{1,9}") && !repo.pulls().containsKey(Integer.parseInt(number)));
    }
}
