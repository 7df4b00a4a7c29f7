package dev.pawl.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Issue;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.forge.github.http.Failures;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** GitHub's shapes as the domain's values. Missing and odd fields get the harmless value, or a failure that names them. */
final class Json {
    private Json() {}

    /** An account; deleted ones come as null ("ghost"). */
    static Actor actor(JsonNode user) {
        if (!user.path("id").isIntegralNumber() || !user.path("login").isTextual()) {
            return Actor.GHOST;
        }
        Actor.Kind kind = user.path("type").asText("").equals("User") ? Actor.Kind.USER : Actor.Kind.BOT;
        return new Actor(user.path("id").longValue(), user.path("login").textValue(), kind);
    }

    static Issue issue(JsonNode json) {
        return new Issue(
                json.path("id").longValue(),
                number(json),
                text(json, "title"),
                text(json, "body"),
                actor(json.path("user")),
                json.path("state").asText("").equals("open"),
                json.path("locked").asBoolean(false),
                labels(json.path("labels")),
                Optional.ofNullable(json.path("type").path("name").textValue()),
                json.path("comments").asInt(0),
                time(json, "updated_at"));
    }

    /** Labels come as objects, in old payloads as names. */
    static List<String> labels(JsonNode labels) {
        var names = new ArrayList<String>();
        for (JsonNode label : labels) {
            String name =
                    label.isTextual() ? label.textValue() : label.path("name").asText("");
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    /** The head's repository is null when a fork was deleted. */
    static PullRequest pull(JsonNode json) {
        JsonNode head = json.path("head");
        JsonNode base = json.path("base");
        JsonNode headRepository = head.path("repo").path("id");
        boolean same = headRepository.isIntegralNumber()
                && headRepository.longValue() == base.path("repo").path("id").longValue();
        boolean merged =
                json.path("merged").asBoolean(false) || json.path("merged_at").isTextual();
        boolean open = json.path("state").asText("").equals("open");
        return new PullRequest(
                number(json),
                actor(json.path("user")),
                head.path("ref").asText(""),
                same,
                sha(head.path("sha")),
                base.path("ref").asText(""),
                merged ? PullRequest.Status.MERGED : open ? PullRequest.Status.OPEN : PullRequest.Status.CLOSED,
                json.path("draft").asBoolean(false),
                json.path("html_url").asText(""),
                merging(json, merged),
                labels(json.path("labels")),
                stream(json.path("requested_reviewers"))
                        .map(Json::actor)
                        .filter(actor -> actor.id() != Actor.GHOST.id())
                        .toList());
    }

    /** Lists lack {@code mergeable}; before a merge, {@code merge_commit_sha} is only a trial's. */
    private static PullRequest.Merging merging(JsonNode json, boolean merged) {
        JsonNode mergeable = json.path("mergeable");
        JsonNode commit = json.path("merge_commit_sha");
        return new PullRequest.Merging(
                !mergeable.isBoolean()
                        ? PullRequest.Mergeable.UNKNOWN
                        : mergeable.booleanValue() ? PullRequest.Mergeable.YES : PullRequest.Mergeable.CONFLICT,
                word(PullRequest.MergeState.class, json.path("mergeable_state")).orElse(PullRequest.MergeState.UNKNOWN),
                json.path("auto_merge").isObject(),
                merged && commit.isTextual() ? Optional.of(sha(commit)) : Optional.empty());
    }

    /** A word that is an enum's name, in whatever case; empty when it is none that we know. */
    static <E extends Enum<E>> Optional<E> word(Class<E> type, JsonNode word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> value.name().equalsIgnoreCase(word.asText("")))
                .findFirst();
    }

    /** An array's elements. */
    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static int number(JsonNode json) {
        JsonNode number = json.path("number");
        if (!number.isInt() || number.intValue() < 1) {
            throw Failures.bug("GitHub's answer has no number where there must be one");
        }
        return number.intValue();
    }

    static Untrusted text(JsonNode json, String name) {
        return new Untrusted(json.path(name).asText(""));
    }

    static Sha sha(JsonNode node) {
        try {
            return new Sha(node.asText(""));
        } catch (IllegalArgumentException e) {
            throw Failures.bug("GitHub's answer has no commit id where there must be one");
        }
    }

    static Instant time(JsonNode json, String name) {
        try {
            return Instant.parse(json.path(name).asText(""));
        } catch (DateTimeException e) {
            throw Failures.bug("GitHub's answer has no time in " + name);
        }
    }
}
