package dev.pawl.sandbox.json;

import dev.pawl.sandbox.git.BareRepository;
import dev.pawl.sandbox.world.ReviewComment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the line of a comment is now. GitHub follows it through the diffs; here it is found by its text: at the same number,
 * or anywhere, if only one line says that.
 */
record ThreadPlace(BareRepository git) {
    /** The line's number at that commit; null where it changed. */
    @Nullable
    Integer now(ReviewComment.Place place, String head) {
        List<String> then = lines(place.commit(), place.path());
        List<String> now = lines(head, place.path());
        if (place.line() < 1 || place.line() > then.size()) {
            return now.equals(then) ? place.line() : null;
        }
        String text = then.get(place.line() - 1);
        if (place.line() <= now.size() && now.get(place.line() - 1).equals(text)) {
            return place.line();
        }
        boolean isOne = now.stream().filter(text::equals).count() == 1;
        return isOne ? now.indexOf(text) + 1 : null;
    }

    private List<String> lines(String sha, String path) {
        Optional<String> text =
                git.objects().commit(sha).flatMap(commit -> git.objects().file(commit, path));
        return text.map(t -> t.lines().toList()).orElse(List.of());
    }
}
