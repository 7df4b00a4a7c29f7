package dev.pawl.agent.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.pawl.agent.result.StrictJson;
import dev.pawl.domain.policy.ModelProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model behind a provider's API. Each question is one request: no redirect is followed, so that the key goes nowhere
 * else, and nothing is sent twice. An answer is read up to a bound, and as strictly as an agent's result.
 */
public final class HttpModel implements ChatModel, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpModel.class);
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final long MOST_BYTES = 16L << 20;
    private static final int MOST_DIGITS = 7;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Place place;
    private final Dialect dialect;
    private final URI address;
    private final InstantSource clock;

    /**
     * @param place where the model is
     * @param clock tells when a provider's delay is over
     */
    public HttpModel(Place place, InstantSource clock) {
        this.place = place;
        this.dialect = Dialect.of(place.provider());
        String base = place.base().orElse(dialect.home()).replaceFirst("/+$", "");
        this.address = URI.create(base + dialect.path(base, place.model()));
        this.clock = clock;
    }

    /**
     * Where a model is.
     *
     * @param provider whose form it speaks
     * @param base its API's address, where it isn't the provider's own
     * @param model its name
     * @param key the key, where it takes one: visible ASCII characters
     */
    public record Place(ModelProvider provider, Optional<String> base, String model, Optional<String> key) {
        public Place {
            if (key.filter(k -> !k.chars().allMatch(c -> c > ' ' && c < 0x7f)).isPresent()) {
                throw new IllegalArgumentException("not a key");
            }
        }

        @Override
        public String toString() {
            return provider.word() + " " + model;
        }
    }

    @Override
    public Answer ask(Question question, Duration time) {
        if (time.toMillis() < 1) {
            return new Answer.Failed(Answer.Why.OUTAGE, 0, Optional.empty());
        }
        byte[] body = dialect.write(place.model(), question).toString().getBytes(StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(address)
                .timeout(time)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("User-Agent", "pawl")
                .POST(BodyPublishers.ofByteArray(body));
        dialect.headers(place.key()).forEach(request::header);
        try {
            return read(exchange(request.build(), time));
        } catch (IOException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            LOG.warn("event=model-broken reason={}", cause.getClass().getSimpleName());
            return new Answer.Failed(Answer.Why.OUTAGE, 0, Optional.empty());
        }
    }

    /** The request's own time-out ends with the headers; this one ends with the body's last byte. */
    private HttpResponse<byte[]> exchange(HttpRequest request, Duration time) throws IOException {
        var pending = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            return pending.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw new IOException(e);
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private Answer read(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        JsonNode body = parse(response.body());
        if (status == 200) {
            return dialect.read(body)
                    .<Answer>map(said -> said)
                    .orElseGet(() -> failed(Answer.Why.OUTAGE, status, Optional.empty()));
        }
        return switch (status) {
            case 401, 402, 403, 404 -> failed(Answer.Why.ACCESS, status, Optional.empty());
            case 429 ->
                // Sent with the status of a limit, but waiting doesn't fill an account (platform.openai.com, "Error
                // codes").
                body.at("/error/code").asText().equals("insufficient_quota")
                        ? failed(Answer.Why.ACCESS, status, Optional.empty())
                        : failed(Answer.Why.LIMIT, status, retryAt(response, body));
            case 408 -> failed(Answer.Why.OUTAGE, status, Optional.empty());
            default ->
                status >= 500
                        ? failed(Answer.Why.OUTAGE, status, retryAt(response, body))
                        : failed(Answer.Why.REQUEST, status, Optional.empty());
        };
    }

    private static Answer failed(Answer.Why why, int status, Optional<Instant> retryAt) {
        LOG.warn("event=model-refuses status={} why={}", status, why);
        return new Answer.Failed(why, status, retryAt);
    }

    private static JsonNode parse(byte[] body) {
        try {
            JsonNode json = StrictJson.mapper().readTree(body);
            return json.isObject() ? json : MissingNode.getInstance();
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private Optional<Instant> retryAt(HttpResponse<byte[]> response, JsonNode body) {
        Instant now = clock.instant();
        return response.headers()
                .firstValue("retry-after")
                .flatMap(header -> time(header.strip(), now))
                .or(() -> dialect.delay(body).map(now::plus));
    }

    /** Seconds, or a date (RFC 9110, section 10.2.3). */
    private static Optional<Instant> time(String header, Instant now) {
        if (!header.isEmpty()
                && header.length() <= MOST_DIGITS
                && header.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.of(now.plusSeconds(Long.parseLong(header)));
        }
        try {
            return Optional.of(ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
