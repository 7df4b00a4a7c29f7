package dev.pawl.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceSettingsTest {
    @Test
    void theVariablesOfTheSpecificationAreRead() {
        assertThat(TraceSettings.of(Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT", "https://traces.example.com/otel",
                        "OTEL_EXPORTER_OTLP_HEADERS",
                                "Authorization=Basic%20cGs6c2s=, x-project = a+b ,broken,=x,y=%zz",
                        "OTEL_SERVICE_NAME", "bots",
                        "OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=ci")))
                .isEqualTo(new TraceSettings.Asked.For(new TraceSettings(
                        URI.create("https://traces.example.com/otel/v1/traces"),
                        Map.of("Authorization", "Basic cGs6c2s=", "x-project", "a+b"),
                        Map.of("service.name", "bots", "deployment.environment.name", "ci"),
                        TraceSettings.Sending.DEFAULT)));
    }

    @Test
    void theEndpointOfTracesIsTakenAsItIs() {
        assertThat(TraceSettings.of(Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT", "https://all.example.com",
                        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:4318/x",
                        "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")))
                .isEqualTo(new TraceSettings.Asked.For(new TraceSettings(
                        URI.create("http://127.0.0.1:4318/x"),
                        Map.of(),
                        Map.of("service.name", "pawl"),
                        TraceSettings.Sending.DEFAULT)));
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', pawl",
        "'', service.name=from-attributes, from-attributes",
        "own, 'service.name=from-attributes,x=y', own"
    })
    void theServicesOwnVariableStandsOverTheAttributes(String name, String attributes, String service) {
        assertThat(settings(Map.of("OTEL_SERVICE_NAME", name, "OTEL_RESOURCE_ATTRIBUTES", attributes))
                        .resource())
                .containsEntry("service.name", service);
    }

    @Test
    void howItIsSentIsReadFromTheTracesVariablesFirst(@TempDir Path folder) throws IOException {
        Path certificate = Files.createFile(folder.resolve("ca.pem"));

        assertThat(settings(Map.of(
                                "OTEL_EXPORTER_OTLP_TIMEOUT", "2000",
                                "OTEL_EXPORTER_OTLP_COMPRESSION", "none",
                                "OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", "gzip",
                                "OTEL_EXPORTER_OTLP_CERTIFICATE", certificate.toString()))
                        .sending())
                .isEqualTo(new TraceSettings.Sending(Duration.ofSeconds(2), true, Optional.of(certificate)));
    }

    @Test
    void keysStandInNoLog() {
        assertThat(settings(Map.of("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=s3cret"))
                        .toString())
                .contains("Authorization")
                .doesNotContain("s3cret");
    }

    private static TraceSettings settings(Map<String, String> more) {
        var variables = new java.util.HashMap<>(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318"));
        variables.putAll(more);
        return ((TraceSettings.Asked.For) TraceSettings.of(variables)).settings();
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_SDK_DISABLED, true, ForNothing",
        "OTEL_TRACES_EXPORTER, none, ForNothing",
        "OTEL_EXPORTER_OTLP_ENDPOINT, '', ForNothing",
        "OTEL_EXPORTER_OTLP_PROTOCOL, grpc, ForWhatIsNotThere",
        "OTEL_EXPORTER_OTLP_PROTOCOL, http/json, ForWhatIsNotThere",
        "OTEL_EXPORTER_OTLP_TIMEOUT, soon, ForWhatIsNotThere",
        "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT, 0, ForWhatIsNotThere",
        "OTEL_EXPORTER_OTLP_TIMEOUT, 600000, ForWhatIsNotThere",
        "OTEL_EXPORTER_OTLP_COMPRESSION, zstd, ForWhatIsNotThere",
        "OTEL_EXPORTER_OTLP_CERTIFICATE, /no/such.pem, ForWhatIsNotThere",
        "OTEL_EXPORTER_OTLP_ENDPOINT, ftp://example.com, ForWhatIsNotThere",
        "OTEL_EXPORTER_OTLP_ENDPOINT, http://[, ForWhatIsNotThere",
        "OTEL_EXPORTER_OTLP_ENDPOINT, collector:4318, ForWhatIsNotThere"
    })
    void whatIsOffOrNotThereIsSaid(String name, String value, String kind) {
        var variables = new java.util.HashMap<>(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318"));
        variables.put(name, value);

        assertThat(TraceSettings.of(variables).getClass().getSimpleName()).isEqualTo(kind);
        assertThat(TraceSettings.of(Map.of())).isEqualTo(new TraceSettings.Asked.ForNothing());
    }
}
