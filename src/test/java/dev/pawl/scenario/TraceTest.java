package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.pawl.program.Program;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a collector gets of a walk, and what becomes of a walk without one. */
@Tag(Program.TAG)
class TraceTest {
    @TempDir
    Path folder;

    @Test
    void eachInvocationAndEachAgentsRunIsASpan() throws Exception {
        try (var collector = new Collector();
                var story = new Story(folder)) {
            story.variables.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address());
            story.variables.put("OTEL_EXPORTER_OTLP_HEADERS", "x-key=s3cret");
            story.agent.answers("review", "\"unknown\":1");
            story.bug();

            story.rings();

            assertThat(collector.names())
                    .startsWith(
                            "stage triage",
                            "invoke_agent scripted",
                            "stage plan",
                            "invoke_agent scripted",
                            "stage implement",
                            "stage validate",
                            "invoke_agent scripted",
                            "stage review");
            Span triage = collector.spans.getFirst();
            Span plan = collector.named("stage plan");
            Span planner = collector.spans.get(1);
            assertThat(attributes(triage))
                    .containsEntry("pawl.stage", "triage")
                    .containsEntry("pawl.outcome", "advanced")
                    .containsEntry("pawl.issue", "1")
                    .containsEntry("vcs.provider.name", "github")
                    .containsEntry("vcs.owner.name", "octo")
                    .containsEntry("vcs.repository.name", "shop");
            assertThat(planner.getParentSpanId()).isEqualTo(plan.getSpanId());
            assertThat(planner.getTraceId()).isEqualTo(plan.getTraceId()).isNotEqualTo(triage.getTraceId());
            assertThat(attributes(planner))
                    .containsEntry("gen_ai.operation.name", "invoke_agent")
                    .containsEntry("gen_ai.agent.name", "scripted")
                    .containsEntry("gen_ai.usage.input_tokens", "10")
                    .containsEntry("gen_ai.usage.output_tokens", "5")
                    .containsEntry("pawl.agent.kind", "command")
                    .containsEntry("pawl.cost_usd", "0.01");
            assertThat(planner.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_INTERNAL);
            assertThat(plan.getTraceId().size()).isEqualTo(16);
            assertThat(planner.getSpanId().size()).isEqualTo(8);
            assertThat(planner.getStartTimeUnixNano())
                    .isBetween(plan.getStartTimeUnixNano(), plan.getEndTimeUnixNano());
            assertThat(planner.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
            assertThat(collector.spans)
                    .filteredOn(s -> s.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR)
                    .isNotEmpty()
                    .allSatisfy(s -> assertThat(attributes(s).get("error.type"))
                            .isEqualTo(s.getName().startsWith("stage") ? "failed" : "agent-result"));
            assertThat(collector.requests)
                    .isNotEmpty()
                    .allSatisfy(r -> assertThat(r).isEqualTo("POST /v1/traces application/x-protobuf"));
            assertThat(collector.resources)
                    .allSatisfy(r -> assertThat(r)
                            .containsEntry("service.name", "pawl")
                            .containsEntry("telemetry.sdk.name", "opentelemetry")
                            .containsEntry("telemetry.sdk.language", "java")
                            .containsKey("telemetry.sdk.version"));
            assertThat(collector.keys).containsOnly("s3cret");
            assertThat(collector.bodies).doesNotContain("2 + 2", "sum is wrong", story.github.actionsToken());
        }
    }

    @Test
    void itIsPackedWhereThatIsAskedFor() throws Exception {
        try (var collector = new Collector();
                var story = new Story(folder)) {
            story.variables.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address());
            story.variables.put("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip");
            story.variables.put("OTEL_SERVICE_NAME", "bots");
            story.bug();

            story.rings();

            assertThat(collector.names()).contains("stage triage", "invoke_agent scripted");
            assertThat(collector.packed).containsOnly("gzip");
            assertThat(collector.resources).allSatisfy(r -> assertThat(r).containsEntry("service.name", "bots"));
        }
    }

    @Test
    void certificatesThatAreNoneStopNothing() throws Exception {
        try (var collector = new Collector();
                var story = new Story(folder)) {
            story.variables.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address());
            story.variables.put(
                    "OTEL_EXPORTER_OTLP_CERTIFICATE",
                    Files.writeString(folder.resolve("ca.pem"), "none").toString());
            story.bug();

            var ended = story.rings();

            assertThat(Story.moves(ended)).endsWith("open_pr advanced");
            assertThat(collector.names()).isEmpty();
        }
    }

    @Test
    void aCollectorThatIsNotThereStopsNothing() throws Exception {
        String gone;
        try (var collector = new Collector()) {
            gone = collector.address();
        }
        try (var story = new Story(folder)) {
            story.variables.put("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", gone);
            story.bug();

            var ended = story.rings();

            assertThat(Story.moves(ended)).endsWith("open_pr advanced");
            if (Program.binary().isPresent()) { // in this process the log goes past the story
                assertThat(ended.getFirst().log())
                        .containsOnlyOnce("event=traces-lost")
                        .doesNotContain("\tat ", "Caused by");
            }
        }
    }

    private static Map<String, String> attributes(Span span) {
        return attributes(span.getAttributesList());
    }

    private static Map<String, String> attributes(List<KeyValue> list) {
        return list.stream().collect(Collectors.toMap(KeyValue::getKey, a -> {
            var value = a.getValue();
            return switch (value.getValueCase()) {
                case INT_VALUE -> Long.toString(value.getIntValue());
                case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
                default -> value.getStringValue();
            };
        }));
    }

    /** Takes OTLP over HTTP, as a collector does. */
    private static final class Collector implements AutoCloseable {
        private final HttpServer server;
        private final List<Span> spans = Collections.synchronizedList(new ArrayList<>());
        private final List<String> keys = Collections.synchronizedList(new ArrayList<>());
        private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
        private final List<String> packed = Collections.synchronizedList(new ArrayList<>());
        private final List<Map<String, String>> resources = Collections.synchronizedList(new ArrayList<>());
        private final StringBuffer bodies = new StringBuffer();

        Collector() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/v1/traces", exchange -> {
                var headers = exchange.getRequestHeaders();
                requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                        + headers.getFirst("Content-Type"));
                packed.add(String.valueOf(headers.getFirst("Content-Encoding")));
                InputStream in = packed.getLast().equals("gzip")
                        ? new GZIPInputStream(exchange.getRequestBody())
                        : exchange.getRequestBody();
                byte[] body = in.readAllBytes();
                bodies.append(new String(body, StandardCharsets.ISO_8859_1));
                keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("x-key")));
                ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().forEach(r -> {
                    resources.add(attributes(r.getResource().getAttributesList()));
                    r.getScopeSpansList().forEach(s -> spans.addAll(s.getSpansList()));
                });
                exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
        }

        String address() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        List<String> names() {
            return spans.stream().map(Span::getName).toList();
        }

        Span named(String name) {
            return spans.stream()
                    .filter(s -> s.getName().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
