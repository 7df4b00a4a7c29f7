package dev.pawl.forge.github.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The small JSON client: for what hub4j lacks, or asks more requests for. */
public final class RestClient {
    private static final int MOST_PAGES = 100;
    private static final int EARLY_LOOKS = 3;

    private final Transport transport;

    /** A client on that transport. */
    public RestClient(Transport transport) {
        this.transport = transport;
    }

    /** Reads something that may be gone: 404, 410 and 451 are empty. */
    public Optional<Answer> find(String target) {
        Call call = Call.get(target);
        Answer answer = transport.send(call);
        if (answer.gone()) {
            return Optional.empty();
        }
        return Optional.of(accepted(call, answer));
    }

    /**
     * Reads something that should be there, because an event or our own state names it: what is new may be 404 for a moment,
     * so that it is looked for again before it counts as gone.
     */
    public Optional<Answer> findNamed(String target) {
        Call call = Call.get(target);
        Answer answer = transport.send(call);
        for (int look = 0; answer.status() == 404 && look < EARLY_LOOKS; look++) {
            if (!transport.before(look, Duration.ZERO)) {
                break;
            }
            answer = transport.send(call);
        }
        return answer.gone() ? Optional.empty() : Optional.of(accepted(call, answer));
    }

    /** Reads something that has to be there. */
    public Answer get(String target) {
        Call call = Call.get(target);
        return accepted(call, transport.send(call));
    }

    /**
     * Fetches what the API doesn't hold itself, but sends to another host for (302), as logs of jobs. That host gets none of our
     * credentials: the address that the API gave is enough.
     *
     * @param target asked of the API
     * @param mostBytes how much is kept, from the end
     * @return empty when it is gone, or the other host doesn't have it
     */
    public Optional<Download> download(String target, int mostBytes) {
        Call call = Call.locate(target);
        Answer answer = transport.send(call);
        if (answer.gone()) {
            return Optional.empty();
        }
        Optional<String> location = answer.headers().firstValue("location");
        if (answer.status() != 302 || location.isEmpty()) {
            throw Failures.of(call, answer);
        }
        return transport.fetch(answer.address().resolve(location.get()), mostBytes);
    }

    /** Reads a list to its last page; the forge says where the next one is. */
    public List<JsonNode> pages(String target) {
        return pages(target, MOST_PAGES);
    }

    /** Reads so many of a list's pages at most. */
    public List<JsonNode> pages(String target, int most) {
        var items = new ArrayList<JsonNode>();
        Optional<String> next = Optional.of(target);
        for (int page = 0; next.isPresent() && page < most; page++) {
            Answer answer = get(next.get());
            answer.json().forEach(items::add);
            next = answer.next();
        }
        return items;
    }

    /**
     * Sends a write, and answers anything below 500.
     *
     * @throws UnknownOutcome when nobody can say what came of it
     */
    public Answer write(Call call) {
        return transport.send(call);
    }

    /** The answer, if it is a 2xx. */
    public static Answer accepted(Call call, Answer answer) {
        if (!answer.ok()) {
            throw Failures.of(call, answer);
        }
        return answer;
    }

    /** An empty JSON object to fill. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Text as a path: its slashes stay. */
    public static String path(String text) {
        return segment(text).replace("%2F", "/");
    }

    /** Text as one segment of a path, or as a value in a query. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
