package dev.pawl.app.rehearsal;

import dev.pawl.sandbox.world.WebhookEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The variables that an invocation gets (section 1 of the protocol), and no others: nothing of the user's environment but
 * {@code PATH}, and what the policy names for the user's own agent.
 *
 * @param scene where the walk takes place
 * @param agent the input {@code agent}
 * @param ours the user's environment
 * @param passed the names of the user's variables that pass
 */
record RunnerEnvironment(Scene scene, Optional<String> agent, Map<String, String> ours, List<String> passed) {
    private static final List<String> RESERVED = List.of("GITHUB_", "INPUT_", "RUNNER_", "ACTIONS_");

    RunnerEnvironment {
        ours = Map.copyOf(ours);
        passed = List.copyOf(passed);
    }

    /** The variables for the run of an event. */
    Map<String, String> of(WebhookEvent event, long run, RunnerPlace place) {
        var variables = new HashMap<String, String>();
        for (String name : passed) {
            String value = ours.get(name);
            if (value != null && RESERVED.stream().noneMatch(name.toUpperCase(Locale.ROOT)::startsWith)) {
                variables.put(name, value);
            }
        }
        // The image's own part: without a locale of UTF-8 a JVM can't name every file.
        variables.put("PATH", ours.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin"));
        variables.put("LANG", "C.UTF-8");
        github(variables, event, run);
        files(variables, place);
        inputs(variables);
        return variables;
    }

    private void github(Map<String, String> variables, WebhookEvent event, long run) {
        String repository = scene.repository().fullName();
        variables.put("GITHUB_ACTIONS", "true");
        variables.put("GITHUB_EVENT_NAME", event.name());
        variables.put("GITHUB_REPOSITORY", repository);
        variables.put("GITHUB_REPOSITORY_ID", Long.toString(scene.repository().id()));
        variables.put("GITHUB_API_URL", scene.github().apiUrl());
        variables.put("GITHUB_GRAPHQL_URL", scene.github().graphqlUrl());
        variables.put("GITHUB_SERVER_URL", scene.github().serverUrl());
        variables.put("GITHUB_RUN_ID", Long.toString(run));
        variables.put("GITHUB_RUN_ATTEMPT", "1");
        variables.put("GITHUB_ACTOR", event.sender());
        variables.put("GITHUB_TRIGGERING_ACTOR", event.sender());
        variables.put("GITHUB_SHA", scene.repository().ref("refs/heads/main").orElseThrow());
        variables.put("GITHUB_REF", "refs/heads/main");
        variables.put("GITHUB_WORKFLOW_REF", repository + "/.github/workflows/pawl.yml@refs/heads/main");
    }

    private static void files(Map<String, String> variables, RunnerPlace place) {
        variables.put("GITHUB_EVENT_PATH", place.event().toString());
        variables.put("GITHUB_WORKSPACE", place.workspace().toString());
        variables.put("GITHUB_OUTPUT", place.output().toString());
        variables.put("GITHUB_STEP_SUMMARY", place.summary().toString());
        variables.put("RUNNER_TEMP", place.temporary().toString());
        variables.put("HOME", place.home().toString());
        // As if a cache carried it from job to job.
        variables.put("PAWL_SESSIONS", place.folder().resolveSibling("sessions").toString());
    }

    /** All declared inputs appear, those without a value as empty ones. */
    private void inputs(Map<String, String> variables) {
        variables.put("INPUT_GITHUB-TOKEN", scene.github().actionsToken());
        variables.put("INPUT_POLICY", Project.POLICY);
        variables.put("INPUT_ISSUE", "");
        variables.put("INPUT_STAGE", "");
        variables.put("INPUT_AGENT", agent.orElse(""));
        variables.put("INPUT_CONTINUE", "dispatch");
        variables.put("INPUT_DRY-RUN", "false");
        variables.put("INPUT_STATE-KEY", "");
        variables.put("INPUT_BOT-ID", "");
    }
}
