package dev.pawl.app;

import dev.pawl.actions.EventReader;
import dev.pawl.agent.process.Isolation;
import dev.pawl.domain.policy.IsolationRule;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.secret.Secrets;
import dev.pawl.domain.text.StateText;
import dev.pawl.engine.Settings;
import dev.pawl.forge.github.GitHubSettings;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The runner's variables and the action's inputs, read once (docs.github.com, "Variables reference"; inputs arrive as
 * {@code INPUT_<NAME>} with hyphens kept); and what else comes from outside.
 *
 * @param variables the process's environment
 * @param surroundings clock, chance and sleep
 */
public record Environment(Map<String, String> variables, Surroundings surroundings) {
    public Environment {
        variables = Map.copyOf(variables);
    }

    /** On this machine. */
    public Environment(Map<String, String> variables) {
        this(variables, Surroundings.ofMachine());
    }

    /** The variables that a runner would set for a repository, made of those of a laptop. */
    Environment onLaptop(String repository) {
        var more = new HashMap<>(variables);
        more.put("GITHUB_REPOSITORY", repository);
        variable("GITHUB_TOKEN")
                .or(() -> variable("GH_TOKEN"))
                .ifPresent(token -> more.putIfAbsent("INPUT_GITHUB-TOKEN", token));
        more.put("INPUT_CONTINUE", "none");
        return new Environment(more, surroundings);
    }

    /** With another variable. */
    Environment with(String name, String value) {
        var more = new HashMap<>(variables);
        more.put(name, value);
        return new Environment(more, surroundings);
    }

    /** A variable; empty where it isn't set or blank. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name))
                .filter(v -> !v.isBlank())
                .map(String::strip);
    }

    /** An input; empty where it isn't set or blank. */
    public Optional<String> input(String name) {
        return variable("INPUT_" + name.toUpperCase(Locale.ROOT));
    }

    /** Whether we run on GitHub Actions. */
    public boolean onActions() {
        return variable("GITHUB_ACTIONS").filter("true"::equals).isPresent();
    }

    /** A variable that must be there. */
    public String required(String name) {
        return variable(name)
                .orElseThrow(() -> new UsageError("The variable " + name
                        + " isn't set. Pawl runs in a GitHub Actions step," + " or with --repo and --issue."));
    }

    /** The token, from the input. */
    public String token() {
        return input("github-token")
                .orElseThrow(
                        () -> new UsageError(
                                "No token: set the input `github-token` in the step, or the variable GITHUB_TOKEN on a laptop."));
    }

    /** The secrets among the variables and inputs: whatever a name says is one. */
    public Secrets secrets() {
        return Secrets.of(variables);
    }

    /** The policy's path. */
    public String policyPath() {
        return input("policy").orElse(Settings.POLICY_PATH);
    }

    /** The REST API's address. */
    public URI api() {
        return address("GITHUB_API_URL", "https://api.github.com");
    }

    /** The address of the GraphQL API. */
    public URI graphql() {
        return address("GITHUB_GRAPHQL_URL", GitHubSettings.graphqlOf(api()).toString());
    }

    /** The address of web pages and git. */
    public URI server() {
        return address("GITHUB_SERVER_URL", "https://github.com");
    }

    private URI address(String name, String otherwise) {
        String text = variable(name).orElse(otherwise);
        try {
            URI uri = URI.create(text);
            boolean usable =
                    uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
            if (usable) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new UsageError("The variable " + name + " is no address.", e);
        }
        throw new UsageError("The variable " + name + " is no address.");
    }

    /** A number; empty where it isn't set or isn't one. */
    public OptionalLong number(String name) {
        return variable(name)
                .filter(v -> v.length() <= 18 && v.chars().allMatch(Character::isDigit))
                .map(v -> OptionalLong.of(Long.parseLong(v)))
                .orElse(OptionalLong.empty());
    }

    /** The input {@code bot-id}. */
    public OptionalLong botId() {
        Optional<String> given = input("bot-id");
        OptionalLong id = number("INPUT_BOT-ID");
        if (given.isPresent() && id.isEmpty()) {
            throw new UsageError("The input `bot-id` is a numeric account id, such as 41898282.");
        }
        return id;
    }

    /** The input {@code stage}. */
    public Optional<StageKind> stage() {
        Optional<String> word = input("stage");
        Optional<StageKind> stage = word.flatMap(StageKind::parse).filter(StageKind::available);
        if (word.isPresent() && stage.isEmpty()) {
            throw new UsageError("The input `stage` names no stage of this version, such as implement.");
        }
        return stage;
    }

    /** The input {@code issue}. */
    public Optional<String> issue() {
        Optional<String> number = input("issue");
        if (number.isPresent() && EventReader.number(number.get()).isEmpty()) {
            throw new UsageError("The input `issue` is an issue's number, such as 42.");
        }
        return number;
    }

