package dev.pawl.agent.proxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server on the loopback interface that passes requests on to one provider of models, with the provider's key in the
 * place of a token of one run. Answers stream through. Redirects aren't followed: the caller sees them, and the key goes
 * to the provider's own address only.
 */
public final class KeyProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyProxy.class);
    private static final int LARGEST_REQUEST = 64 << 20;
    private static final Duration CONNECT = Duration.ofSeconds(30);

    /** Where programs put their key: Bearer, Anthropic's header, Google's header, Azure's header. */
    private static final Set<String> CREDENTIALS = Set.of("authorization", "x-api-key", "x-goog-api-key", "api-key");

    /** What belongs to one connection, or what the client writes itself. */
    private static final Set<String> OURS = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "host",
            "content-length",
            "expect",
            "http2-settings");

    private final HttpServer server;
    private final HttpClient client;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Upstream upstream;
    private final String token;

    /**
     * Where requests go.
     *
     * @param base the provider's address, and perhaps the beginning of its paths
     * @param key the provider's key
     */
    public record Upstream(URI base, String key) {
        /** Without the key. */
        @Override
        public String toString() {
            return "Upstream[" + base + "]";
        }
    }

    private KeyProxy(Upstream upstream, String token) {
        this.upstream = upstream;
        this.token = token;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("no port on the loopback interface", e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Opens one for a run.
     *
     * @param upstream where its requests go
     * @param token the word that the program gets in place of the key; nobody can guess it
     */
    public static KeyProxy open(Upstream upstream, String token) {
        return new KeyProxy(upstream, token);
    }

    /** The token that the program gets. */
    public String token() {
        return token;
    }

    /** The address that stands for the provider's. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path());
    }

    private String path() {
        String path = Optional.ofNullable(upstream.base().getRawPath()).orElse("");
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            // A connection that stays open is closed by the server after a while: a program that uses it just then
            // would take that for a broken network.
            exchange.getResponseHeaders().set("Connection", "close");
            if (!admits(exchange)) {
                LOG.warn("event=key-proxy-refused");
                refuse(exchange, 401, "This address serves one run of one agent, with that run's token.");
                return;
            }
            byte[] body = exchange.getRequestBody().readNBytes(LARGEST_REQUEST + 1);
            if (body.length > LARGEST_REQUEST) {
                refuse(exchange, 413, "The request is too large.");
                return;
            }
            pass(exchange, request(exchange, body));
        }
    }

    private void pass(HttpExchange exchange, HttpRequest request) throws IOException {
        HttpResponse<InputStream> response;
        try {
            response = client.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            LOG.warn("event=key-proxy-unreachable reason={}", e.getClass().getSimpleName());
            refuse(exchange, 502, "The model's provider can't be reached.");
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        response.headers().map().forEach((name, values) -> {
            if (!OURS.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, List.copyOf(values));
            }
        });
        try (InputStream in = response.body()) {
            boolean empty = "HEAD".equals(request.method()) || response.statusCode() == 204;
            exchange.sendResponseHeaders(response.statusCode(), empty ? -1 : 0);
            if (!empty) {
                stream(in, exchange.getResponseBody());
            }
        }
    }

    /** Each piece at once: programs show and judge an answer while it comes. */
    private static void stream(InputStream in, OutputStream out) throws IOException {
        byte[] piece = new byte[1 << 14];
        for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
            out.write(piece, 0, length);
            out.flush();
        }
    }

    private HttpRequest request(HttpExchange exchange, byte[] body) {
        var request = HttpRequest.newBuilder(target(exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!OURS.contains(lower)) {
                values.forEach(value -> request.header(
                        name, CREDENTIALS.contains(lower) ? value.replace(token, upstream.key()) : value));
            }
        });
        return request.build();
    }

    /** The same path and query at the provider; nothing that the program writes can make it another host. */
    private URI target(URI asked) {
        String query = asked.getRawQuery();
        URI base = upstream.base();
        return URI.create(base.getScheme() + "://" + base.getRawAuthority() + asked.getRawPath()
                + (query == null ? "" : "?" + query.replace(token, upstream.key())));
    }

    /** The token in a header for keys or in the query; and a path below the provider's, without ways out of it. */
    private boolean admits(HttpExchange exchange) {
        URI uri = exchange.getRequestURI();
        String path = Optional.ofNullable(uri.getRawPath()).orElse("");
        boolean inside = (path + "/").startsWith(path() + "/")
                && !path.contains("..")
                && !path.toLowerCase(Locale.ROOT).contains("%2e");
        return inside
                && (exchange.getRequestHeaders().entrySet().stream()
                                .filter(header ->
                                        CREDENTIALS.contains(header.getKey().toLowerCase(Locale.ROOT)))
                                .flatMap(header -> header.getValue().stream())
                                .anyMatch(this::isToken)
                        || Optional.ofNullable(uri.getRawQuery()).stream()
                                .flatMap(query -> List.of(query.split("&")).stream())
                                .anyMatch(part -> part.startsWith("key=") && isToken(part.substring(4))));
    }

    private boolean isToken(String value) {
        String word = value.regionMatches(true, 0, "Bearer ", 0, 7)
                ? value.substring(7).strip()
                : value;
        return MessageDigest.isEqual(word.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
        byte[] body = ("{\"error\":{\"type\":\"proxy\",\"message\":\"" + why + "\"}}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Ends what is under way, too. */
    @Override
    public void close() {
        server.stop(0);
        client.shutdownNow();
        threads.shutdownNow();
    }
}
