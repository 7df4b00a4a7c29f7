package dev.pawl.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pawl.Security;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Security
class KeyProxyTest {
    private static final String KEY = "sk-the-real-key";
    private static final String TOKEN = "pawl-one-run-0815";

    /** What the provider got: method, path and query, headers in one line, body. */
    private record Got(String line, String headers, String body) {}

    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch read = new CountDownLatch(1);
    private HttpServer provider;
    private KeyProxy proxy;

    @BeforeEach
    void start() throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/", this::answer);
        provider.start();
        URI base = URI.create("http://127.0.0.1:" + provider.getAddress().getPort() + "/v1/");
        proxy = KeyProxy.open(new KeyProxy.Upstream(base, KEY), TOKEN);
    }

    @AfterEach
    void stop() {
        proxy.close();
        provider.stop(0);
        client.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            got.add(new Got(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    exchange.getRequestHeaders().entrySet().toString(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            switch (exchange.getRequestURI().getPath()) {
                case "/v1/stream" -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write("first\n".getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                    read.await();
                    exchange.getResponseBody().write("second\n".getBytes(StandardCharsets.UTF_8));
                }
                case "/v1/away" -> {
                    exchange.getResponseHeaders().set("Location", "http://elsewhere.invalid/");
                    exchange.sendResponseHeaders(307, -1);
                }
                default -> {
                    exchange.getResponseHeaders().set("Retry-After", "7");
                    exchange.sendResponseHeaders(429, 4);
                    exchange.getResponseBody().write("slow".getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(proxy.address() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource({"Authorization,'Bearer '", "x-api-key,''", "X-Goog-Api-Key,''", "api-key,''"})
    void theKeyTakesTheTokensPlaceWhereverProgramsPutIt(String header, String before) throws Exception {
        HttpResponse<String> answer = send(to("/messages?beta=true")
                .header(header, before + TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString("{\"max_tokens\":1}")));

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).isEqualTo("slow");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(answer.headers().firstValue("Connection")).hasValue("close");
        assertThat(got).singleElement().satisfies(request -> {
            assertThat(request.line()).isEqualTo("POST /v1/messages?beta=true");
            assertThat(request.headers()).containsIgnoringCase(header + "=[" + before + KEY + "]");
            assertThat(request.headers()).doesNotContain(TOKEN);
            assertThat(request.body()).isEqualTo("{\"max_tokens\":1}");
        });
    }

    @Test
    void alsoInTheQueryAsGooglesClientsDo() throws Exception {
        send(to("/models/x:generate?alt=sse&key=" + TOKEN).GET());

        assertThat(got)
                .singleElement()
                .satisfies(request ->
                        assertThat(request.line()).isEqualTo("GET /v1/models/x:generate?alt=sse&key=" + KEY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer ", "Bearer wrong", "Bearer sk-the-real-key", "Bearer pawl-one-run-0815x"})
    void nobodyElseIsServed(String credential) throws Exception {
        var request = to("/messages").GET();
        if (!credential.isEmpty()) {
            request.header("Authorization", credential);
        }

        assertThat(send(request).statusCode()).isEqualTo(401);
        assertThat(got).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/messages", "/v1/../admin", "/v1/%2e%2E/admin", "/v10/x"})
    void pathsStayBelowTheProvidersOwn(String path) throws Exception {
        String root = proxy.address().toString().replace("/v1", "");
        var request = HttpRequest.newBuilder(URI.create(root + path)).header("x-api-key", TOKEN);

        assertThat(send(request).statusCode()).isEqualTo(401);
        assertThat(got).isEmpty();
    }

    @Test
    void noHostInAPathIsFollowed() throws Exception {
        String root = proxy.address().toString().replace("/v1", "");

        send(HttpRequest.newBuilder(URI.create(root + "//elsewhere.invalid/v1/x"))
                .header("x-api-key", TOKEN));

        assertThat(got)
                .singleElement()
                .satisfies(request -> assertThat(request.line()).isEqualTo("GET /v1/x"));
    }

    @Test
    void anAnswerStreamsThrough() throws Exception {
        HttpResponse<InputStream> answer =
                client.send(to("/stream").header("x-api-key", TOKEN).GET().build(), BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("first");
            read.countDown();
            assertThat(lines.readLine()).isEqualTo("second");
        }
    }

    @Test
    void aRedirectIsTheCallersToSee() throws Exception {
        assertThat(send(to("/away").header("x-api-key", TOKEN).GET()).statusCode())
                .isEqualTo(307);
        assertThat(got).hasSize(1);
    }

    @Test
    void aProviderThatIsAwayIsABadGateway() throws Exception {
        provider.stop(0);

        HttpResponse<String> answer =
                send(to("/messages").header("x-api-key", TOKEN).GET());

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("can't be reached").doesNotContain(KEY);
    }

    @Test
    void nothingSaysTheKey() {
        assertThat(new KeyProxy.Upstream(URI.create("https://example.com"), KEY))
                .asString()
                .doesNotContain(KEY);
    }
}
