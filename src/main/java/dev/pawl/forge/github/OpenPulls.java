package dev.pawl.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.ChangedFile;
import dev.pawl.domain.model.Comparison;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.PullFacts;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.port.PullRequests;
import dev.pawl.forge.github.http.Answer;
import dev.pawl.forge.github.http.Call;
import dev.pawl.forge.github.http.Failures;
import dev.pawl.forge.github.http.RestClient;
import dev.pawl.forge.marker.NoteMarker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pull request once it is open (docs.github.com, REST API, "Pull requests", "Review comments", "Commits"). What its merging
 * needs is in {@link Merges}.
 */
final class OpenPulls implements PullRequests {
    private static final Logger LOG = LoggerFactory.getLogger(OpenPulls.class);

    private final GitHubConnection github;
    private final GraphQl graphQl;
    private final PullReader reader;
    private final Merges merges;

    /** The comments on lines of pull requests that were replied to. */
    private final Map<Integer, List<JsonNode>> remarks = new HashMap<>();

    OpenPulls(GitHubConnection github) {
        this.github = github;
        this.graphQl = new GraphQl(github);
        this.reader = new PullReader(github);
        this.merges = new Merges(github);
    }

    @Override
    public Optional<PullFacts> facts(int number) {
        return reader.read(number);
    }

    /** GitHub takes the owner's name for the fork: two repositories of one owner look the same, and so the rest is looked at here. */
    @Override
    public List<Shown> openFrom(String branch) {
        String head = RestClient.segment(github.settings().owner() + ":" + branch);
        return github.rest().pages(github.path("/pulls?state=open&per_page=100&head=" + head), 1).stream()
                .map(json -> new Shown(Json.pull(json), Json.text(json, "title"), Json.text(json, "body")))
                .filter(shown -> shown.pull().sameRepository())
                .filter(shown -> shown.pull().headBranch().equals(branch))
                .sorted(Comparator.comparingInt(shown -> shown.pull().number()))
                .toList();
    }

    /** REST, "List pull requests associated with a commit": those whose head it isn't are among them. */
    @Override
    public Optional<String> branchAt(Sha head) {
        return github.rest().pages(github.path("/commits/" + head.value() + "/pulls?per_page=100"), 1).stream()
                .map(Json::pull)
                .filter(pull -> pull.status() == PullRequest.Status.OPEN && pull.sameRepository())
                .filter(pull -> pull.head().equals(head))
                .map(PullRequest::headBranch)
                .findFirst();
    }

    @Override
    public List<ChangedFile> files(int number) {
        return github.rest().pages(github.path("/pulls/" + number + "/files?per_page=100"), 30).stream()
                .map(json -> new ChangedFile(
                        json.path("filename").asText(""),
                        Optional.ofNullable(json.path("previous_filename").textValue()),
                        json.path("status").asText("").equals("removed"),
                        Optional.ofNullable(json.path("patch").textValue()).map(Untrusted::new)))
                .toList();
    }

    /** One commit a page: only the counts are wanted. */
    @Override
    public Optional<Comparison> compare(String base, String head) {
        String range = RestClient.segment(base) + "..." + RestClient.segment(head);
        return github.rest()
                .find(github.path("/compare/" + range + "?per_page=1"))
                .map(Answer::json)
                .map(json -> new Comparison(
                        json.path("ahead_by").asInt(0),
                        json.path("behind_by").asInt(0),
                        Json.sha(json.path("merge_base_commit").path("sha"))));
    }

    /** Looked up before it is written, by its key. */
    @Override
    public Optional<Long> ensureReply(Effect.EnsureReply reply) {
        Optional<Long> there = reply(reply, false);
        if (there.isPresent()) {
            return there;
        }
        var note = new Effect.EnsureNote(Note.Topic.REPLY, reply.key(), reply.run(), reply.body(), Optional.empty());
        Call call = Call.write(
                Call.Method.POST,
                github.path("/pulls/" + reply.pull() + "/comments/" + reply.comment() + "/replies"),
                RestClient.object().put("body", NoteMarker.write(reply.pull(), note)));
        return github.settlement()
                .create(
                        () -> written(call, reply.pull()),
                        () -> reply(reply, true).map(id -> new Written(Optional.of(id))))
                .id();
    }

