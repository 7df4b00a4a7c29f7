package dev.pawl.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.forge.github.http.Answer;
import dev.pawl.forge.github.http.Call;
import dev.pawl.forge.github.http.Failures;
import dev.pawl.forge.github.http.RestClient;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** An issue's comments: list, write, edit (docs.github.com, REST API, "Issue comments"). */
final class CommentApi {
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

        /** Whether it says what was written; GitHub may change line ends, and white space at the end. */
        boolean says(String text) {
            return plain(body).equals(plain(text));
        }

        private static String plain(String text) {
            return text.replace("\r\n", "\n").stripTrailing();
        }
    }

    /** Every comment, oldest first, none twice: pages shift while one reads them. */
    Collection<JsonNode> list(int issue) {
        var byId = new TreeMap<Long, JsonNode>();
        github.rest()
                .pages(github.path("/issues/" + issue + "/comments?per_page=100"))
                .forEach(comment -> byId.put(comment.path("id").longValue(), comment));
        return byId.values();
    }

    Optional<Posted> find(long id) {
        return github.rest().find(comment(id)).map(answer -> Posted.of(answer.json()));
    }

    private String comment(long id) {
        return github.path("/issues/comments/" + id);
    }

    /**
     * Writes a comment.
     *
     * @param same tells the comment among ours, where it isn't known whether it was written
     */
    Posted create(int issue, String body, Predicate<Posted> same) {
        Call call = Call.write(
                Call.Method.POST,
                github.path("/issues/" + issue + "/comments"),
                RestClient.object().put("body", body));
        return github.settlement()
                .settle(
                        () -> Posted.of(RestClient.accepted(call, github.rest().write(call))
                                .json()),
                        () -> ours(issue, same));
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
        Call call =
                Call.write(Call.Method.PATCH, comment(id), RestClient.object().put("body", body));
        return github.settlement()
                .settle(
                        () -> edited(call, github.rest().write(call)),
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

    private static Edit edited(Call call, Answer answer) {
        return answer.gone()
                ? new Edit(Optional.empty())
                : new Edit(
                        Optional.of(Posted.of(RestClient.accepted(call, answer).json())));
    }
}
