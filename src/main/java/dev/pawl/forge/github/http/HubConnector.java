package dev.pawl.forge.github.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohsuke.github.connector.GitHubConnector;
import org.kohsuke.github.connector.GitHubConnectorRequest;
import org.kohsuke.github.connector.GitHubConnectorResponse;

/**
 * Lets hub4j speak through our transport. hub4j sees 2xx answers only; everything else passes it by as {@link Refusal},
 * {@link UnknownOutcome} or a failure, so that it neither retries nor sleeps nor rewords. Its own headers are dropped:
 * ours carry the token.
 */
public final class HubConnector implements GitHubConnector {
    private final Transport transport;

    /** A connector on that transport. */
    public HubConnector(Transport transport) {
        this.transport = transport;
    }

    @Override
    public GitHubConnectorResponse send(GitHubConnectorRequest request) throws IOException {
        Call.Method method = Wire.method(request.method()).orElseThrow(() -> new IOException("not a method of ours"));
        Call call = new Call(method, request.url().toString(), body(request));
        Answer answer = transport.send(call);
        if (!answer.ok()) {
            throw new Refusal(call, answer);
        }
        return new Response(request, answer);
    }

    private static Optional<String> body(GitHubConnectorRequest request) throws IOException {
        InputStream body = request.hasBody() ? request.body() : null;
        return body == null ? Optional.empty() : Optional.of(new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }

    private static final class Response extends GitHubConnectorResponse {
        private final String body;

        Response(GitHubConnectorRequest request, Answer answer) {
            super(request, answer.status(), headers(answer));
            this.body = answer.json().isMissingNode() ? "" : answer.json().toString();
        }

        private static Map<String, List<String>> headers(Answer answer) {
            return answer.headers().map();
        }

        @Override
        protected InputStream rawBodyStream() {
            return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {}
    }
}
