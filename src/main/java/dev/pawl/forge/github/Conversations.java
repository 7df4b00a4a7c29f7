package dev.pawl.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.domain.decide.StateFound;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Comment;
import dev.pawl.domain.model.Hash;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.port.Forge.Conversation;
import dev.pawl.domain.port.Forge.Oddities;
import dev.pawl.domain.port.Lag;
import dev.pawl.domain.state.Document;
import dev.pawl.domain.state.RunState;
import dev.pawl.forge.github.CommentApi.Posted;
import dev.pawl.forge.github.http.Failures;
import dev.pawl.forge.marker.CommandLines;
import dev.pawl.forge.marker.NoteMarker;
import dev.pawl.forge.marker.StateMarker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said on an issue, sorted by who wrote it. A comment counts as ours when its author's numeric id is our
 * account's and it has one of our markers; other workflows write as the same account, and theirs are other people's.
 */
final class Conversations {
    private static final Logger LOG = LoggerFactory.getLogger(Conversations.class);
    private static final Conversation SILENCE =
            new Conversation(new StateFound.None(), List.of(), List.of(), Oddities.NONE);
    private static final int READ_BACKS = 3;
    private static final int MOST_LOOKS = 5;

    private final GitHubConnection github;
    private final CommentApi api;
    private final StateMarker marker;

    Conversations(GitHubConnection github) {
        this.github = github;
        this.api = new CommentApi(github);
        this.marker = new StateMarker(github.settings().stateKey());
    }

    /** What is said where nobody said anything. */
    static Conversation silence() {
        return SILENCE;
    }

    /**
     * Reads it. A document that the state names and that isn't among the comments was deleted, or doesn't show yet: so soon
     * after the state was saved it is looked for again.
     */
    Conversation read(int issue) {
        for (int look = 0; look < MOST_LOOKS; look++) {
            Collection<JsonNode> all = api.list(issue);
            Conversation conversation = sorted(all, issue);
            if (!isBehind(conversation, all)) {
                return conversation;
            }
            LOG.info("issue={} comments=behind look={}", issue, look);
            if (!github.transport().pause(Duration.ofSeconds(1L << look))) {
                throw Failures.outage("GitHub doesn't show yet all that was written on the issue");
            }
        }
        return sorted(api.list(issue), issue);
    }

    private boolean isBehind(Conversation conversation, Collection<JsonNode> all) {
        if (!(conversation.state() instanceof StateFound.Found(long comment, RunState state))) {
            return false;
        }
        Set<Long> ids = all.stream().map(json -> json.path("id").longValue()).collect(Collectors.toSet());
        boolean whole =
                state.documents().values().stream().map(Document::comment).allMatch(ids::contains);
        return !whole
                && all.stream()
                        .filter(json -> json.path("id").longValue() == comment)
                        .map(json -> Json.time(json, "updated_at").plus(Lag.LONGEST))
                        .anyMatch(shown -> github.transport().now().isBefore(shown));
    }

    private Conversation sorted(Collection<JsonNode> all, int issue) {
        OptionalLong us = account(all);
        var states = new ArrayList<StateFound>();
        var comments = new ArrayList<Comment>();
        var notes = new ArrayList<Note>();
        var claimants = new LinkedHashMap<Long, Actor>();
        for (JsonNode json : all) {
            Actor author = Json.actor(json.path("user"));
            boolean ours = us.equals(OptionalLong.of(author.id()));
            Optional<StateFound> state = ours ? state(json, issue) : Optional.empty();
            Optional<Note> note = ours ? note(Posted.of(json), issue) : Optional.empty();
            state.ifPresent(states::add);
            note.ifPresent(notes::add);
            if (state.isEmpty() && note.isEmpty()) {
                comments.add(comment(json, author, ours));
            }
            if (!ours && StateMarker.isClaimed(json.path("body").asText(""))) {
                claimants.put(author.id(), author);
            }
        }
        StateFound one = theOne(states);
        boolean unsignable = one.place().isPresent()
                && github.settings().stateKey().isEmpty()
                && all.stream()
                        .map(Posted::of)
                        .anyMatch(p -> one.place().get() == p.id() && StateMarker.isSigned(p.body()));
        return new Conversation(
                one, comments, notes, new Oddities(doubles(states, one), List.copyOf(claimants.values()), unsignable));
    }

