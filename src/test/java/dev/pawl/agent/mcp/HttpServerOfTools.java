package dev.pawl.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server of tools behind HTTP on this machine. */
public final class HttpServerOfTools implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Asked> asked = new ArrayList<>();
    private volatile Function<Asked, Reply> replies;

    /** A server that answers in this way. */
    public HttpServerOfTools(Function<Asked, Reply> replies) {
        this.replies = replies;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** A request. */
    public record Asked(String verb, Map<String, List<String>> headers, JsonNode body) {
        /** The method that is called, or the HTTP method where there is none. */
        public String method() {
            return body.path("method").asText(verb);
        }

        /** A header's value; empty where it isn't there. */
        public String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }

        /** JSON with this result. */
        public Reply result(String result) {
            return Reply.json(message(result));
        }

        /** The answer with this result. */
        public String message(String result) {
            return "{\"jsonrpc\":\"2.0\",\"id\":" + body.path("id") + ",\"result\":" + result + "}";
        }
    }

    /**
     * What is answered.
     *
     * @param stays whether the connection stays open behind it
     */
    public record Reply(int status, Map<String, String> headers, String body, boolean stays) {
        /** JSON. */
        public static Reply json(String body) {
            return new Reply(200, Map.of("Content-Type", "application/json"), body, false);
        }

        /** Events. */
        public static Reply events(String body) {
            return new Reply(200, Map.of("Content-Type", "text/event-stream;charset=utf-8"), body, false);
        }

        /** A status with nothing. */
        public static Reply of(int status) {
            return new Reply(status, Map.of(), "", false);
        }

        /** The same, and the connection isn't closed. */
        public Reply andStays() {
            return new Reply(status, headers, body, true);
        }

        /** The same with a header. */
        public Reply with(String name, String value) {
            var all = new java.util.HashMap<>(headers);
            all.put(name, value);
            return new Reply(status, all, body, stays);
        }
    }

    /** A server without faults, whose tools all give the same result. */
    public static Function<Asked, Reply> fine(String tools, String result) {
        return asked -> switch (asked.method()) {
            case "initialize" -> asked.result(ScriptedServer.GREETING);
            case "tools/list" -> asked.result(tools);
            case "tools/call" -> asked.result(result);
            default -> Reply.of(202);
        };
    }

    /** From here on it answers in this way. */
    public void now(Function<Asked, Reply> others) {
        replies = others;
    }

    /** Where it is. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/mcp";
    }

    /** The requests so far. */
    public List<Asked> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    /** What was asked, in order. */
    public List<String> methods() {
        return asked().stream().map(Asked::method).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            var request = new Asked(
                    exchange.getRequestMethod(), Map.copyOf(exchange.getRequestHeaders()), JSON.readTree(body));
            synchronized (asked) {
                asked.add(request);
            }
            Reply reply = replies.apply(request);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), reply.stays() ? 0 : bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.getResponseBody().flush();
            if (reply.stays()) {
                closing.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.close();
    }
}
