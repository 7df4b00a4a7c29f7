package dev.pawl.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The model behind the real agents: {@code .ci/agents.d/model-server.py}, on a port of this machine. */
final class ScriptedModel implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final String address;

    ScriptedModel() {
        try {
            process = new ProcessBuilder(List.of("python3", ".ci/agents.d/model-server.py"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            address = "http://127.0.0.1:" + out.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens, such as {@code http://127.0.0.1:4711}. */
    String address() {
        return address;
    }

    /** What it does from now on; forgets the requests so far. */
    ScriptedModel plays(String mode) {
        send(HttpRequest.newBuilder(URI.create(address + "/__mode"))
                .POST(HttpRequest.BodyPublishers.ofString(mode))
                .build());
        return this;
    }

    /** The requests since then, as JSON. */
    String requests() {
        return send(HttpRequest.newBuilder(URI.create(address + "/__log")).build());
    }

    private String send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        http.close();
    }
}
