package dev.pawl.sandbox.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Bytes;
import dev.pawl.sandbox.http.Incoming;
import dev.pawl.sandbox.http.Refusal;
import dev.pawl.sandbox.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** What was made or changed and doesn't show yet. Things are known by what answers call them: id, ref or sha. */
final class Lag {
    private final InstantSource clock;
    private final List<Late> late = new ArrayList<>();
    /** How things looked when they were shown last. */
    private final Map<String, JsonNode> seen = new HashMap<>();

    Lag(InstantSource clock) {
        this.clock = clock;
    }

    /** A thing that shows late. */
    private static final class Late {
        final String name;
        /** Its own path; empty where it is only in lists. */
        final String path;
        /** What is shown instead; nothing for what is hidden. */
        final Optional<JsonNode> instead;

        final Instant until;
        int reads;

        Late(JsonNode thing, Optional<JsonNode> instead, Instant until, int reads) {
            this.name = name(thing);
            this.path = path(thing.path("url").asText(""));
            this.instead = instead;
            this.until = until;
            this.reads = reads;
        }

        boolean isNow(Instant now) {
            return reads > 0 && now.isBefore(until);
        }
    }

    private static String name(JsonNode thing) {
        for (String key : List.of("ref", "id", "sha")) {
            if (thing.hasNonNull(key)) {
                return key + " " + thing.get(key).asText();
            }
        }
        return "";
    }

    /** Below the repository; a ref is read at another address than it is changed. */
    private static String path(String url) {
        int repos = url.indexOf("/repos/");
        return repos < 0
                ? ""
                : url.substring(repos).replaceFirst("^/repos/[^/]+/[^/]+", "").replaceFirst("^/git/refs/", "/git/ref/");
    }

    /** The answer as it shows. */
    Answer shown(Incoming request, Answer answer) {
        if (request.area() != Incoming.Area.API || request.isWrite() || answer.status() != 200) {
            return answer;
        }
        Optional<JsonNode> json = Json.read(answer.body().text());
        if (json.isEmpty()) {
            return answer;
        }
        if (json.get().isArray()) {
            List<JsonNode> items = StreamSupport.stream(json.get().spliterator(), false)
                    .map(item -> shown(item).orElse(Json.none()))
                    .filter(item -> !item.isNull())
                    .toList();
            return changed(answer, Json.array(items.stream()));
        }
        Optional<JsonNode> single = shown(json.get(), Target.below(request));
        return single.map(one -> changed(answer, one))
                .orElseGet(() -> Refusal.notFound().answer());
    }

    private static Answer changed(Answer answer, JsonNode json) {
        String text = json.toString();
        return text.equals(answer.body().text())
                ? answer
                : new Answer(answer.status(), answer.headers(), Bytes.of(text));
    }

    private Optional<JsonNode> shown(JsonNode item) {
        return shown(item, "");
    }

    private Optional<JsonNode> shown(JsonNode thing, String at) {
        String name = name(thing);
        for (Late one : late) {
            if (one.name.equals(name) && (at.isEmpty() || at.equals(one.path)) && one.isNow(clock.instant())) {
                one.reads--;
                return one.instead;
            }
        }
        seen.put(name, thing);
        return Optional.of(thing);
    }

    /** Remembers what a write that was struck made or changed. */
    void note(Incoming request, Answer answer, List<Fault> faults) {
        if (request.area() != Incoming.Area.API || !request.isWrite() || answer.status() >= 300) {
            return;
        }
        Json.read(answer.body().text()).filter(JsonNode::isObject).ifPresent(thing -> {
            for (Fault fault : faults) {
                switch (fault) {
                    case Fault.Hidden(int reads, Duration time)
                    when answer.status() == 201 -> late.add(new Late(thing, Optional.empty(), end(time), reads));
                    case Fault.Stale(int reads, Duration time)
                    when seen.containsKey(name(thing)) ->
                        late.add(new Late(thing, Optional.ofNullable(seen.get(name(thing))), end(time), reads));
                    case Fault.Refused _,
                            Fault.Trouble _,
                            Fault.Lost _,
                            Fault.Mangled _,
                            Fault.Slow _,
                            Fault.Hidden _,
                            Fault.Stale _,
                            Fault.Shuffled _,
                            Fault.Shifted _ -> {}
                }
            }
            seen.put(name(thing), thing);
        });
    }

    private Instant end(Duration time) {
        return clock.instant().plus(time);
    }
}