    /** Our account; asked for only where some comment claims to be ours. */
    private OptionalLong account(Collection<JsonNode> comments) {
        boolean someClaimToBeOurs =
                comments.stream().anyMatch(c -> c.path("body").asText("").startsWith(NoteMarker.OURS));
        return someClaimToBeOurs
                ? OptionalLong.of(github.account().id())
                : github.account().known();
    }

    private Optional<StateFound> state(JsonNode json, int issue) {
        Posted posted = Posted.of(json);
        return posted.body().startsWith(StateMarker.PREFIX)
                ? marker.read(posted.id(), posted.body(), github.hub().repositoryId(), issue)
                : Optional.empty();
    }

    private static Optional<Note> note(Posted posted, int issue) {
        return NoteMarker.read(posted.id(), posted.body(), issue, posted.edited());
    }

    /** Our account is no person, whatever {@code user.type} says: what it wrote without a marker is some program's. */
    private static Comment comment(JsonNode json, Actor author, boolean ours) {
        String body = json.path("body").asText("");
        return new Comment(
                json.path("id").longValue(),
                ours ? new Actor(author.id(), author.login(), Actor.Kind.BOT) : author,
                Json.text(json, "body"),
                CommandLines.of(body),
                Json.time(json, "created_at"),
                Json.time(json, "updated_at"));
    }

    private static List<Long> doubles(List<StateFound> states, StateFound one) {
        return states.stream()
                .map(StateFound::place)
                .flatMap(Optional::stream)
                .filter(id -> !one.place().equals(Optional.of(id)))
                .toList();
    }

    /**
     * A newer version's state stops everything; then the first valid one counts, by comment id; then the first broken.
     * One of another issue is none.
     */
    private static StateFound theOne(List<StateFound> states) {
        return first(states, StateFound.Newer.class)
                .or(() -> first(states, StateFound.Found.class))
                .or(() -> first(states, StateFound.Broken.class))
                .orElseGet(StateFound.None::new);
    }

    private static Optional<StateFound> first(List<StateFound> states, Class<? extends StateFound> kind) {
        return states.stream().filter(kind::isInstance).findFirst();
    }

    long saveState(Optional<Long> comment, RunState state, String text) {
        String body = marker.write(state, text);
        Posted posted = comment.flatMap(id -> api.edit(id, body)).orElseGet(() -> createState(state, body));
        return readBack(posted, body);
    }

    private Posted createState(RunState state, String body) {
        int issue = state.id().issue();
        return api.create(issue, body, posted -> posted.says(body));
    }

    /** GitHub's answer shows the comment as it stands; where it shows something else, it is read again. */
    private long readBack(Posted posted, String body) {
        if (posted.says(body)) {
            return posted.id();
        }
        LOG.info("comment={} outcome=differs", posted.id());
        for (int i = 0; i < READ_BACKS; i++) {
            if (api.find(posted.id()).filter(now -> now.says(body)).isPresent()) {
                return posted.id();
            }
        }
        throw Failures.outage("GitHub doesn't show the state comment " + posted.id() + " as it was written");
    }

    Note ensureNote(int issue, Effect.EnsureNote note, List<Note> known) {
        String body = NoteMarker.write(issue, note);
        Optional<Note> there = known.stream().filter(n -> isSame(n, note)).findFirst();
        if (there.isPresent() && there.get().hash().equals(Hash.sha256(body))) {
            return there.get();
        }
        Posted posted = there.flatMap(n -> api.edit(n.id(), body)).orElseGet(() -> createNote(issue, note, body));
        return note(posted, issue)
                .orElseThrow(() -> Failures.outage("GitHub doesn't show the comment " + posted.id() + " as written"));
    }

    private Posted createNote(int issue, Effect.EnsureNote note, String body) {
        Posted posted = api.create(
                issue, body, p -> note(p, issue).filter(n -> isSame(n, note)).isPresent());
        return posted.says(body) ? posted : api.edit(posted.id(), body).orElse(posted);
    }

    void delete(long comment) {
        api.delete(comment);
    }

    private static boolean isSame(Note one, Effect.EnsureNote other) {
        return one.topic() == other.topic() && one.key().equals(other.key());
    }
}
