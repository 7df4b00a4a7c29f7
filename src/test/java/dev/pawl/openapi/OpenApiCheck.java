package dev.pawl.openapi;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.http.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Holds exchanges of the REST API against GitHub's own OpenAPI description, read once in this process. Git's requests
 * pass unseen. The description's gaps are listed here and nowhere else.
 */
public final class OpenApiCheck {
    private static final String DESCRIPTION = "/openapi/github-openapi-subset.json.gz";

    /** Served by GitHub, not in the subset, or not in the description at all. */
    private static final List<Pattern> UNDESCRIBED = List.of(
            Pattern.compile("GET /users/[^/]+"),
            // Isn't REST; its questions are held against GitHub's own schema.
            Pattern.compile("POST /graphql"),
            Pattern.compile("GET /repos/[^/]+/[^/]+/actions/permissions/workflow"),
            // Legacy, still answered; hub4j's getRef calls it.
            Pattern.compile("GET /repos/[^/]+/[^/]+/git/refs/.+"),
            // A tree by a branch's name that has slashes.
            Pattern.compile("GET /repos/[^/]+/[^/]+/git/trees/.+/.+"),
            // The root folder: the description has only {path}.
            Pattern.compile("GET /repos/[^/]+/[^/]+/contents/?"));

    private static final Pattern NUMBERED = Pattern.compile("^/repositories/[0-9]+");

    private final List<String> seen = new ArrayList<>();

    /** Reading the description takes a second or two, so it happens once. */
    private static final class Description {
        static final OpenApiInteractionValidator VALIDATOR = read();

        private static OpenApiInteractionValidator read() {
            try (InputStream packed = OpenApiCheck.class.getResourceAsStream(DESCRIPTION);
                    var unpacked = new GZIPInputStream(packed)) {
                JsonNode description = new ObjectMapper().readTree(unpacked);
                // Discriminators that aren't required fields: the validator refuses such schemas as a whole.
                description.findParents("discriminator").forEach(p -> ((ObjectNode) p).remove("discriminator"));
                return OpenApiInteractionValidator.createForInlineApiSpecification(description.toString())
                        .withLevelResolver(LevelResolver.create()
                                // Nearly every schema is composed; strictness about more fields would refuse them all.
                                .withLevel("validation.schema.additionalProperties", Level.IGNORE)
                                // GitHub documents its failures incompletely.
                                .withLevel("validation.response.status.unknown", Level.WARN)
                                .withLevel("validation.request.security.missing", Level.IGNORE)
                                // The no-reply address of github-actions[bot] has brackets.
                                .withLevel("validation.response.body.schema.format.email", Level.IGNORE)
                                // A workflow's file name where the description also allows a number.
                                .withLevel("validation.request.parameter.schema.invalidJson", Level.IGNORE)
                                .build())
                        .build();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Throws an AssertionError that lists what GitHub would not have sent, or not have understood. */
    public static void check(Exchange exchange) {
        List<String> violations = violations(exchange);
        if (!violations.isEmpty()) {
            throw new AssertionError(exchange.method() + " " + exchange.path() + " -> " + exchange.status() + "\n  "
                    + String.join("\n  ", violations));
        }
    }

    /** Collects instead of throwing, for an observer on a server's thread. */
    public void collect(Exchange exchange) {
        List<String> violations = violations(exchange);
        synchronized (seen) {
            violations.forEach(
                    v -> seen.add(exchange.method() + " " + exchange.path() + " -> " + exchange.status() + ": " + v));
        }
    }

    /** What was collected. */
    public List<String> collected() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    private static List<String> violations(Exchange exchange) {
        String path = NUMBERED.matcher(exchange.path()).replaceFirst("/repos/o/r");
        String line = exchange.method() + " " + path;
        if (exchange.isGit()
                || exchange.status() == 0
                || UNDESCRIBED.stream().anyMatch(p -> p.matcher(line).matches())) {
            return List.of();
        }
        // What GitHub itself refused as malformed needn't be well-formed.
        boolean isRefused = exchange.status() == 400 || exchange.status() == 422;
        var request = request(exchange, path);
        var response = response(exchange);
        ValidationReport report = isRefused
                ? Description.VALIDATOR.validateResponse(path, request.getMethod(), response)
                : Description.VALIDATOR.validate(request, response);
        return report.getMessages().stream()
                .filter(m -> m.getLevel() == Level.ERROR)
                // Every refusal has a body, whatever the description says.
                .filter(m -> exchange.status() < 400 || !"validation.response.body.unexpected".equals(m.getKey()))
                .map(m -> m.getKey() + ": " + m.getMessage() + more(m))
                .toList();
    }

    private static String more(ValidationReport.Message message) {
        return message.getAdditionalInfo().isEmpty() ? "" : " " + message.getAdditionalInfo();
    }

    private static SimpleRequest request(Exchange exchange, String path) {
        var request = new SimpleRequest.Builder(exchange.method(), path);
        exchange.requestHeaders().forEach((name, values) -> {
            // GitHub's own media types aren't among those that the description offers.
            if (!"accept".equals(name)) {
                request.withHeader(name, values);
            }
        });
        parameters(exchange.query()).forEach(request::withQueryParam);
        if (!exchange.requestBody().isEmpty()) {
            // hub4j and curl name other types for JSON; GitHub doesn't mind.
            request.withContentType("application/json").withBody(exchange.requestBody());
        }
        return request.build();
    }

    private static Map<String, List<String>> parameters(String query) {
        var parameters = new TreeMap<String, List<String>>();
        for (String part : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            String value = equals < 0 ? "" : part.substring(equals + 1);
            parameters.computeIfAbsent(decoded(name), n -> new ArrayList<>()).add(decoded(value));
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static SimpleResponse response(Exchange exchange) {
        var response = new SimpleResponse.Builder(exchange.status());
        exchange.responseHeaders().forEach((name, value) -> response.withHeader(name.toLowerCase(Locale.ROOT), value));
        if (!exchange.responseBody().isEmpty()) {
            response.withBody(exchange.responseBody());
        }
        return response.build();
    }
}
