package dev.pawl.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.pawl.agent.Requests;
import dev.pawl.container.Certificates;
import dev.pawl.domain.policy.AgentOptions;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.report.Outcome;
import dev.pawl.domain.report.Report;
import dev.pawl.domain.state.FailureKind;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a collector is told of agents and of runs, by the names of the GenAI conventions. */
class TracesTest {
    private final List<Span> spans = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private int status = 200;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        var body = packed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
        ExportTraceServiceRequest.parseFrom(body.readAllBytes())
                .getResourceSpansList()
                .forEach(r -> r.getScopeSpansList().forEach(s -> spans.addAll(s.getSpansList())));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private Traces traces() {
        return Traces.to(new TraceSettings(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces"),
                Map.of(),
                Map.of("service.name", "pawl"),
                new TraceSettings.Sending(Duration.ofSeconds(30), false, Optional.empty())));
    }

    @ParameterizedTest
    @CsvSource({
        "CLAUDE_CODE, '', claude-sonnet-4-6, anthropic",
        "CODEX, '', gpt-5, openai",
        "QWEN, '', qwen3, openai",
        "GEMINI, '', gemini-2.5-pro, gcp.gemini",
        "COPILOT, '', gpt-5, github",
        "OPENCODE, '', anthropic/claude-sonnet-4-6, anthropic",
        "OPENCODE, '', google/gemini-2.5-pro, gcp.gemini",
        "OPENCODE, '', scripted, ",
        "MODEL, google, gemini-2.5-pro, gcp.gemini",
        "MODEL, anthropic, claude-haiku-4-5, anthropic",
        "COMMAND, '', m, "
    })
    void anAgentsRunNamesItsProviderAndItsModels(AgentSpec.Kind kind, String provider, String model, String expected) {
        var options = new AgentOptions(Optional.of(provider).filter(p -> !p.isEmpty()), Optional.empty(), Map.of(), 10);
        var agent = new AgentSpec("a", kind, Optional.of(model), List.of("true"), List.of("K"), options);
        var usage = new Usage(Optional.of("m-20261101"), 120, 30, Usd.ofMicros(20_000), 3);

        run(agent, new AgentOutcome.Failed(FailureKind.TURN_LIMIT, "words", List.of("more"), Optional.empty(), usage));

        assertThat(spans).singleElement().satisfies(span -> {
            assertThat(span.getName()).isEqualTo("invoke_agent a");
            assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_INTERNAL);
            assertThat(attributes(span))
                    .containsEntry("gen_ai.operation.name", "invoke_agent")
                    .containsEntry("gen_ai.agent.name", "a")
                    .containsEntry("gen_ai.request.model", model)
                    .containsEntry("gen_ai.response.model", "m-20261101")
                    .containsEntry("gen_ai.usage.input_tokens", "120")
                    .containsEntry("gen_ai.usage.output_tokens", "30")
                    .containsEntry("error.type", "turn-limit")
                    .doesNotContainValue("words");
            assertThat(attributes(span).get("gen_ai.provider.name")).isEqualTo(expected);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "ADVANCED, , STATUS_CODE_UNSET",
        "WAITING, , STATUS_CODE_UNSET",
        "BLOCKED, , STATUS_CODE_UNSET",
        "FAILED, failed, STATUS_CODE_ERROR",
        "RETRY_LATER, retry_later, STATUS_CODE_ERROR",
        "CONFIGURATION, configuration, STATUS_CODE_ERROR",
        "BUG, bug, STATUS_CODE_ERROR"
    })
    void aRunThatFailedIsAnError(Outcome outcome, String type, String code) {
        try (Traces traces = traces()) {
            traces.stage("octo/shop", () -> Report.of(outcome, OptionalInt.of(42), "words"));
        }

        assertThat(spans).singleElement().satisfies(span -> {
            assertThat(span.getStatus().getCode().name()).isEqualTo(code);
            assertThat(attributes(span).get("error.type")).isEqualTo(type);
            assertThat(attributes(span)).containsEntry("pawl.issue", "42").doesNotContainValue("words");
        });
    }

    @Test
    void whatCanNotBeSentIsNotToldTheJdksLog() {
        Logger theirs = Logger.getLogger("io.opentelemetry");
        theirs.setUseParentHandlers(true); // as it is at first
        var told = new ArrayList<String>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord said) {
                told.add(said.getMessage());
            }

            @Override
            public void flush() {
                // nothing is kept back
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
        Logger.getLogger("").addHandler(listener);
        status = 500;
        try (Traces traces = traces()) {
            traces.stage("octo/shop", () -> Report.of(Outcome.NOTHING, OptionalInt.empty(), "words"));
        } finally {
            Logger.getLogger("").removeHandler(listener);
        }

        assertThat(spans).as("it was tried").hasSize(1);
        assertThat(told).as("lines with stacks").isEmpty();
        assertThat(theirs.getHandlers()).singleElement().isInstanceOf(ExporterLog.class);
    }

    @Test
    void aCertificateOfOnesOwnIsTrusted(@TempDir Path folder) throws Exception {
        var secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(Certificates.selfSigned(folder)));
        secure.createContext("/", this::take);
        secure.start();
        var endpoint = URI.create("https://127.0.0.1:" + secure.getAddress().getPort() + "/v1/traces");
        var sending = new TraceSettings.Sending(Duration.ofSeconds(30), true, Optional.of(Certificates.pem(folder)));
        try (Traces traces =
                Traces.to(new TraceSettings(endpoint, Map.of(), Map.of("service.name", "pawl"), sending))) {
            traces.stage("octo/shop", () -> Report.of(Outcome.NOTHING, OptionalInt.empty(), "words"));
        } finally {
            secure.stop(0);
        }

        assertThat(spans).hasSize(1);
    }

    private void run(AgentSpec agent, AgentOutcome outcome) {
        try (Traces traces = traces()) {
            traces.around((request, tree) -> outcome)
                    .run(Requests.least(StageKind.PLAN, agent, Duration.ofMinutes(1)), Path.of(""));
        }
    }

    private static Map<String, String> attributes(Span span) {
        return span.getAttributesList().stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey,
                        a -> a.getValue().hasIntValue()
                                ? Long.toString(a.getValue().getIntValue())
                                : a.getValue().getStringValue()));
    }
}