    /** What came of writing; empty where there was nothing to reply to. */
    private record Written(Optional<Long> id) {}

    private Written written(Call call, int pull) {
        Answer answer = github.rest().write(call);
        if (answer.gone()) {
            return new Written(Optional.empty());
        }
        JsonNode json = RestClient.accepted(call, answer).json();
        remarks.getOrDefault(pull, new ArrayList<>()).add(json);
        return new Written(Optional.of(json.path("id").longValue()));
    }

    /** Nobody but us writes our replies, so that what was read once holds until we write. */
    private Optional<Long> reply(Effect.EnsureReply reply, boolean anew) {
        if (anew) {
            remarks.remove(reply.pull());
        }
        return remarks
                .computeIfAbsent(
                        reply.pull(),
                        pull -> github.rest().pages(github.path("/pulls/" + pull + "/comments?per_page=100")))
                .stream()
                .filter(json -> json.path("in_reply_to_id").asLong(0) == reply.comment())
                .filter(json -> isOurs(json, reply.pull(), Note.Topic.REPLY, reply.key()))
                .map(json -> json.path("id").longValue())
                .findFirst();
    }

    private boolean isOurs(JsonNode json, int pull, Note.Topic topic, String key) {
        String body = json.path("body").asText("");
        return body.startsWith(NoteMarker.OURS)
                && Json.actor(json.path("user")).id() == github.account().id()
                && NoteMarker.read(0, body, pull, github.transport().now())
                        .filter(note -> note.topic() == topic && note.key().equals(key))
                        .isPresent();
    }

    /**
     * Resolving what is resolved is fine, so that an unknown outcome is simply repeated. A thread that can't be resolved was
     * answered all the same: that isn't worth failing for.
     */
    @Override
    public void ensureResolved(String thread) {
        Answer answer = github.settlement()
                .settle(() ->
                        graphQl.change(PullQueries.RESOLVE, RestClient.object().put("threadId", thread)));
        if (!GraphQl.done(answer)) {
            LOG.info("thread={} outcome=not-resolved why=\"{}\"", thread, answer.said());
        }
    }

    /** One who can't be asked makes GitHub refuse all (422): then each is asked alone, and the refused is left out. */
    @Override
    public void ensureAsked(int pull, List<String> logins) {
        JsonNode json = pull(pull);
        Set<String> asked = names(json.path("requested_reviewers"));
        asked.add(lower(json.path("user").path("login").asText("")));
        List<String> missing =
                logins.stream().filter(login -> !asked.contains(lower(login))).toList();
        if (missing.isEmpty() || ask(pull, missing) || missing.size() == 1) {
            return;
        }
        for (String login : missing) {
            boolean done = ask(pull, List.of(login));
            LOG.info("pull={} reviewer={} asked={}", pull, login, done);
        }
    }

    private boolean ask(int pull, List<String> logins) {
        ObjectNode body = RestClient.object();
        ArrayNode people = body.putArray("reviewers");
        logins.forEach(people::add);
        Call call = Call.write(Call.Method.POST, github.path("/pulls/" + pull + "/requested_reviewers"), body);
        Answer answer = github.settlement().settle(() -> github.rest().write(call));
        if (answer.status() == 422) {
            LOG.info("pull={} reviewers={} outcome=refused why=\"{}\"", pull, logins, answer.said());
            return false;
        }
        RestClient.accepted(call, answer);
        return true;
    }