    /** The input {@code dry-run}. */
    public boolean dryRun() {
        return yes("dry-run", false);
    }

    /** The input {@code continue}: whether we call ourselves for the next stage. */
    public boolean dispatches() {
        return switch (input("continue").orElse("dispatch")) {
            case "dispatch" -> true;
            case "none" -> false;
            default -> throw new UsageError("The input `continue` is `dispatch` or `none`.");
        };
    }

    private boolean yes(String name, boolean otherwise) {
        return switch (input(name).orElse(Boolean.toString(otherwise)).toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new UsageError("The input `" + name + "` is `true` or `false`.");
        };
    }

    /** The default branch, where the event tells: its runs are on the default branch. */
    public Optional<String> defaultBranch() {
        boolean onDefault =
                switch (variable("GITHUB_EVENT_NAME").orElse("")) {
                    case "issues",
                            "issue_comment",
                            "schedule",
                            "repository_dispatch",
                            "workflow_run",
                            "check_suite",
                            "check_run" -> true;
                    default -> false;
                };
        return onDefault
                ? variable("GITHUB_REF")
                        .filter(r -> r.startsWith("refs/heads/"))
                        .map(r -> r.substring(11))
                : Optional.empty();
    }

    /** The workflow run that we are. */
    public Optional<StateText.Invocation> invocation() {
        OptionalLong run = number("GITHUB_RUN_ID");
        Optional<String> repository = variable("GITHUB_REPOSITORY");
        return run.isPresent() && repository.isPresent()
                ? Optional.of(new StateText.Invocation(
                        run.getAsLong(), server() + "/" + repository.get() + "/actions/runs/" + run.getAsLong()))
                : Optional.empty();
    }

    /**
     * The file of the workflow that we run in: {@code GITHUB_WORKFLOW_REF} without the folder before it and the ref behind it
     * (docs.github.com, "Variables reference").
     */
    public Optional<String> workflow() {
        return variable("GITHUB_WORKFLOW_REF")
                .map(ref -> ref.substring(0, Math.max(0, ref.lastIndexOf('@'))))
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .filter(file -> !file.isEmpty());
    }

    /** A folder of ours for this invocation's files. */
    public Path scratch() {
        return Path.of(variable("RUNNER_TEMP").orElse(System.getProperty("java.io.tmpdir")));
    }

    /**
     * Where agents' sessions are kept from one run to the next: the variable {@code PAWL_SESSIONS}, else below the runner's
     * temporary folder, else where programs keep their state. Empty when they aren't.
     */
    public Optional<Path> sessions() {
        Optional<String> asked = variable("PAWL_SESSIONS");
        if (asked.isPresent()) {
            return asked.filter(word -> !word.equals("off"))
                    .map(folder -> absolute(folder)
                            .orElseThrow(() -> new UsageError(
                                    "The variable PAWL_SESSIONS is a folder's absolute path, or `off`.")));
        }
        if (onActions()) {
            return variable("RUNNER_TEMP").flatMap(Environment::absolute).map(temp -> temp.resolve("pawl-sessions"));
        }
        return variable("XDG_STATE_HOME")
                .flatMap(Environment::absolute)
                .or(() -> variable("HOME").flatMap(Environment::absolute).map(home -> home.resolve(".local/state")))
                .map(state -> state.resolve("pawl/sessions"));
    }

    private static Optional<Path> absolute(String path) {
        try {
            return Optional.of(Path.of(path)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** What holds of isolation where we are, whatever a policy says: the image requires it. */
    public IsolationRule isolationRule() {
        return variable("PAWL_ISOLATION")
                .map(word -> IsolationRule.parse(word)
                        .orElseThrow(
                                () -> new UsageError("The variable PAWL_ISOLATION is `required` or `best-effort`.")))
                .orElse(IsolationRule.BEST_EFFORT);
    }

    /** What keeps agents apart from us here. */
    Isolation isolation(Supplier<Path> scratch) {
        return new Isolation(
                new Isolation.Place(variables, scratch, Path.of("/etc/passwd")),
                InstantSource.system(),
                Wiring.nonces());
    }

    /** Why no agent may start here, under a policy's rules; empty where one may. */
    Optional<String> unsafe(Isolation isolation, Policy policy) {
        return isolation.under(isolationRule().stricter(policy.isolation())) instanceof Isolation.Ground.Refused refused
                ? Optional.of(refused.why() + " " + refused.todo())
                : Optional.empty();
    }

    /** The runner's checkout. */
    public Optional<Path> workspace() {
        return variable("GITHUB_WORKSPACE").map(Path::of);
    }
}
