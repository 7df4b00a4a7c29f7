package dev.pawl.app.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An engine for tests: knows what it was started with, and acts through the API as the real one does. */
abstract class FakeEngine implements EngineProcess {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What it was started with, in order. */
    final List<Start> starts = new ArrayList<>();

    /** What it does, by event and action; returns its exit code. */
    abstract int act(String occasion, Call call) throws IOException;

    @Override
    public Ended run(Start start) {
        starts.add(start);
        try {
            var payload = JSON.readTree(Files.readString(Path.of(of(start, "GITHUB_EVENT_PATH"))));
            String occasion = of(start, "GITHUB_EVENT_NAME") + "."
                    + payload.path("action").asText();
            return new Ended(act(occasion, new Call(start)), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String of(Start start, String name) {
        return Map.copyOf(start.environment()).getOrDefault(name, "");
    }

    /** What an invocation can do. */
    record Call(Start start) {
        void says(String outputs) throws IOException {
            Files.writeString(Path.of(of(start, "GITHUB_OUTPUT")), outputs);
        }

        void complains(String errors) throws IOException {
            Files.writeString(start.errors(), errors);
        }

        /** Posts; single quotes stand for double quotes. */
        JsonNode posts(String path, String body) throws IOException {
            String repository = of(start, "GITHUB_API_URL") + "/repos/" + of(start, "GITHUB_REPOSITORY");
            var request = HttpRequest.newBuilder(URI.create(repository + path))
                    .header("Authorization", "Bearer " + of(start, "INPUT_GITHUB-TOKEN"))
                    .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                    .build();
            try {
                HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() >= 300) {
                    throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
                }
                return answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        void comments(String body) throws IOException {
            posts("/issues/1/comments", "{'body':'" + body + "'}");
        }

        void continues() throws IOException {
            posts("/dispatches", "{'event_type':'pawl','client_payload':{'issue':1,'hop':1}}");
        }

        void opensPullRequest() throws IOException {
            String base = of(start, "GITHUB_SHA");
            String tree = posts(
                            "/git/trees",
                            "{'base_tree':'" + base + "','tree':[{'path':'NEW.md','mode':'100644','type':'blob',"
                                    + "'content':'new\\n'}]}")
                    .path("sha")
                    .asText();
            String commit = posts(
                            "/git/commits",
                            "{'message':'docs: add a file','tree':'" + tree + "','parents':['" + base + "']}")
                    .path("sha")
                    .asText();
            posts("/git/refs", "{'ref':'refs/heads/pawl/1-x','sha':'" + commit + "'}");
            posts("/pulls", "{'title':'Add a file','head':'pawl/1-x','base':'main','body':'Closes #1.'}");
        }
    }
}
