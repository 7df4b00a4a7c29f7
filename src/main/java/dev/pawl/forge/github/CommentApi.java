package dev.pawl.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.forge.github.http.Answer;
import dev.pawl.forge.github.http.Call;
import dev.pawl.forge.github.http.Failures;
import dev.pawl.forge.github.http.RestClient;
import dev.pawl.forge.marker.Shortened;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** An issue's comments: list, write, edit (docs.github.com, REST API, "Issue comments"). */
final class CommentApi {
    private static final int PAGE = 100;
    private static final int MOST_READINGS = 3;

    private final GitHubConnection github;

    CommentApi(GitHubConnection github) {
        this.github = github;
    }

    /**
     * A comment as it stands.
     *
     * @param id its id
     * @param body what it says
     * @param edited when it was last changed
     */
    record Posted(long id, String body, Instant edited) {
        static Posted of(JsonNode json) {
            JsonNode id = json.path("id");
            if (!id.isIntegralNumber()) {
                throw Failures.bug("GitHub's answer is no comment");
            }
            return new Posted(id.longValue(), json.path("body").asText(""), Json.time(json, "updated_at"));
        }

        /**
         * Whether it says what was written, whole or shortened; GitHub may change line ends, and white space at the end.
         */
        boolean says(String text) {
            return plain(body).equals(plain(text)) || plain(body).equals(plain(Shortened.of(text)));
        }

        private static String plain(String text) {
            return text.replace("\r\n", "\n").stripTrailing();
        }
    }

    /**
     * Every comment, oldest first, none twice. Pages shift while one reads them, and one that is deleted meanwhile hides
     * another: what was read in several pages is held against the issue's count.
     */
    Collection<JsonNode> list(int issue) {
        var byId = new TreeMap<Long, JsonNode>();
        for (int reading = 0; reading < MOST_READINGS; reading++) {
            github.rest()
                    .pages(github.path("/issues/" + issue + "/comments?per_page=" + PAGE))
                    .forEach(comment -> byId.put(comment.path("id").longValue(), comment));
            if (byId.size() <= PAGE || byId.size() >= count(issue)) {
                break;
            }
        }
        return byId.values();
    }

    private int count(int issue) {
        return github.rest()
                .find(github.path("/issues/" + issue))
                .map(answer -> answer.json().path("comments").asInt(0))
                .orElse(0);
    }

    Optional<Posted> find(long id) {
        return github.rest().find(comment(id)).map(answer -> Posted.of(answer.json()));
    }

    private String comment(long id) {
        return github.path("/issues/comments/" + id);
    }

    /**
     * Writes a comment, shorter where GitHub doesn't take it as long as it is.
     *
     * @param same tells the comment among ours, where it isn't known whether it was written
     */
    Posted create(int issue, String body, Predicate<Posted> same) {
        return github.settlement().create(() -> Posted.of(say(issue, body).json()), () -> ours(issue, same));
    }

    private Answer say(int issue, String body) {
        String target = github.path("/issues/" + issue + "/comments");
        Call call = text(Call.Method.POST, target, body);
        Answer answer = github.rest().write(call);
        return isTooLong(answer)
                ? accepted(text(Call.Method.POST, target, Shortened.of(body)))
                : RestClient.accepted(call, answer);
    }

    private static Call text(Call.Method method, String target, String body) {
        return Call.write(method, target, RestClient.object().put("body", body));
    }

    private Answer accepted(Call call) {
        return RestClient.accepted(call, github.rest().write(call));
    }

    private static boolean isTooLong(Answer answer) {
        return answer.status() == 422 && answer.says("too long");
    }

    private Optional<Posted> ours(int issue, Predicate<Posted> same) {
        long account = github.account().id();
        return list(issue).stream()
                .filter(json -> Json.actor(json.path("user")).id() == account)
                .map(Posted::of)
                .filter(same)
                .findFirst();
    }

    /** Edits a comment; empty when it is gone. */
    Optional<Posted> edit(long id, String body) {
        return github.settlement()
                .settle(
                        () -> edited(id, body),
                        () -> find(id).filter(posted -> posted.says(body)).map(posted -> new Edit(Optional.of(posted))))
                .now();
    }

    /** Deletes a comment; one that is gone is deleted. */
    void delete(long id) {
        Call call = Call.delete(comment(id));
        Answer answer = github.settlement().settle(() -> github.rest().write(call));
        if (!answer.gone()) {
            RestClient.accepted(call, answer);
        }
    }

    /** What became of an edited comment; empty when it is gone. */
    private record Edit(Optional<Posted> now) {}

    private Edit edited(long id, String body) {
        Call call = text(Call.Method.PATCH, comment(id), body);
        Answer answer = github.rest().write(call);
        if (answer.status() == 404) {
            return new Edit(Optional.empty());
        }
        Answer taken = isTooLong(answer)
                ? accepted(text(Call.Method.PATCH, comment(id), Shortened.of(body)))
                : RestClient.accepted(call, answer);
        return new Edit(Optional.of(Posted.of(taken.json())));
    }
}
