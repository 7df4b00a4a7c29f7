package dev.pawl.trace;

import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.port.Agents;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.report.Outcome;
import dev.pawl.domain.report.Report;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One span for the invocation and one for each agent's run in it, with the names of OpenTelemetry's GenAI conventions.
 * What can't be sent is lost with a line in the log: a trace never stops a run.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-agent-spans/">GenAI agent spans</a>
 */
public final class Traces implements AutoCloseable {
    private final SdkTracerProvider provider;
    private final Duration patience;
    private final Tracer tracer;
    private Context invocation = Context.root();

    private Traces(SdkTracerProvider provider, Duration patience) {
        this.provider = provider;
        this.patience = patience;
        this.tracer = provider.get("dev.pawl");
    }

    /**
     * Traces that are sent there.
     *
     * @throws IllegalArgumentException when its certificates are none
     */
    public static Traces to(TraceSettings settings) {
        ExporterLog.takeOver();
        TraceSettings.Sending sending = settings.sending();
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.endpoint().toString())
                .setTimeout(sending.patience())
                .setConnectTimeout(sending.patience())
                .setHeaders(settings::headers)
                .setRetryPolicy(null); // its waiting would be the job's
        if (sending.compressed()) {
            exporter.setCompression("gzip");
        }
        sending.certificate().ifPresent(file -> trust(exporter, file));
        var resource = Attributes.builder();
        settings.resource().forEach(resource::put);
        var provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(Resource.create(resource.build())))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter.build())
                        .setExporterTimeout(sending.patience())
                        .build())
                .build();
        return new Traces(provider, sending.patience());
    }

    private static void trust(OtlpHttpSpanExporterBuilder exporter, Path certificates) {
        try {
            exporter.setTrustedCertificates(Files.readAllBytes(certificates));
        } catch (IOException | IllegalStateException e) {
            throw new IllegalArgumentException("the OTLP certificates can't be read", e);
        }
    }

    /**
     * Traces an invocation.
     *
     * @param repository owner and name
     * @param advance the invocation
     */
    public Report stage(String repository, Supplier<Report> advance) {
        int slash = repository.indexOf('/');
        Span span = tracer.spanBuilder("advance")
                .setAttribute("vcs.provider.name", "github")
                .setAttribute("vcs.owner.name", repository.substring(0, Math.max(0, slash)))
                .setAttribute("vcs.repository.name", repository.substring(slash + 1))
                .startSpan();
        invocation = Context.root().with(span);
        try {
            Report report = advance.get();
            report.issue().ifPresent(number -> span.setAttribute("pawl.issue", number));
            report.stage().ifPresent(kind -> {
                span.updateName("stage " + kind.word());
                span.setAttribute("pawl.stage", kind.word());
            });
            report.state().ifPresent(state -> {
                span.setAttribute("pawl.run", state.id().run());
                span.setAttribute("pawl.workflow", state.id().workflow());
            });
            span.setAttribute("pawl.outcome", report.outcome().word());
            span.setAttribute("pawl.cost_usd", report.cost().micros() / 1e6);
            if (report.outcome() == Outcome.FAILED || report.outcome().exitCode() != 0) {
                span.setStatus(StatusCode.ERROR)
                        .setAttribute("error.type", report.outcome().name().toLowerCase(Locale.ROOT));
            }
            return report;
        } catch (RuntimeException e) {
            span.setStatus(StatusCode.ERROR)
                    .setAttribute("error.type", e.getClass().getSimpleName());
            throw e;
        } finally {
            span.end();
        }
    }

    /** The same agents, each run of which is traced. */
    public Agents around(Agents agents) {
        return (request, workTree) -> run(agents, request, workTree);
    }

    private AgentOutcome run(Agents agents, AgentRequest request, Path workTree) {
        AgentSpec agent = request.agent();
        Span span = tracer.spanBuilder("invoke_agent " + agent.name())
                .setParent(invocation)
                .setSpanKind(SpanKind.INTERNAL) // it works here; CLIENT is for agents that are services elsewhere
                .setAttribute("gen_ai.operation.name", "invoke_agent")
                .setAttribute("gen_ai.agent.name", agent.name())
                .setAttribute("pawl.agent.kind", agent.kind().word())
                .setAttribute("pawl.stage", request.stage().word())
                .startSpan();
        provider(agent).ifPresent(name -> span.setAttribute("gen_ai.provider.name", name));
        agent.model().ifPresent(model -> span.setAttribute("gen_ai.request.model", model));
        try {
            AgentOutcome outcome = agents.run(request, workTree);
            used(span, outcome.usage());
            if (outcome instanceof AgentOutcome.Failed failed) {
                span.setStatus(StatusCode.ERROR)
                        .setAttribute("error.type", failed.kind().word());
            }
            return outcome;
        } catch (RuntimeException e) {
            span.setStatus(StatusCode.ERROR)
                    .setAttribute("error.type", e.getClass().getSimpleName());
            throw e;
        } finally {
            span.end();
        }
    }

    private static void used(Span span, Usage usage) {
        usage.model().ifPresent(model -> span.setAttribute("gen_ai.response.model", model));
        span.setAttribute("gen_ai.usage.input_tokens", usage.inputTokens());
        span.setAttribute("gen_ai.usage.output_tokens", usage.outputTokens());
        span.setAttribute("pawl.cost_usd", usage.cost().micros() / 1e6);
        span.setAttribute("pawl.turns", usage.turns());
    }

    /**
     * The conventions' own words for providers, by whose protocol is spoken; a program of the repository's own has none
     * that we would know.
     */
    private static Optional<String> provider(AgentSpec agent) {
        return switch (agent.kind()) {
            case CLAUDE_CODE -> Optional.of("anthropic");
            case CODEX, QWEN -> Optional.of("openai");
            case GEMINI -> Optional.of("gcp.gemini");
            case COPILOT -> Optional.of("github");
            case OPENCODE ->
                agent.model()
                        .filter(model -> model.contains("/"))
                        .map(model -> conventional(model.substring(0, model.indexOf('/'))));
            case MODEL -> agent.options().provider().map(Traces::conventional);
            case COMMAND, ACP -> Optional.empty();
        };
    }

    private static String conventional(String provider) {
        return provider.equals("google") ? "gcp.gemini" : provider;
    }

    /** Sends what is left, for as long as sending may take. */
    @Override
    public void close() {
        provider.shutdown().join(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
