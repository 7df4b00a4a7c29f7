package dev.pawl.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
                        "bots",
                        Map.of("deployment.environment.name", "ci"))));
    }

    @Test
    void theEndpointOfTracesIsTakenAsItIs() {
        assertThat(TraceSettings.of(Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT", "https://all.example.com",
                        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:4318/x",
                        "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")))
                .isEqualTo(new TraceSettings.Asked.For(
                        new TraceSettings(URI.create("http://127.0.0.1:4318/x"), Map.of(), "pawl", Map.of())));
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_SDK_DISABLED, true, ForNothing",
        "OTEL_TRACES_EXPORTER, none, ForNothing",
        "OTEL_EXPORTER_OTLP_ENDPOINT, '', ForNothing",
        "OTEL_EXPORTER_OTLP_PROTOCOL, grpc, ForWhatIsNotThere",
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
