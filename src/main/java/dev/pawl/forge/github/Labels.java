package dev.pawl.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.domain.model.Issue;
import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.domain.state.IssueState;
import dev.pawl.forge.github.http.Answer;
import dev.pawl.forge.github.http.Call;
import dev.pawl.forge.github.http.RestClient;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The labels that mirror a state (docs.github.com, REST API, "Labels"). People's own labels are never touched. */
final class Labels {
    private static final Logger LOG = LoggerFactory.getLogger(Labels.class);
    private static final String PREFIX = "pawl:";

    /** GitHub takes no more labels on one issue. */
    private static final int MOST = 100;

    private final GitHubConnection github;

    /** Labels of ours that an invocation before this one added, and died before it could decorate them. */
    private final Set<String> bare = new HashSet<>();

    Labels(GitHubConnection github) {
        this.github = github;
    }

    void show(Issue issue, IssueState state) {
        if (issue.labels().size() >= MOST && !makesRoom(issue, PREFIX + state.word())) {
            LOG.warn("issue={} label=left-out why=\"it has {} labels\"", issue.number(), MOST);
            return;
        }
        String wanted = state == IssueState.NEW ? "" : PREFIX + state.word();
        var there = new LinkedHashSet<>(issue.labels());
        if (!wanted.isEmpty() && !issue.has(wanted)) {
            Answer answer = add(issue.number(), List.of(wanted));
            notice(answer.json());
            // What was read before may lag behind; what the write answers doesn't.
            there.addAll(Json.labels(answer.json()));
        }
        if (bare.remove(wanted)) {
            decorate(wanted, state);
        }
        for (String label : there) {
            if (isStateLabel(label) && !label.equalsIgnoreCase(wanted)) {
                remove(issue.number(), label);
            }
        }
    }

    /** On a full issue the old state's label goes before the new one comes. Without one there is no room: labels only mirror. */
    private boolean makesRoom(Issue issue, String wanted) {
        if (issue.has(wanted)) {
            return true;
        }
        boolean room = false;
        for (String label : issue.labels()) {
            room |= isStateLabel(label) && remove(issue.number(), label);
        }
        return room;
    }

    /** Only our state words: {@code pawl:pause} and {@code pawl:merge} are people's. */
    private static boolean isStateLabel(String label) {
        return label.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
                && IssueState.parse(lower(label.substring(PREFIX.length()))).isPresent();
    }

    /** Adds labels; those that the repository doesn't have are made by GitHub. Answers the issue's whole list. */
    Answer add(int number, List<String> names) {
        String target = github.path("/issues/" + number + "/labels");
        var body = RestClient.object();
        names.forEach(body.putArray("labels")::add);
        Call call = Call.write(Call.Method.POST, target, body);
        return github.settlement()
                .settle(
                        () -> RestClient.accepted(call, github.rest().write(call)),
                        () -> github.rest()
                                .find(target + "?per_page=100")
                                .filter(answer -> Json.labels(answer.json()).stream()
                                        .map(Labels::lower)
                                        .toList()
                                        .containsAll(names.stream()
                                                .map(Labels::lower)
                                                .toList())));
    }

    /** A label that GitHub made itself has no description: it gets ours, and our colour. One that has was made by people. */
    void notice(JsonNode labels) {
        for (JsonNode label : labels) {
            String name = lower(label.path("name").asText(""));
            if (isStateLabel(name) && label.path("description").asText("").isEmpty()) {
                bare.add(name);
            }
        }
    }

    private void decorate(String name, IssueState state) {
        unlessItFails(Call.write(
                Call.Method.PATCH,
                github.path("/labels/" + RestClient.segment(name)),
                RestClient.object().put("color", colour(state)).put("description", state.description())));
    }

    private void unlessItFails(Call call) {
        try {
            RestClient.accepted(
                    call, github.settlement().settle(() -> github.rest().write(call)));
        } catch (ForgeFailure e) {
            LOG.info("request=\"{}\" outcome=ignored why=\"{}\"", call, e.getMessage());
        }
    }

    /** Whether it was there. */
    private boolean remove(int number, String label) {
        Call call = Call.delete(github.path("/issues/" + number + "/labels/" + RestClient.segment(label)));
        Answer answer = github.settlement().settle(() -> github.rest().write(call));
        if (answer.gone()) {
            return false;
        }
        RestClient.accepted(call, answer);
        return true;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String colour(IssueState state) {
        return switch (state) {
            case NEW, TRIAGING, READY, PLANNING -> "bfd4f2";
            case IN_PROGRESS -> "1d76db";
            case NEEDS_CLARIFICATION, WAITING_ON_HUMAN -> "fbca04";
            case WAITING_ON_REVIEW -> "5319e7";
            case BLOCKED -> "d93f0b";
            case COMPLETED -> "0e8a16";
            case CLOSED_UNRESOLVED -> "cccccc";
        };
    }
}
