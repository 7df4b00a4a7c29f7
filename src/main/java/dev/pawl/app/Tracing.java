package dev.pawl.app;

import dev.pawl.domain.port.Agents;
import dev.pawl.domain.report.Report;
import dev.pawl.trace.TraceSettings;
import dev.pawl.trace.Traces;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Traces where the environment asks for them, and nothing of theirs where it doesn't. */
final class Tracing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tracing.class);

    private final Optional<Traces> traces;

    private Tracing(Optional<Traces> traces) {
        this.traces = traces;
    }

    static Tracing of(Map<String, String> variables) {
        return new Tracing(
                switch (TraceSettings.of(variables)) {
                    case TraceSettings.Asked.ForNothing() -> Optional.empty();
                    case TraceSettings.Asked.For(TraceSettings settings) -> to(settings);
                    case TraceSettings.Asked.ForWhatIsNotThere(String why) -> {
                        LOG.warn("event=no-traces reason=\"{}\"", why);
                        yield Optional.empty();
                    }
                });
    }

    private static Optional<Traces> to(TraceSettings settings) {
        try {
            return Optional.of(Traces.to(settings));
        } catch (IllegalArgumentException e) {
            LOG.warn("event=no-traces reason=\"{}\"", e.getMessage());
            return Optional.empty();
        }
    }

    Report stage(String repository, Supplier<Report> advance) {
        return traces.isPresent() ? traces.get().stage(repository, advance) : advance.get();
    }

    Agents around(Agents agents) {
        return traces.map(t -> t.around(agents)).orElse(agents);
    }

    @Override
    public void close() {
        traces.ifPresent(Traces::close);
    }
}
