package dev.pawl.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server behind streamable HTTP: each message is a request of its own, whose answer is JSON or a stream of events. No
 * redirect is followed, so that the token goes nowhere else; nothing is sent twice; an answer is read up to a bound.
 */
final class HttpLink implements Link {
    private static final Logger LOG = LoggerFactory.getLogger(HttpLink.class);
    private static final String SESSION = "Mcp-Session-Id";
    private static final Pattern SESSION_ID = Pattern.compile("[!-~]{1,1024}");
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 16 << 20;

    /** How many questions of a server are answered while it owes us an answer. */
    private static final int MOST_QUESTIONS = 100;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final URI address;
    private final Optional<String> token;
    private volatile Optional<String> session = Optional.empty();
    private volatile Optional<String> version = Optional.empty();

    /**
     * @param address where it is
     * @param token what it is sent as a bearer token; visible ASCII characters
     */
    HttpLink(URI address, Optional<String> token) {
        this.address = address;
        this.token = token;
    }

    @Override
    public void agreed(String agreed) {
        version = Optional.of(agreed);
    }

    @Override
    public void renewed() {
        session = Optional.empty();
        version = Optional.empty();
    }

    @Override
    public Reply ask(ObjectNode request, Duration time) {
        Reply reply = within(time, () -> asked(request));
        boolean waits = reply instanceof Reply.Failed(Reply.Why why, int _) && why == Reply.Why.SILENCE;
        if (waits && !request.path("method").asText().equals("initialize")) {
            tell(Messages.cancelled(request), FAREWELL);
        }
        return reply;
    }

    @Override
    public Reply tell(ObjectNode notification, Duration time) {
        return within(time, () -> {
            HttpResponse<InputStream> response = post(notification);
            response.body().close();
            return response.statusCode() / 100 == 2
                    ? new Reply.Result(JsonNodeFactory.instance.objectNode())
                    : refused(response.statusCode());
        });
    }

    /** Ends with an answer or with the time, whatever the other side does: by the end of a thread of its own. */
    private static Reply within(Duration time, Callable<Reply> exchange) {
        var task = new FutureTask<>(exchange);
        Thread thread = Thread.ofVirtual().name("pawl-mcp").start(task);
        try {
            return task.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            LOG.debug("event=mcp-broken reason={}", String.valueOf(e.getCause()));
            return new Reply.Failed(Reply.Why.OUTAGE);
        } catch (TimeoutException e) {
            thread.interrupt();
            return new Reply.Failed(Reply.Why.SILENCE);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            return new Reply.Failed(Reply.Why.SILENCE);
        }
    }

    private HttpResponse<InputStream> post(JsonNode message) throws IOException, InterruptedException {
        var request = to().header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(BodyPublishers.ofByteArray(message.toString().getBytes(StandardCharsets.UTF_8)));
        return client.send(request.build(), BodyHandlers.ofInputStream());
    }

    private HttpRequest.Builder to() {
        var request = HttpRequest.newBuilder(address).header("User-Agent", "pawl");
        token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
        session.ifPresent(id -> request.header(SESSION, id));
        version.ifPresent(v -> request.header("MCP-Protocol-Version", v));
        return request;
    }

    private Reply asked(ObjectNode request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = post(request);
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                return refused(response.statusCode());
            }
            if (request.path("method").asText().equals("initialize")) {
                Optional<String> given = response.headers().firstValue(SESSION);
                session = given.filter(id -> SESSION_ID.matcher(id).matches());
                if (given.isPresent() && session.isEmpty()) {
                    return new Reply.Failed(Reply.Why.GARBAGE);
                }
            }
            String type = response.headers().firstValue("Content-Type").orElse("");
            return type.startsWith("text/event-stream") ? streamed(request, body) : whole(request, body);
        }
    }

    private Reply whole(ObjectNode request, InputStream body) throws IOException, InterruptedException {
        byte[] bytes = body.readNBytes(MOST_BYTES);
        List<JsonNode> messages = Messages.read(new String(bytes, StandardCharsets.UTF_8));
        return heard(request, messages).orElseGet(() -> new Reply.Failed(Reply.Why.GARBAGE));
    }

    private Reply streamed(ObjectNode request, InputStream body) throws IOException, InterruptedException {
        var events = new EventStream(body, MOST_BYTES);
        int questions = 0;
        for (Optional<String> event = events.next(); event.isPresent(); event = events.next()) {
            List<JsonNode> messages = Messages.read(event.get());
            Optional<Reply> reply = heard(request, messages);
            if (reply.isPresent()) {
                return reply.get();
            }
            questions += messages.size();
            if (questions > MOST_QUESTIONS) {
                return new Reply.Failed(Reply.Why.GARBAGE);
            }
        }
        return new Reply.Failed(Reply.Why.OUTAGE);
    }

    /** The answer, if it is among the messages; questions before it are answered. */
    private Optional<Reply> heard(ObjectNode request, List<JsonNode> messages)
            throws IOException, InterruptedException {
        for (JsonNode message : messages) {
            Optional<Reply> reply = Messages.answer(request, message);
            if (reply.isPresent()) {
                return reply;
            }
            Optional<ObjectNode> ours = Messages.ours(message);
            if (ours.isPresent()) {
                post(ours.get()).body().close();
            }
        }
        return Optional.empty();
    }

    private Reply refused(int status) {
        return new Reply.Failed(why(status), status);
    }

    private Reply.Why why(int status) {
        if (status / 100 == 2) {
            return Reply.Why.GARBAGE;
        }
        if (status == 408 || status == 429 || status >= 500) {
            return Reply.Why.OUTAGE;
        }
        return status == 404 && session.isPresent() ? Reply.Why.SESSION : Reply.Why.ACCESS;
    }

    /** A server that keeps sessions is told that this one is over; whether it listens is its own affair. */
    @Override
    public void close() {
        if (session.isPresent()) {
            within(FAREWELL, () -> {
                client.send(to().DELETE().build(), BodyHandlers.discarding());
                return new Reply.Failed(Reply.Why.GONE);
            });
        }
        client.shutdownNow();
        client.close();
    }
}
