package dev.pawl.agent.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pawl.domain.policy.ModelProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A model's provider on this machine: answers what the script says, in the form in which it was asked. */
public final class ScriptedProvider implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Reply> script = new ArrayDeque<>();
    private final List<Asked> asked = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private Function<Asked, Reply> otherwise = _ -> new Reply.Status(418, Map.of(), "{}");

    public ScriptedProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** What is answered. */
    public sealed interface Reply {
        /** The model calls tools. */
        record Calls(List<Call> calls) implements Reply {}

        /** The model says something. */
        record Says(String text) implements Reply {}

        /** The model says nothing. */
        record Silence() implements Reply {}

        /** The model's answer is cut off. */
        record TooLong() implements Reply {}

        /** The model refuses. */
        record Refuses() implements Reply {}

        /** Another status, or another body. */
        record Status(int status, Map<String, String> headers, String body) implements Reply {}

        /** No answer, connection closed. */
        record Cut() implements Reply {}

        /** Half an answer, then the connection is closed. */
        record Half() implements Reply {}

        /** Headers, and then nothing. */
        record Stalls() implements Reply {}

        /** One call; the arguments are JSON, or something that isn't. */
        static Reply call(String tool, String arguments) {
            return new Calls(List.of(new Call(tool, arguments)));
        }

        /** A status with an empty object. */
        static Reply of(int status) {
            return new Status(status, Map.of(), "{}");
        }
    }

    /** A tool call. */
    public record Call(String tool, String arguments) {}

    /** A request. */
    public record Asked(ModelProvider provider, String path, Map<String, List<String>> headers, JsonNode body) {
        /** The words of the first turn. */
        public String prompt() {
            return body.at(
                            switch (provider) {
                                case ANTHROPIC -> "/messages/0/content/0/text";
                                case OPENAI -> "/messages/1/content";
                                case GOOGLE -> "/contents/0/parts/0/text";
                            })
                    .asText();
        }

        /** The names of the tools that are offered. */
        public List<String> tools() {
            JsonNode tools =
                    provider == ModelProvider.GOOGLE ? body.at("/tools/0/functionDeclarations") : body.path("tools");
            var names = new ArrayList<String>();
            tools.forEach(tool -> names.add((provider == ModelProvider.OPENAI ? tool.path("function") : tool)
                    .path("name")
                    .asText()));
            return names;
        }

        /** What tools gave back so far, oldest first. */
        public List<String> results() {
            var results = new ArrayList<String>();
            for (JsonNode turn : body.path(provider == ModelProvider.GOOGLE ? "contents" : "messages")) {
                switch (provider) {
                    case ANTHROPIC ->
                        turn.path("content").forEach(block -> {
                            if (block.path("type").asText().equals("tool_result")) {
                                results.add(block.path("content").asText());
                            }
                        });
                    case OPENAI -> {
                        if (turn.path("role").asText().equals("tool")) {
                            results.add(turn.path("content").asText());
                        }
                    }
                    case GOOGLE ->
                        turn.path("parts").forEach(part -> {
                            JsonNode response = part.at("/functionResponse/response");
                            if (response.isObject()) {
                                results.add(response.path("output")
                                        .asText(response.path("error").asText()));
                            }
                        });
                }
            }
            return results;
        }
    }

    /** What comes next. */
    public synchronized ScriptedProvider then(Reply... replies) {
        script.addAll(List.of(replies));
        return this;
    }

    /** What comes when the script is at its end. */
    public synchronized ScriptedProvider otherwise(Function<Asked, Reply> replies) {
        otherwise = replies;
        return this;
    }

    /** The requests so far. */
    public synchronized List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** The base address for the provider's form. */
    public String base(ModelProvider provider) {
        String root = "http://127.0.0.1:" + server.getAddress().getPort();
        return provider == ModelProvider.OPENAI ? root + "/v1" : root;
    }

    private synchronized Reply next(Asked request) {
        asked.add(request);
        return Optional.ofNullable(script.poll()).orElseGet(() -> otherwise.apply(request));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            ModelProvider provider = path.endsWith("/messages")
                    ? ModelProvider.ANTHROPIC
                    : path.endsWith("/chat/completions") ? ModelProvider.OPENAI : ModelProvider.GOOGLE;
            var request = new Asked(
                    provider,
                    path,
                    Map.copyOf(exchange.getRequestHeaders()),
                    JSON.readTree(exchange.getRequestBody().readAllBytes()));
            switch (next(request)) {
                case Reply.Status(int status, Map<String, String> headers, String body) -> {
                    headers.forEach(exchange.getResponseHeaders()::set);
                    send(exchange, status, body, 0);
                }
                case Reply.Cut _ -> {}
                case Reply.Half _ -> send(exchange, 200, "{\"content\":[", 100);
                case Reply.Stalls _ -> {
                    exchange.sendResponseHeaders(200, 100);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    closing.await();
                }
                case Reply.Calls calls ->
                    send(exchange, 200, body(provider, calls).toString(), 0);
                case Reply.Says says -> send(exchange, 200, body(provider, says).toString(), 0);
                case Reply.Silence silence ->
                    send(exchange, 200, body(provider, silence).toString(), 0);
                case Reply.TooLong tooLong ->
                    send(exchange, 200, body(provider, tooLong).toString(), 0);
                case Reply.Refuses refuses ->
                    send(exchange, 200, body(provider, refuses).toString(), 0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String text, int missing) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length + missing);
        exchange.getResponseBody().write(body);
        exchange.getResponseBody().flush();
    }

    private static ObjectNode body(ModelProvider provider, Reply reply) {
        return switch (provider) {
            case ANTHROPIC -> anthropic(reply);
            case OPENAI -> openAi(reply);
            case GOOGLE -> google(reply);
        };
    }

    private static String end(Reply reply, String calls, String done, String length, String refused) {
        return switch (reply) {
            case Reply.Calls _ -> calls;
            case Reply.TooLong _ -> length;
            case Reply.Refuses _ -> refused;
            default -> done;
        };
    }

    private static ObjectNode anthropic(Reply reply) {
        ObjectNode body = JSON.createObjectNode();
        body.put("id", "msg_1").put("type", "message").put("role", "assistant").put("model", "m");
        ArrayNode content = body.putArray("content");
        if (reply instanceof Reply.Says(String text)) {
            content.addObject().put("type", "text").put("text", text);
        }
        if (reply instanceof Reply.Calls(List<Call> calls)) {
            content.addObject().put("type", "thinking").put("thinking", "hm").put("signature", "c2lnbmVk");
            int i = 0;
            for (Call call : calls) {
                content.addObject()
                        .put("type", "tool_use")
                        .put("id", "toolu_" + i++)
                        .put("name", call.tool())
                        .set("input", json(call.arguments()));
            }
        }
        body.put("stop_reason", end(reply, "tool_use", "end_turn", "max_tokens", "refusal"));
        body.putObject("usage")
                .put("input_tokens", 500)
                .put("cache_read_input_tokens", 300)
                .put("cache_creation_input_tokens", 200)
                .put("output_tokens", 50);
        return body;
    }

    private static ObjectNode openAi(Reply reply) {
        ObjectNode body = JSON.createObjectNode();
        body.put("id", "chatcmpl-1").put("object", "chat.completion").put("model", "m");
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        message.putNull("refusal").putArray("annotations");
        message.put("reasoning_content", "hm");
        message.put("content", reply instanceof Reply.Says(String text) ? text : null);
        if (reply instanceof Reply.Calls(List<Call> calls)) {
            int i = 0;
            for (Call call : calls) {
                message.withArray("tool_calls")
                        .addObject()
                        .put("id", "call_" + i++)
                        .put("type", "function")
                        .putObject("function")
                        .put("name", call.tool())
                        .put("arguments", call.arguments());
            }
        }
        choice.put("finish_reason", end(reply, "tool_calls", "stop", "length", "content_filter"));
        body.putObject("usage")
                .put("prompt_tokens", 1000)
                .put("completion_tokens", 50)
                .putObject("prompt_tokens_details")
                .put("cached_tokens", 300);
        return body;
    }

    private static ObjectNode google(Reply reply) {
        ObjectNode body = JSON.createObjectNode();
        ObjectNode candidate = body.putArray("candidates").addObject().put("index", 0);
        ArrayNode parts = candidate.putObject("content").put("role", "model").putArray("parts");
        if (reply instanceof Reply.Says(String text)) {
            parts.addObject().put("text", text);
        }
        if (reply instanceof Reply.Calls(List<Call> calls)) {
            for (Call call : calls) {
                parts.addObject()
                        .put("thoughtSignature", "c2lnbmVk")
                        .putObject("functionCall")
                        .put("name", call.tool())
                        .set("args", json(call.arguments()));
            }
        }
        candidate.put("finishReason", end(reply, "STOP", "STOP", "MAX_TOKENS", "SAFETY"));
        body.putObject("usageMetadata")
                .put("promptTokenCount", 1000)
                .put("cachedContentTokenCount", 300)
                .put("candidatesTokenCount", 40)
                .put("thoughtsTokenCount", 10);
        return body;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.getNodeFactory().textNode(text);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.close();
    }
}
