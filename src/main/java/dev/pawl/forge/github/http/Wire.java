package dev.pawl.forge.github.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.pawl.forge.github.http.Call.Method;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends a request once, and says what came of it. Follows redirects with the same method, and only to the same host:
 * the token never goes anywhere else.
 */
final class Wire {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern BY_ID = Pattern.compile(".*/repositories/([0-9]{1,18})(/.*)?");
    private static final int MOST_REDIRECTS = 3;
    private static final long MOST_BYTES = 64L << 20;

    static {
        // The JDK's client sends a GET up to five times by itself when a connection is closed without an answer, and
        // has
        // no other switch (module java.net.http, "jdk.httpclient.redirects.retrylimit"). The retries are ours to count.
        // It reads the property once, so that this helps only where our client is the first: in the Action it is.
        if (System.getProperty("jdk.httpclient.redirects.retrylimit") == null) {
            System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
        }
    }

    private final HttpClient client;
    private final String api;
    private final String token;
    private final Timeouts timeouts;
    private final ForgeClock clock;
    private OptionalLong only = OptionalLong.empty();
    private int sent;

    Wire(URI api, String token, Timeouts timeouts, ForgeClock clock) {
        this.api = api.toString().replaceFirst("/+$", "");
        this.token = token;
        this.timeouts = timeouts;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeouts.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** What came of sending once. */
    sealed interface Attempt {
        /** An answer below 500 that could be read. */
        record Answered(Answer answer) implements Attempt {}

        /**
         * No answer that says what happened.
         *
         * @param why in a few words
         * @param retryAfter what the header of that name said
         */
        record Broken(String why, Optional<String> retryAfter) implements Attempt {}
    }

    /** Ends the client's thread, which a JVM would wait for otherwise. */
    void close() {
        client.shutdownNow();
    }

    void onlyWritesTo(long repository) {
        only = OptionalLong.of(repository);
    }

    int sent() {
        return sent;
    }

    Attempt send(Call call) {
        URI address = address(call);
        for (int hops = 0; ; hops++) {
            Attempt attempt = once(call, address);
            Optional<URI> elsewhere =
                    redirect(call, attempt).filter(to -> call.method().reads() || isOurs(to));
            if (elsewhere.isEmpty() || hops == MOST_REDIRECTS) {
                return attempt;
            }
            if (!sameOrigin(elsewhere.get(), address)) {
                throw Failures.bug(call + " was redirected to another host, which is never followed: "
                        + elsewhere.get().getHost());
            }
            address = elsewhere.get();
        }
    }

    private URI address(Call call) {
        if (call.target().startsWith("/")) {
            return URI.create(api + call.target());
        }
        URI address = URI.create(call.target());
        if (!sameOrigin(address, URI.create(api))) {
            throw Failures.bug(call + " would go to another host: " + address.getHost());
        }
        return address;
    }

    private static boolean sameOrigin(URI one, URI other) {
        return String.valueOf(one.getScheme()).equalsIgnoreCase(other.getScheme())
                && String.valueOf(one.getHost()).equalsIgnoreCase(other.getHost())
                && one.getPort() == other.getPort();
    }

    /**
     * Whether it is our repository. An issue that was transferred leads to another one (301, {@code /repositories/{id}/…}):
     * what was meant for the issue here isn't written there.
     */
    private boolean isOurs(URI address) {
        Matcher byId = BY_ID.matcher(String.valueOf(address.getPath()));
        return only.isEmpty() || !byId.matches() || byId.group(1).equals(Long.toString(only.getAsLong()));
    }

    /** 301, 307 and 308 keep the method (docs.github.com, REST API, "Best practices", "Follow redirects"); 302 only reads. */
    private static Optional<URI> redirect(Call call, Attempt attempt) {
        if (!(attempt instanceof Attempt.Answered(Answer answer))) {
            return Optional.empty();
        }
        boolean follow =
                switch (answer.status()) {
                    case 301, 307, 308 -> true;
                    case 302, 303 -> call.method().reads() && call.method() != Method.LOCATE;
                    default -> false;
                };
        return follow
                ? answer.headers()
                        .firstValue("location")
                        .map(location -> answer.address().resolve(location))
                : Optional.empty();
    }

    private Attempt once(Call call, URI address) {
        var request = HttpRequest.newBuilder(address)
                .timeout(timeouts.answer())
                .header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", "2022-11-28")
                .header("User-Agent", "pawl")
                .header("Authorization", "Bearer " + token)
                .method(
                        call.method().verb(),
                        call.body().map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
        if (call.body().isPresent()) {
            request.header("Content-Type", "application/json");
        }
        sent++;
        try {
            return read(call, exchange(request.build()));
        } catch (IOException | UncheckedIOException e) {
            return new Attempt.Broken(why(e), Optional.empty());
        }
    }

    /** In a few words, and without a message: what a server says of itself may stand in it. */
    private static String why(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return "the server's certificate isn't trusted";
            }
        }
        return failure.getClass().getSimpleName();
    }

    /** The request's own time-out ends with the headers; this one ends with the body's last byte. */
    private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException {
        var pending = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        return awaited(pending);
    }

    private <T> HttpResponse<T> awaited(CompletableFuture<HttpResponse<T>> pending) throws IOException {
        try {
            return pending.get(timeouts.answer().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw new IOException("no answer in time", e);
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private Attempt read(Call call, HttpResponse<byte[]> response) {
        clock.read(response.headers());
        int status = response.statusCode();
        if (status >= 500) {
            return new Attempt.Broken("HTTP " + status, response.headers().firstValue("retry-after"));
        }
        Optional<JsonNode> json = parse(response.body());
        boolean needsBody = status >= 200 && status < 300 && status != 204;
        if (needsBody && json.isEmpty()) {
            return new Attempt.Broken(
                    "HTTP " + status + " with a body that is no JSON, for " + call.method(), Optional.empty());
        }
        return new Attempt.Answered(
                new Answer(status, response.headers(), json.orElse(MissingNode.getInstance()), response.uri()));
    }

    private static Optional<JsonNode> parse(byte[] body) {
        try {
            JsonNode json = JSON.readTree(new String(body, StandardCharsets.UTF_8));
            return json.isContainerNode() ? Optional.of(json) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Sends a request that has none of our credentials, to whatever host; answers the status. */
    int fetch(URI address, Tail tail) throws IOException {
        if (!String.valueOf(address.getScheme())
                .equalsIgnoreCase(URI.create(api).getScheme())) {
            throw new IOException("another scheme than the API's");
        }
        sent++;
        var request = HttpRequest.newBuilder(address)
                .timeout(timeouts.answer())
                .header("User-Agent", "pawl")
                .GET()
                .build();
        return awaited(client.sendAsync(request, BodyHandlers.ofByteArrayConsumer(tail)))
                .statusCode();
    }

    /** Whether the method is one that we know; hub4j has more. */
    static Optional<Method> method(String name) {
        for (Method method : Method.values()) {
            if (method.name().equals(name)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }
}
