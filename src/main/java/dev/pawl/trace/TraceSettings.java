package dev.pawl.trace;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where traces go, by the variables of the OpenTelemetry specification.
 *
 * @param endpoint where spans are posted to, as protobuf
 * @param headers what goes along, such as a key
 * @param service the service's name
 * @param resource more about who sends
 * @see <a href="https://opentelemetry.io/docs/specs/otel/protocol/exporter/">OTLP exporter configuration</a>
 */
public record TraceSettings(URI endpoint, Map<String, String> headers, String service, Map<String, String> resource) {
    private static final String TRACES = "OTEL_EXPORTER_OTLP_TRACES_";
    private static final String ALL = "OTEL_EXPORTER_OTLP_";

    public TraceSettings {
        headers = Map.copyOf(headers);
        resource = Map.copyOf(resource);
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
        String protocol = given(variables, TRACES + "PROTOCOL")
                .or(() -> given(variables, ALL + "PROTOCOL"))
                .orElse("http/protobuf");
        if (!protocol.equals("http/protobuf")) {
            return new Asked.ForWhatIsNotThere("traces are sent by OTLP over http/protobuf only");
        }
        Optional<URI> address = address(endpoint.get());
        return address.isEmpty()
                ? new Asked.ForWhatIsNotThere("the OTLP endpoint isn't an http or https address")
                : new Asked.For(new TraceSettings(
                        address.get(),
                        pairs(given(variables, TRACES + "HEADERS")
                                .or(() -> given(variables, ALL + "HEADERS"))
                                .orElse("")),
                        given(variables, "OTEL_SERVICE_NAME").orElse("pawl"),
                        pairs(given(variables, "OTEL_RESOURCE_ATTRIBUTES").orElse(""))));
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
