package dev.pawl.actions;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.domain.decide.Trigger;
import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Issue;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.StageKind;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads who rang from an event's payload. Missing or odd fields never throw: they make the event one that isn't ours.
 * Payloads: docs.github.com, "Webhook events and payloads".
 */
public final class EventReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> ISSUES = Set.of(
            "opened",
            "edited",
            "labeled",
            "unlabeled",
            "assigned",
            "reopened",
            "closed",
            "typed",
            "deleted",
            "transferred");
    private static final Set<String> COMMENTS = Set.of("created", "edited");
    private static final Set<String> PULLS =
            Set.of("closed", "reopened", "synchronize", "ready_for_review", "converted_to_draft", "labeled");
    private static final Set<String> REVIEWS = Set.of("submitted", "dismissed");

    private final OptionalLong repository;
    private final Optional<String> issueInput;
    private final Optional<StageKind> stageInput;

    /**
     * A reader for one repository.
     *
     * @param repository the repository's id; an event of another one isn't ours
     * @param issueInput the input {@code issue}, for runs by hand
     * @param stageInput the input {@code stage}, for runs by hand
     */
    public EventReader(OptionalLong repository, Optional<String> issueInput, Optional<StageKind> stageInput) {
        this.repository = repository;
        this.issueInput = issueInput;
        this.stageInput = stageInput;
    }

    /**
     * Who rang.
     *
     * @param event the event's name
     * @param payload its payload, JSON text
     */
    public Trigger read(String event, String payload) {
        JsonNode json;
        try {
            json = JSON.readTree(payload);
        } catch (JacksonException e) {
            return new Trigger.NotOurs("the event's payload can't be read");
        }
        if (!json.isObject()) {
            return new Trigger.NotOurs("the event's payload can't be read");
        }
        long id = json.path("repository").path("id").asLong(0);
        if (repository.isPresent() && id != 0 && id != repository.getAsLong()) {
            return new Trigger.NotOurs("the event is another repository's");
        }
        String action = json.path("action").asText("");
        return switch (event) {
            case "issues" -> ISSUES.contains(action) ? issue(json, action) : not(event, action);
            case "issue_comment" -> COMMENTS.contains(action) ? comment(json) : not(event, action);
            case "pull_request", "pull_request_target" -> PULLS.contains(action) ? pull(json) : not(event, action);
            case "pull_request_review" -> REVIEWS.contains(action) ? pull(json) : not(event, action);
            case "pull_request_review_comment" -> action.equals("created") ? pull(json) : not(event, action);
            case "workflow_run" ->
                checks(
                        action,
                        json.path("workflow_run"),
                        json.path("workflow_run").path("head_branch"));
            case "check_suite" ->
                checks(
                        action,
                        json.path("check_suite"),
                        json.path("check_suite").path("head_branch"));
            case "check_run" ->
                checks(
                        action,
                        json.path("check_run"),
                        json.path("check_run").path("check_suite").path("head_branch"));
            case "status" ->
                json.path("state").asText("").equals("pending")
                        ? not(event, "pending")
                        : new Trigger.ChecksDone(branch(json.path("branches")), sha(json.path("sha")));
            case "push" -> new Trigger.Pushed(json.path("ref").asText("unknown"));
            case "schedule" -> new Trigger.Sweep();
            case "workflow_dispatch" -> byHand(json);
            case "repository_dispatch" -> continuation(json, action);
            default -> not(event, action);
        };
    }

    private static Trigger not(String event, String action) {
        return new Trigger.NotOurs("the event " + word(event) + (action.isEmpty() ? "" : " (" + word(action) + ")")
                + " isn't one of Pawl's");
    }

    /** A name from outside, as far as it is one. */
    private static String word(String name) {
        return name.length() <= 60 && name.chars().allMatch(c -> c == '_' || c == '-' || Character.isLetterOrDigit(c))
                ? name
                : "with an odd name";
    }

    private static Trigger issue(JsonNode json, String action) {
        OptionalInt number = number(json.path("issue").path("number"));
        Optional<Actor> actor = actor(json.path("sender"));
        if (number.isEmpty() || actor.isEmpty()) {
            return new Trigger.NotOurs("the event names no issue or nobody who did it");
        }
        return new Trigger.IssueTouched(
                number.getAsInt(),
                action,
                actor.get(),
                text(json.path("label").path("name")),
                labels(json.path("issue")),
                time(json.path("issue").path("updated_at")),
                shown(json.path("issue"), json.path("issue").path("updated_at")));
    }

    private static Trigger comment(JsonNode json) {
        OptionalInt number = number(json.path("issue").path("number"));
        Optional<Actor> actor = actor(json.path("sender"));
        if (number.isEmpty() || actor.isEmpty()) {
            return new Trigger.NotOurs("the event names no issue or nobody who did it");
        }
        boolean pull = json.path("issue").path("pull_request").isObject();
        JsonNode comment = json.path("comment");
        boolean byItsAuthor =
                comment.path("user").path("id").asLong(0) == actor.get().id();
        return new Trigger.Commented(
                number.getAsInt(),
                pull,
                actor.get(),
                byItsAuthor && comment.path("id").isIntegralNumber()
                        ? OptionalLong.of(comment.path("id").longValue())
                        : OptionalLong.empty(),
                labels(json.path("issue")),
                shown(json.path("issue"), json.path("comment").path("updated_at")));
    }

    private static Trigger pull(JsonNode json) {
        OptionalInt number = number(json.path("pull_request").path("number"));
        Optional<Actor> actor = actor(json.path("sender"));
        return number.isPresent() && actor.isPresent()
                ? new Trigger.PullTouched(number.getAsInt(), actor.get(), isReopened(json))
                : new Trigger.NotOurs("the event names no pull request or nobody who did it");
    }

    private static boolean isReopened(JsonNode json) {
        return text(json.path("action")).filter("reopened"::equals).isPresent();
    }

    private static Trigger checks(String action, JsonNode what, JsonNode branch) {
        return action.equals("completed")
                ? new Trigger.ChecksDone(text(branch), sha(what.path("head_sha")))
                : new Trigger.NotOurs("the checks aren't completed");
    }

    private static Optional<Sha> sha(JsonNode json) {
        return text(json).flatMap(Sha::parse);
    }

    /** A commit may stand on several branches: ours goes first. */
    private static Optional<String> branch(JsonNode branches) {
        var names = new ArrayList<String>();
        branches.forEach(b -> text(b.path("name")).ifPresent(names::add));
        return names.stream()
                .filter(n -> BranchName.parse(n).isPresent())
                .findFirst()
                .or(() -> names.stream().findFirst());
    }

    /** An input that is there but makes no sense is never taken for one that isn't there. */
    private Trigger byHand(JsonNode json) {
        JsonNode issue = json.path("inputs").path("issue");
        JsonNode stage = json.path("inputs").path("stage");
        if (issueInput.isEmpty() && isBlank(issue)) {
            return new Trigger.Sweep();
        }
        OptionalInt number = issueInput.isPresent() ? number(issueInput.get()) : number(issue);
        Optional<StageKind> wanted =
                stageInput.or(() -> text(stage).flatMap(StageKind::parse).filter(StageKind::available));
        Optional<Actor> actor = actor(json.path("sender"));
        if (number.isEmpty()) {
            return new Trigger.NotOurs("the input `issue` is no issue number");
        }
        if (wanted.isEmpty() && !isBlank(stage)) {
            return new Trigger.NotOurs("the input `stage` names no stage of this version");
        }
        return actor.isPresent()
                ? new Trigger.Dispatched(number.getAsInt(), wanted, actor.get())
                : new Trigger.NotOurs("the event names nobody who asked");
    }

    private static boolean isBlank(JsonNode node) {
        return node.isMissingNode()
                || node.isNull()
                || (node.isTextual() && node.textValue().isBlank());
    }

    private static Trigger continuation(JsonNode json, String type) {
        if (!type.equals("pawl")) {
            return not("repository_dispatch", type);
        }
        JsonNode payload = json.path("client_payload");
        OptionalInt issue = number(payload.path("issue"));
        OptionalInt hop = number(payload.path("hop"));
        return issue.isPresent()
                ? new Trigger.Continued(issue.getAsInt(), hop.orElse(Integer.MAX_VALUE))
                : new Trigger.NotOurs("the dispatch names no issue");
    }

    private static Optional<Actor> actor(JsonNode user) {
        long id = user.path("id").asLong(0);
        String login = user.path("login").asText("");
        if (id <= 0 || login.isEmpty()) {
            return Optional.empty();
        }
        boolean person = user.path("type").asText("").equals("User");
        return Optional.of(new Actor(id, login, person ? Actor.Kind.USER : Actor.Kind.BOT));
    }

    private static Optional<List<String>> labels(JsonNode issue) {
        if (!issue.path("labels").isArray()) {
            return Optional.empty();
        }
        var names = new ArrayList<String>();
        issue.path("labels").forEach(l -> names.add(l.path("name").asText("")));
        return Optional.of(names);
    }

    /** The issue's text as it was then, where the event shows all of it. */
    private static Optional<Trigger.Shown> shown(JsonNode issue, JsonNode at) {
        JsonNode body = issue.path("body");
        boolean whole = issue.path("title").isTextual() && (body.isTextual() || body.isNull());
        return whole ? time(at).map(t -> new Trigger.Shown(hash(issue), t)) : Optional.empty();
    }

    private static String hash(JsonNode issue) {
        JsonNode body = issue.path("body");
        return Issue.textHash(issue.path("title").textValue(), body.isTextual() ? body.textValue() : "");
    }

    private static Optional<Instant> time(JsonNode node) {
        try {
            return text(node).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() && !node.textValue().isBlank() ? Optional.of(node.textValue()) : Optional.empty();
    }

    private static OptionalInt number(JsonNode node) {
        if (node.isInt() && node.intValue() > 0) {
            return OptionalInt.of(node.intValue());
        }
        return node.isTextual() ? number(node.textValue()) : OptionalInt.empty();
    }

    /** A canonical positive decimal, and nothing else. */
    public static OptionalInt number(String text) {
        boolean canonical = !text.isEmpty()
                && text.length() <= 9
                && text.charAt(0) != '0'
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return canonical ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }
}
