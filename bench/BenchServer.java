import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.app.Pawl;
import dev.pawl.git.IsolatedSystemReader;
import dev.pawl.sandbox.Person;
import dev.pawl.sandbox.SandboxGitHub;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.SandboxRepository;
import dev.pawl.sandbox.Snapshot;
import dev.pawl.sandbox.http.Exchange;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.http.Incoming;
import dev.pawl.sandbox.world.Role;
import dev.pawl.sandbox.world.WebhookEvent;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/**
 * The benchmark's GitHub, in a process of its own: an embedded GitHub for each world, kept as it is just before the measured
 * invocation and put back before each run. Reads one command a line and answers each with one line of JSON: {@code world
 * NAME}, {@code reset NAME}, {@code report NAME}, {@code record NAME FILE}.
 */
public final class BenchServer {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The only argument is a folder for git repositories, checkouts and scripts. */
    public static void main(String[] arguments) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err);
        IsolatedSystemReader.install();
        var folder = Path.of(arguments[0]);
        var places = new HashMap<String, Place>();
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ", 3);
            JsonNode answer =
                    switch (words[0]) {
                        case "world" -> {
                            places.put(words[1], Place.of(words[1], Files.createDirectories(folder.resolve(words[1]))));
                            yield places.get(words[1]).told();
                        }
                        case "reset" -> places.get(words[1]).reset();
                        case "report" -> places.get(words[1]).report();
                        case "record" -> Recording.write(places.get(words[1]).seen, Path.of(words[2]));
                        default -> throw new IllegalArgumentException(line);
                    };
            answers.println(JSON.writeValueAsString(answer));
            answers.flush();
        }
        places.values().forEach(place -> place.github.close());
    }

    /** A world, and what was asked of it since it was last put back. */
    private static final class Place {
        private static final String REPOSITORY = "octo/shop";
        private static final Set<String> UNHEARD = Set.of("label", "create", "delete", "push");

        /** Each stage has an agent of its own that only prints its answer: one shell, no other process. */
        private static final String POLICY =
                """
                agents:
                  plan: {kind: command, run: [sh, FOLDER/plan.sh]}
                  implement: {kind: command, run: [sh, FOLDER/implement.sh]}
                  review: {kind: command, run: [sh, FOLDER/review.sh]}
                  open_pr: {kind: command, run: [sh, FOLDER/open_pr.sh]}
                roles: {plan: plan, implement: implement, review: review, open_pr: open_pr}
                validation:
                  commands:
                    - {name: test, run: [sh, ./test.sh]}
                """;

        private static final Map<String, String> ANSWERS = Map.of(
                "plan",
                "\"plan\":{\"approach\":\"Correct the sum.\",\"tasks\":[{\"id\":\"T1\",\"title\":\"Correct sum.txt\","
                        + "\"kind\":\"implement\"}],\"criteria\":[\"The test passes.\"]}",
                "implement",
                "\"commit\":{\"type\":\"fix\",\"subject\":\"correct the sum\"}",
                "review",
                "\"findings\":[]",
                "open_pr",
                "\"pull_request\":{\"title\":\"Correct the sum\",\"body\":\"It was off by one.\",\"risk\":\"low\"}");

        private final Path folder;
        private final SandboxGitHub github;
        private final SandboxRepository repository;
        private final List<Exchange> seen = new ArrayList<>();
        private final ThreadLocal<Long> came = new ThreadLocal<>();
        private final List<long[]> times = new ArrayList<>();
        private int invocations;
        private WebhookEvent event;
        private long run;
        private Snapshot kept;

        private Place(Path folder) throws IOException {
            this.folder = folder;
            for (Map.Entry<String, String> answer : ANSWERS.entrySet()) {
                String work = answer.getKey().equals("implement") ? "echo '2 + 2 = 4' > sum.txt\n" : "";
                Files.writeString(
                        folder.resolve(answer.getKey() + ".sh"),
                        work + "printf '%s' '{\"version\":1,\"status\":\"ok\",\"summary\":\"done\"," + answer.getValue()
                                + "}' > \"$PAWL_RESULT\"\n");
            }
            github = SandboxGitHub.start(folder.resolve("github"), InstantSource.system());
            repository = github.createRepository(
                    REPOSITORY,
                    Map.of(
                            "sum.txt", "2 + 2 = 5\n",
                            "test.sh", "grep -q '2 + 2 = 4' sum.txt\n",
                            ".github/pawl.yml", POLICY.replace("FOLDER", folder.toString())));
        }

        /** {@code triage-N} is a labelled issue with N comments, {@code open_pr} the same bug seven stages further. */
        static Place of(String name, Path folder) throws Exception {
            var place = new Place(folder);
            place.labelledBug(name.startsWith("triage-") ? Integer.parseInt(name.substring(7)) : 0);
            place.event = place.next().orElseThrow();
            while (name.equals("open_pr") && !place.advance().equals("review")) {
                place.event = place.next().orElseThrow();
            }
            if (name.equals("open_pr")) {
                place.event = place.next().orElseThrow();
            }
            place.run = place.repository.startsRun("pawl.yml", place.event.name());
            place.checkOut(folder.resolve("checkout"));
            place.kept = place.github.snapshot();
            place.observe();
            return place;
        }

        private void labelledBug(int comments) {
            Person maintainer = github.person("maintainer", Role.MAINTAIN);
            Person author = github.person("author", Role.READ);
            SandboxIssue issue = author.opensIssue(
                    repository, "The sum is wrong", "The file sum.txt says that 2 + 2 is 5, and it should say 4.");
            for (int i = 0; i < comments; i++) {
                var unused = author.comments(
                        issue, "I saw it once more, number " + i + ". " + "It was as before. ".repeat(10));
            }
            maintainer.labels(issue, "bug");
            github.takeEvents();
            maintainer.labels(issue, "pawl");
        }

        private Optional<WebhookEvent> next() {
            return github.takeEvents().stream()
                    .filter(e -> !UNHEARD.contains(e.name()))
                    .findFirst();
        }

        /** Runs the engine in this process, and says which stage it advanced. */
        private String advance() throws Exception {
            run = repository.startsRun("pawl.yml", event.name());
            Path place = Files.createDirectories(folder.resolve("before-" + ++invocations));
            checkOut(place.resolve("workspace"));
            Files.createDirectories(place.resolve("temp"));
            Files.writeString(place.resolve("event.json"), event.payload());
            var printed = new ByteArrayOutputStream();
            var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
            var variables = variables();
            variables.put("PATH", System.getenv("PATH"));
            variables.put("GITHUB_EVENT_PATH", place.resolve("event.json").toString());
            variables.put("GITHUB_WORKSPACE", place.resolve("workspace").toString());
            variables.put("GITHUB_OUTPUT", place.resolve("output").toString());
            variables.put("RUNNER_TEMP", place.resolve("temp").toString());
            int exit = Pawl.run(new String[0], variables, out, out);
            repository.endsRun(run, "success");
            List<String> outputs = Files.readAllLines(place.resolve("output"));
            if (exit != 0 || !outputs.contains("outcome=advanced")) {
                throw new IllegalStateException("the world can't be set up: " + outputs + "\n" + printed);
            }
            return outputs.stream()
                    .filter(line -> line.startsWith("stage="))
                    .map(line -> line.substring(6))
                    .findFirst()
                    .orElseThrow();
        }

        /** As actions/checkout does it with {@code persist-credentials: false}. */
        private void checkOut(Path workspace) throws Exception {
            var token = new UsernamePasswordCredentialsProvider("x-access-token", github.actionsToken());
            Git.cloneRepository()
                    .setURI(repository.cloneUrl())
                    .setDirectory(workspace.toFile())
                    .setBranch("refs/heads/main")
                    .setBranchesToClone(List.of("refs/heads/main"))
                    .setDepth(1)
                    .setNoTags()
                    .setCredentialsProvider(token)
                    .call()
                    .close();
        }

        /** The runner's variables but for the files, which are new for each run. */
        private Map<String, String> variables() {
            var variables = new HashMap<String, String>();
            variables.put("GITHUB_ACTIONS", "true");
            variables.put("GITHUB_EVENT_NAME", event.name());
            variables.put("GITHUB_REPOSITORY", repository.fullName());
            variables.put("GITHUB_REPOSITORY_ID", Long.toString(repository.id()));
            variables.put("GITHUB_API_URL", github.apiUrl());
            variables.put("GITHUB_GRAPHQL_URL", github.graphqlUrl());
            variables.put("GITHUB_SERVER_URL", github.serverUrl());
            variables.put("GITHUB_RUN_ID", Long.toString(run));
            variables.put("GITHUB_RUN_ATTEMPT", "1");
            variables.put("GITHUB_ACTOR", event.sender());
            variables.put("GITHUB_TRIGGERING_ACTOR", event.sender());
            variables.put("GITHUB_SHA", repository.ref("refs/heads/main").orElseThrow());
            variables.put("GITHUB_REF", "refs/heads/main");
            variables.put("GITHUB_WORKFLOW_REF", repository.fullName() + "/.github/workflows/pawl.yml@refs/heads/main");
            variables.put("INPUT_GITHUB-TOKEN", github.actionsToken());
            variables.put("INPUT_POLICY", ".github/pawl.yml");
            variables.put("INPUT_CONTINUE", "dispatch");
            variables.put("INPUT_DRY-RUN", "false");
            for (String empty : List.of("ISSUE", "STAGE", "AGENT", "STATE-KEY", "BOT-ID")) {
                variables.put("INPUT_" + empty, "");
            }
            return variables;
        }

        private void observe() {
            github.faults(new Faults() {
                @Override
                public Fate beforeApplied(Incoming request) {
                    came.set(System.nanoTime());
                    return new Fate.Proceed();
                }
            });
            github.observe(exchange -> {
                synchronized (seen) {
                    times.add(new long[] {came.get(), System.nanoTime()});
                    seen.add(exchange);
                }
            });
        }

        JsonNode told() {
            ObjectNode told = JSON.createObjectNode();
            told.put("payload", event.payload());
            told.put("checkout", folder.resolve("checkout").toString());
            told.set("variables", JSON.valueToTree(variables()));
            return told;
        }

        JsonNode reset() {
            github.restore(kept);
            synchronized (seen) {
                seen.clear();
                times.clear();
            }
            return JSON.createObjectNode();
        }

        JsonNode report() {
            ObjectNode report = JSON.createObjectNode();
            synchronized (seen) {
                ArrayNode calls = report.putArray("calls");
                seen.stream().filter(e -> !e.isGit()).map(Recording::line).forEach(calls::add);
                report.put("git", seen.stream().filter(Exchange::isGit).count());
                // Monotonic nanoseconds, which a driver on the same machine can compare with its own.
                report.set("times", JSON.valueToTree(times));
                ArrayNode lines = report.putArray("lines");
                seen.stream().map(Recording::line).forEach(lines::add);
            }
            ArrayNode labels = report.putArray("labels");
            repository.issues().getFirst().labels().forEach(labels::add);
            report.put("pulls", repository.pullRequests().size());
            return report;
        }
    }

    /**
     * The API requests of one run, for somebody else to repeat. Commits have new names in each run, so a name that a
     * response brought is written as the place where it stood: {@code {{3/object/sha}}}.
     */
    private static final class Recording {
        private static final Pattern SHA = Pattern.compile("\\b[0-9a-f]{40}\\b");

        static String line(Exchange exchange) {
            String query = exchange.query().isEmpty() ? "" : "?" + exchange.query();
            return SHA.matcher(exchange.method() + " " + exchange.path() + query)
                            .replaceAll("SHA") + " " + exchange.status();
        }

        static JsonNode write(List<Exchange> seen, Path file) throws IOException {
            ArrayNode all = JSON.createArrayNode();
            var places = new HashMap<String, String>();
            for (Exchange exchange : seen.stream().filter(e -> !e.isGit()).toList()) {
                String query = exchange.query().isEmpty() ? "" : "?" + exchange.query();
                ObjectNode one = all.addObject();
                one.put("method", exchange.method());
                one.put("path", placed(exchange.path() + query, places));
                one.put("status", exchange.status());
                if (!exchange.requestBody().isEmpty()) {
                    one.set("body", JSON.readTree(placed(exchange.requestBody(), places)));
                }
                if (exchange.responseBody().startsWith("{")
                        || exchange.responseBody().startsWith("[")) {
                    note(JSON.readTree(exchange.responseBody()), Integer.toString(all.size() - 1), places);
                }
            }
            Files.writeString(file, JSON.writeValueAsString(all));
            return JSON.createObjectNode().put("requests", all.size());
        }

        private static String placed(String text, Map<String, String> places) {
            return SHA.matcher(text)
                    .replaceAll(name -> places.containsKey(name.group())
                            ? java.util.regex.Matcher.quoteReplacement("{{" + places.get(name.group()) + "}}")
                            : name.group());
        }

        private static void note(JsonNode json, String place, Map<String, String> places) {
            if (json.isTextual() && SHA.matcher(json.textValue()).matches()) {
                places.putIfAbsent(json.textValue(), place);
            }
            json.properties().forEach(field -> note(field.getValue(), place + "/" + field.getKey(), places));
            for (int i = 0; json.isArray() && i < json.size(); i++) {
                note(json.get(i), place + "/" + i, places);
            }
        }
    }
}