    @Override
    public void ensureDraft(int pull, boolean draft) {
        JsonNode json = pull(pull);
        if (json.path("draft").asBoolean(false) == draft) {
            return;
        }
        Answer answer = github.settlement()
                .settle(() -> graphQl.change(
                        draft ? PullQueries.DRAFT : PullQueries.READY,
                        RestClient.object()
                                .put("pullRequestId", json.path("node_id").asText(""))));
        if (!GraphQl.done(answer) && pull(pull).path("draft").asBoolean(false) != draft) {
            throw GraphQl.failure(answer);
        }
    }

    @Override
    public Reopened ensureOpen(int pull, boolean open) {
        PullRequest.Status wanted = open ? PullRequest.Status.OPEN : PullRequest.Status.CLOSED;
        PullRequest now = Json.pull(pull(pull));
        if (now.status() == wanted) {
            return Reopened.DONE;
        }
        if (now.status() == PullRequest.Status.MERGED) {
            return Reopened.IMPOSSIBLE;
        }
        Call call = Call.write(
                Call.Method.PATCH,
                github.path("/pulls/" + pull),
                RestClient.object().put("state", open ? "open" : "closed"));
        Answer answer = github.settlement().settle(() -> github.rest().write(call));
        if (answer.status() == 422) {
            LOG.info("pull={} open={} outcome=refused why=\"{}\"", pull, open, answer.said());
            return Reopened.IMPOSSIBLE;
        }
        RestClient.accepted(call, answer);
        return Reopened.DONE;
    }

    /** A line that isn't part of the diff makes GitHub refuse the whole review (422): a bug of who asked. */
    @Override
    public void ensureSuggestions(Effect.EnsureSuggestions review) {
        if (isReviewed(review)) {
            return;
        }
        var note =
                new Effect.EnsureNote(Note.Topic.REVIEW, review.key(), review.run(), review.body(), Optional.empty());
        ObjectNode body = RestClient.object()
                .put("commit_id", review.head().value())
                .put("event", "COMMENT")
                .put("body", NoteMarker.write(review.pull(), note));
        ArrayNode comments = body.putArray("comments");
        for (Effect.EnsureSuggestions.Remark remark : review.remarks()) {
            ObjectNode comment = comments.addObject()
                    .put("path", remark.path())
                    .put("line", remark.to())
                    .put("side", "RIGHT")
                    .put("body", remark.body());
            if (remark.from() < remark.to()) {
                comment.put("start_line", remark.from()).put("start_side", "RIGHT");
            }
        }
        Call call = Call.write(Call.Method.POST, github.path("/pulls/" + review.pull() + "/reviews"), body);
        boolean given = github.settlement()
                .create(
                        () -> RestClient.accepted(call, github.rest().write(call))
                                .ok(),
                        () -> isReviewed(review) ? Optional.of(true) : Optional.empty());
        LOG.info(
                "pull={} suggestions={} given={}",
                review.pull(),
                review.remarks().size(),
                given);
    }

    private boolean isReviewed(Effect.EnsureSuggestions review) {
        return github.rest().pages(github.path("/pulls/" + review.pull() + "/reviews?per_page=100")).stream()
                .anyMatch(json -> isOurs(json, review.pull(), Note.Topic.REVIEW, review.key()));
    }

    @Override
    public Merged merge(Merge merge) {
        return merges.merge(merge);
    }

    @Override
    public AutoMerge ensureAutoMerge(Merge merge) {
        return merges.ensureAutomatic(merge);
    }

    @Override
    public void ensureNoAutoMerge(int pull) {
        merges.ensureNotAutomatic(pull);
    }

    @Override
    public Updated updateBranch(int pull, Sha head) {
        return merges.update(pull, head);
    }

    @Override
    public boolean ensureBranchGone(String branch, Sha commit) {
        return merges.ensureBranchGone(branch, commit);
    }

    private JsonNode pull(int number) {
        return github.rest()
                .find(github.path("/pulls/" + number))
                .orElseThrow(() -> Failures.gone("pull request #" + number))
                .json();
    }

    private static Set<String> names(JsonNode users) {
        return Json.stream(users)
                .map(user -> lower(user.path("login").asText("")))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
