package dev.pawl.trace;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where traces go, by the variables of the OpenTelemetry specification.
 *
 * @param endpoint where spans are posted to, as protobuf
 * @param headers what goes along, such as a key
 * @param resource who sends: {@code service.name}, and more
 * @param sending how it is sent
 * @see <a href="https://opentelemetry.io/docs/specs/otel/protocol/exporter/">OTLP exporter configuration</a>
 */
public record TraceSettings(URI endpoint, Map<String, String> headers, Map<String, String> resource, Sending sending) {
    private static final String TRACES = "OTEL_EXPORTER_OTLP_TRACES_";
    private static final String ALL = "OTEL_EXPORTER_OTLP_";

    private static final String SERVICE = "service.name";

    public TraceSettings {
        headers = Map.copyOf(headers);
        resource = Map.copyOf(resource);
    }

    /**
     * How spans are sent.
     *
     * @param patience how long that may take; then they are lost
     * @param compressed whether with gzip
     * @param certificate a file with the certificates to trust, in place of the system's
     */
    public record Sending(Duration patience, boolean compressed, Optional<Path> certificate) {
        private static final Duration LONGEST = Duration.ofMinutes(1);

        /** What holds unless the variables say otherwise. The specification's ten seconds would be the job's. */
        public static final Sending DEFAULT = new Sending(Duration.ofSeconds(5), false, Optional.empty());

        public Sending {
            if (patience.isNegative() || patience.isZero() || patience.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("between a millisecond and a minute: " + patience);
            }
        }
    }

    /** The headers' values are keys. */
    @Override
    public String toString() {
        return "TraceSettings[" + endpoint + ", " + headers.keySet() + ", " + resource + ", " + sending + "]";
    }

    /** What the variables ask for. */
    public sealed interface Asked {
        /** Traces are wanted. */
        record For(TraceSettings settings) implements Asked {}

        /** Nothing is. */
        record ForNothing() implements Asked {}

        /**
         * Something that we can't do.
         *
         * @param why in our words
         */
        record ForWhatIsNotThere(String why) implements Asked {}
    }

    /** Reads the variables. */
    public static Asked of(Map<String, String> variables) {
        boolean off = "true".equalsIgnoreCase(variables.get("OTEL_SDK_DISABLED"))
                || "none".equalsIgnoreCase(variables.get("OTEL_TRACES_EXPORTER"));
        Optional<String> endpoint = given(variables, TRACES + "ENDPOINT")
                .or(() -> given(variables, ALL + "ENDPOINT").map(TraceSettings::tracesBelow));
        if (off || endpoint.isEmpty()) {
            return new Asked.ForNothing();
        }
        String protocol = either(variables, "PROTOCOL").orElse("http/protobuf");
        if (!protocol.equals("http/protobuf")) {
            return new Asked.ForWhatIsNotThere("traces are sent by OTLP over http/protobuf only");
        }
        Optional<URI> address = address(endpoint.get());
        if (address.isEmpty()) {
            return new Asked.ForWhatIsNotThere("the OTLP endpoint isn't an http or https address");
        }
        Optional<Sending> sending = sending(variables);
        return sending.isEmpty()
                ? new Asked.ForWhatIsNotThere(
                        "the time-out is between 1 and 60000 milliseconds, and the compression gzip"
                                + " or none, and the certificate a file")
                : new Asked.For(new TraceSettings(
                        address.get(),
                        pairs(either(variables, "HEADERS").orElse("")),
                        resource(variables),
                        sending.get()));
    }

    /** The service's name from its own variable, else from the attributes, else ours. */
    private static Map<String, String> resource(Map<String, String> variables) {
        var resource = new LinkedHashMap<>(Map.of(SERVICE, "pawl"));
        resource.putAll(pairs(given(variables, "OTEL_RESOURCE_ATTRIBUTES").orElse("")));
        given(variables, "OTEL_SERVICE_NAME").ifPresent(name -> resource.put(SERVICE, name));
        return resource;
    }

    private static Optional<Sending> sending(Map<String, String> variables) {
        try {
            Duration patience = either(variables, "TIMEOUT")
                    .map(millis -> Duration.ofMillis(Long.parseLong(millis)))
                    .orElse(Sending.DEFAULT.patience());
            String compression = either(variables, "COMPRESSION").orElse("none");
            Optional<Path> certificate = either(variables, "CERTIFICATE").map(Path::of);
            boolean known = compression.equals("gzip") || compression.equals("none");
            boolean there =
                    certificate.filter(file -> !Files.isRegularFile(file)).isEmpty();
            return known && there
                    ? Optional.of(new Sending(patience, compression.equals("gzip"), certificate))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The traces' own variable, else the one for all signals. */
    private static Optional<String> either(Map<String, String> variables, String name) {
        return given(variables, TRACES + name).or(() -> given(variables, ALL + name));
    }

    private static Optional<String> given(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(v -> !v.isEmpty());
    }

    private static String tracesBelow(String endpoint) {
        return endpoint + (endpoint.endsWith("/") ? "" : "/") + "v1/traces";
    }

    private static Optional<URI> address(String text) {
        try {
            var uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return http && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** {@code key=value,key=value}, the values percent-encoded. What isn't a pair is passed over. */
    private static Map<String, String> pairs(String list) {
        var pairs = new LinkedHashMap<String, String>();
        for (String pair : list.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                decoded(pair.substring(equals + 1).strip())
                        .ifPresent(value -> pairs.put(pair.substring(0, equals).strip(), value));
            }
        }
        return pairs;
    }

    private static Optional<String> decoded(String value) {
        try {
            return Optional.of(URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
