package dev.pawl.forge.github.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.domain.model.Hash;
import dev.pawl.domain.port.Backoff;
import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.domain.secret.Secrets;
import dev.pawl.forge.github.http.Wire.Attempt;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one retry policy. A read is sent up to five times; a write whose outcome is unknown is left to who knows its
 * natural key. An answer that names a limit took no effect, so that anything is sent again after the wait, if the
 * invocation's patience lasts that long.
 */
public final class Transport implements Backoff {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);
    private static final Pattern SHA = Pattern.compile("[0-9a-f]{40}");
    private static final int MOST_RETRIES = 4;
    private static final Duration FIRST_DELAY = Duration.ofMillis(500);

    private final Secrets secrets;
    private final Wire wire;
    private final ForgeClock clock;
    private final InstantSource ours;
    private final Patience patience;
    private final RandomGenerator random;
    private Runnable fence = () -> {};
    private Optional<TokenScopes> scopes = Optional.empty();

    /** A transport to one API that looks for no secrets of ours. */
    public Transport(URI api, String token, Duration waitForForge, World world) {
        this(api, new Credentials(token, Secrets.NONE), waitForForge, world);
    }

    /**
     * What a transport holds, and what it holds back.
     *
     * @param token goes to the API's host and to no other
     * @param secrets taken out of whatever is written to the forge
     */
    public record Credentials(String token, Secrets secrets) {
        /** Without the token. */
        @Override
        public String toString() {
            return "Credentials[" + secrets + "]";
        }
    }

    /** Whether the token was accepted once: then it can only have ended since. */
    private boolean accepted;

    /**
     * A transport to one API.
     *
     * @param api where the API is
     * @param credentials the token, and what may not be in a request
     * @param waitForForge how long all waiting together may take
     * @param world clock, chance and sleep
     */
    public Transport(URI api, Credentials credentials, Duration waitForForge, World world) {
        this.secrets = credentials.secrets();
        this.ours = world.clock();
        this.clock = new ForgeClock(ours);
        this.wire = new Wire(api, credentials.token(), world.timeouts(), clock);
        this.patience = new Patience(waitForForge, world.sleeper());
        this.random = world.random();
    }

    /**
     * What a transport takes from outside.
     *
     * @param clock our clock
     * @param random for jitter
     * @param sleeper waits
     * @param timeouts how long one request may take
     */
    public record World(InstantSource clock, RandomGenerator random, Sleeper sleeper, Timeouts timeouts) {}

    /** The forge's time. */
    public Instant now() {
        return clock.now();
    }

    /** Runs something before each write from now on; what it throws keeps the write from being sent. */
    public void beforeWrites(Runnable check) {
        fence = check;
    }

    /** Nothing can be sent afterwards. */
    public void close() {
        wire.close();
    }

    /** What the token may do, as far as answers told. */
    public Optional<TokenScopes> scopes() {
        return scopes;
    }

    /** How many requests were sent. */
    public int sent() {
        return wire.sent();
    }

    /** Sets how long all waiting together may take, once the policy is known. */
    public void waitAtMost(Duration time) {
        patience.allow(time);
    }

    /** Waits, where patience allows it. */
    public boolean pause(Duration time) {
        return patience.pause(time);
    }

    @Override
    public boolean before(int repetition, Duration failed) {
        patience.charge(failed);
        return patience.pause(delay(repetition, Optional.empty()));
    }

    /** Writes go nowhere but to this repository from now on, whatever redirects say. */
    public void onlyWritesTo(long repository) {
        wire.onlyWritesTo(repository);
    }

    /**
     * Sends it.
     *
     * @return an answer below 500; where it is a 2xx, it has a body that could be read, or is a 204
     * @throws UnknownOutcome for a write that may have taken effect
     * @throws ForgeFailure when a read isn't answered, the forge limits us for too long, or the token ended on the way
     */
    public Answer send(Call asked) {
        Call call = withoutSecrets(asked);
        int limits = 0;
        int retries = 0;
        while (true) {
            if (!call.method().reads()) {
                fence.run();
            }
            Instant start = ours.instant();
            switch (wire.send(call)) {
                case Attempt.Answered(Answer answer) -> {
                    Optional<Duration> wait = LimitSign.of(answer, clock.now(), limits++);
                    if (wait.isEmpty()) {
                        audit(call, answer);
                        return stillAccepted(call, answer);
                    }
                    waitForLimit(call, wait.get());
                }
                case Attempt.Broken(String why, Optional<String> retryAfter) -> {
                    patience.charge(Duration.between(start, ours.instant()));
                    LOG.info("request=\"{}\" outcome=broken why=\"{}\"", call, why);
                    if (!call.method().reads()) {
                        throw new UnknownOutcome(call, why);
                    }
                    if (retries == MOST_RETRIES || !patience.pause(delay(retries++, retryAfter))) {
                        throw Failures.outage("GitHub could not be reached: " + call + ", " + why);
                    }
                }
            }
        }
    }

    /**
     * Fetches an address that the API gave, without credentials, as often as a read.
     *
     * @param address any host's
     * @param mostBytes how much is kept, from the end
     * @return empty where that host doesn't have it
     */
    Optional<Download> fetch(URI address, int mostBytes) {
        for (int retries = 0; ; retries++) {
            Instant start = ours.instant();
            String why;
            try {
                var tail = new Tail(mostBytes);
                int status = wire.fetch(address, tail);
                if (status < 500) {
                    return status == 200 ? Optional.of(tail.download()) : Optional.empty();
                }
                why = "HTTP " + status;
            } catch (IOException e) {
                why = e.getClass().getSimpleName();
            }
            patience.charge(Duration.between(start, ours.instant()));
            LOG.info("fetch={} outcome=broken why=\"{}\"", address.getHost(), why);
            if (retries == MOST_RETRIES || !patience.pause(delay(retries, Optional.empty()))) {
                throw Failures.outage(address.getHost() + " could not be reached, where GitHub keeps it: " + why);
            }
        }
    }

    private Answer stillAccepted(Call call, Answer answer) {
        scopes = scopes.or(() -> TokenScopes.of(answer));
        if (answer.status() == 401 && accepted) {
            throw Failures.expired(call);
        }
        accepted = accepted || answer.status() != 401;
        return answer;
    }

    /** Each write has its line, which says what was written by its hash alone. */
    private static void audit(Call call, Answer answer) {
        if (call.method().reads()) {
            return;
        }
        JsonNode id = answer.json().path("id");
        String sha = answer.json().path("sha").asText("");
        String object = id.isIntegralNumber() ? id.asText() : SHA.matcher(sha).matches() ? sha : "-";
        String hash =
                call.body().map(body -> Hash.sha256(body).substring(0, 12)).orElse("-");
        LOG.info("write=\"{}\" status={} object={} sha256={}", call, answer.status(), object, hash);
    }

    /** The last look: texts of agents were looked at before, but not the output of the repository's own programs. */
    private Call withoutSecrets(Call call) {
        Optional<String> clean = call.body().map(secrets::removedFrom);
        if (clean.equals(call.body())) {
            return call;
        }
        LOG.warn("request=\"{}\" note=\"a secret was taken out of it\"", call);
        return new Call(call.method(), call.target(), clean);
    }

    private void waitForLimit(Call call, Duration wait) {
        LOG.info("request=\"{}\" outcome=limited wait={}", call, wait);
        if (!patience.pause(wait)) {
            throw Failures.limit(call, clock.now().plus(wait));
        }
    }

    /** Doubled each time, half of it by chance, and never less than the forge asks for. */
    private Duration delay(int retry, Optional<String> retryAfter) {
        long full = FIRST_DELAY.toMillis() << retry;
        Duration jittered = Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
        return retryAfter
                .flatMap(value -> LimitSign.duration(value, clock.now()))
                .filter(asked -> asked.compareTo(jittered) > 0)
                .orElse(jittered);
    }
}
