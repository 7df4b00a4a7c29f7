package dev.pawl.forge.github.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Answers what the script says, one reply for each request, and remembers the requests. */
public final class ScriptedServer implements AutoCloseable {
    private final HttpServer server;
    private final Deque<Reply> script = new ArrayDeque<>();
    private final List<Seen> seen = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    public ScriptedServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** A request. */
    public record Seen(String line, String authorization, String body) {}

    /** A reply. */
    public sealed interface Reply {
        /** A whole answer. */
        record Full(int status, String body, Map<String, String> headers) implements Reply {}

        /** Headers that promise more than comes. */
        record Truncated(int status, String body) implements Reply {}

        /** No answer, connection closed. */
        record Cut() implements Reply {}

        /** Headers, and then nothing. */
        record Stalls(int status) implements Reply {}

        /** JSON with that status. */
        static Reply of(int status, String body) {
            return new Full(status, body, Map.of("Content-Type", "application/json"));
        }

        /** The same with a header. */
        static Reply of(int status, String body, String header, String value) {
            return new Full(status, body, Map.of(header, value));
        }
    }

    /** What comes next. */
    public synchronized ScriptedServer then(Reply... replies) {
        script.addAll(List.of(replies));
        return this;
    }

    /** The requests so far, such as {@code GET /repos/o/r}. */
    public synchronized List<String> lines() {
        return seen.stream().map(Seen::line).toList();
    }

    /** The requests so far. */
    public synchronized List<Seen> seen() {
        return List.copyOf(seen);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private synchronized Reply next(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        seen.add(new Seen(
                exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                        .orElse(""),
                body));
        return Optional.ofNullable(script.poll())
                .orElseGet(() -> Reply.of(418, "{\"message\":\"the script is at its end\"}"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (next(exchange)) {
                case Reply.Full full -> {
                    byte[] body = full.body().getBytes(StandardCharsets.UTF_8);
                    full.headers().forEach(exchange.getResponseHeaders()::set);
                    exchange.sendResponseHeaders(full.status(), body.length == 0 ? -1 : body.length);
                    exchange.getResponseBody().write(body);
                }
                case Reply.Truncated truncated -> {
                    byte[] body = truncated.body().getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(truncated.status(), body.length + 100);
                    exchange.getResponseBody().write(body);
                    exchange.getResponseBody().flush();
                }
                case Reply.Cut cut -> {}
                case Reply.Stalls stalls -> {
                    exchange.sendResponseHeaders(stalls.status(), 100);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    closing.await();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
