package dev.pawl.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.domain.report.Checkup;
import dev.pawl.domain.report.Finding;
import dev.pawl.forge.github.http.Answer;
import dev.pawl.forge.github.http.Call;
import dev.pawl.forge.github.http.RestClient;
import dev.pawl.forge.github.http.TokenScopes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Looks at a repository with the token that Pawl would have: what can be read is read, and what can't be seen is said.
 * Nothing is written.
 */
public final class RepositoryChecks {
    private static final String AREA = "repository";
    private static final String WORKFLOWS = ".github/workflows";
    private static final int MOST_WORKFLOWS = 20;

    private final GitHubConnection github;

    /** Looks through that connection. Asks nothing yet. */
    public RepositoryChecks(GitHubConnection github) {
        this.github = github;
    }

    /**
     * Looks at the repository and its settings.
     *
     * @return whether its files can be read
     * @throws dev.pawl.domain.port.ForgeFailure when GitHub can't be reached
     */
    public boolean look(Checkup checkup) {
        checkup.looks("asking GitHub");
        Answer answer = github.transport().send(Call.get(github.path("")));
        if (!answer.ok()) {
            checkup.finds(unseen(answer));
            return false;
        }
        checkup.finds(seen(answer.json()));
        checkup.finds(token(answer));
        boolean files = readable(checkup);
        if (files) {
            checkup.finds(workflow());
        }
        checkup.finds(pullRequests());
        return files;
    }

    private String name() {
        return github.settings().owner() + "/" + github.settings().name();
    }

    private Finding unseen(Answer answer) {
        return switch (answer.status()) {
            case 401 ->
                Finding.problem(
                        AREA,
                        "access",
                        "GitHub doesn't accept the token.",
                        "Make a new one, or look whether it is over or was cut when it was copied.");
            case 404 ->
                Finding.problem(
                        AREA,
                        "access",
                        "There is no repository " + name() + ", or the token may not see it.",
                        "Look at the name, and at the repositories that the token is for.");
            default ->
                Finding.problem(
                        AREA,
                        "access",
                        "GitHub doesn't show " + name() + ": " + said(answer) + ".",
                        "See what the message asks for, such as single sign-on for the token.");
        };
    }

    private static String said(Answer answer) {
        return answer.said().isEmpty() ? "status " + answer.status() : answer.said();
    }

    private Finding seen(JsonNode repository) {
        String facts = name() + " is there; its default branch is "
                + repository.path("default_branch").asText("unknown") + ".";
        if (repository.path("archived").asBoolean()) {
            return Finding.problem(AREA, "access", name() + " is archived: nothing can be written.", "Unarchive it.");
        }
        return repository.path("has_issues").asBoolean(true)
                ? Finding.ok(AREA, "access", facts)
                : Finding.problem(
                        AREA,
                        "access",
                        name() + " has no issues.",
                        "Turn them on in the repository's settings, General, Features.");
    }

    /**
     * What may be written can be told of two kinds of tokens only: a person's role, and the scopes of a classic token (docs.github.com,
     * "Scopes for OAuth apps"). For all others only trying would tell.
     */
    private static Finding token(Answer answer) {
        JsonNode push = answer.json().path("permissions").path("push");
        Optional<TokenScopes> scopes = TokenScopes.of(answer);
        boolean isPrivate = answer.json().path("private").asBoolean();
        if (push.isBoolean() && !push.asBoolean()) {
            return Finding.problem(
                    AREA,
                    "token",
                    "The token's account may not push.",
                    "Give it the role Write, or use another account's token.");
        }
        if (scopes.isPresent()) {
            return classic(scopes.get(), isPrivate);
        }
        return Finding.note(
                AREA,
                "token",
                push.asBoolean()
                        ? "The token's account may push; what the token itself may write can't be seen."
                        : "What the token may write can't be seen.",
                "See that it has contents: write, issues: write and pull-requests: write.");
    }

    private static Finding classic(TokenScopes scopes, boolean isPrivate) {
        if (!scopes.write(isPrivate)) {
            return Finding.problem(
                    AREA,
                    "token",
                    "The token's scopes are " + scopes.text() + ": it can't write here.",
                    "Make a fine-grained one for this repository, or one with the scope repo.");
        }
        String needless = scopes.needless().isEmpty()
                ? "."
                : ", and Pawl has no use for " + String.join(", ", scopes.needless()) + ".";
        return Finding.note(
                AREA,
                "token",
                "The token may push. It is a classic one, so it reaches every repository of its account" + needless,
                "Use the job's own token, a GitHub App's, or a fine-grained one for this repository alone.");
    }

    private boolean readable(Checkup checkup) {
        var wanted = new LinkedHashMap<String, String>();
        wanted.put("/contents", "contents");
        wanted.put("/issues?per_page=1", "issues");
        wanted.put("/pulls?per_page=1", "pull-requests");
        wanted.put("/actions/runs?per_page=1", "actions");
        var missing = new ArrayList<String>();
        wanted.forEach((target, permission) -> {
            int status = github.transport().send(Call.get(github.path(target))).status();
            // 404 is also what an empty repository says of its contents.
            if (status == 403 || (status == 404 && !permission.equals("contents"))) {
                missing.add(permission);
            }
        });
        boolean onlyActions = missing.equals(List.of("actions"));
        checkup.finds(
                missing.isEmpty()
                        ? Finding.ok(AREA, "reading", "The token reads contents, issues, pull requests and runs.")
                        : onlyActions
                                ? Finding.note(
                                        AREA,
                                        "reading",
                                        "The token can't read workflow runs.",
                                        "With actions: read, Pawl takes over from a run that died at once, not when"
                                                + " its lease ends.")
                                : Finding.problem(
                                        AREA,
                                        "reading",
                                        "The token can't read: " + String.join(", ", missing) + ".",
                                        "Give it contents: write, issues: write, pull-requests: write and actions:"
                                                + " read."));
        return !missing.contains("contents");
    }

    private Finding workflow() {
        List<String> files = listed();
        for (String file : files) {
            Optional<String> text = github.rest()
                    .find(github.path("/contents/" + WORKFLOWS + "/" + RestClient.segment(file)))
                    .map(RepositoryChecks::content);
            if (text.filter(RepositoryChecks::runsPawl).isPresent()) {
                return Finding.ok(AREA, "workflow", WORKFLOWS + "/" + file + " runs Pawl.");
            }
        }
        return Finding.problem(
                AREA,
                "workflow",
                files.isEmpty()
                        ? "There is no workflow on the default branch."
                        : "No workflow on the default branch runs Pawl.",
                "Copy the workflow from the README to " + WORKFLOWS + "/pawl.yml.");
    }

    /** The workflows' files, those that name Pawl first. */
    private List<String> listed() {
        JsonNode folder = github.rest()
                .find(github.path("/contents/" + WORKFLOWS))
                .map(Answer::json)
                .orElseGet(RestClient::object);
        return StreamSupport.stream(folder.spliterator(), false)
                .map(entry -> entry.path("name").asText(""))
                .filter(name -> name.endsWith(".yml") || name.endsWith(".yaml"))
                .sorted(Comparator.comparing((String name) -> !name.contains("pawl"))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST_WORKFLOWS)
                .toList();
    }

    private static String content(Answer answer) {
        String packed = answer.json().path("content").asText("");
        return new String(Base64.getMimeDecoder().decode(packed), StandardCharsets.UTF_8);
    }

    private static boolean runsPawl(String workflow) {
        return Arrays.stream(workflow.split("\n"))
                .map(String::strip)
                .filter(line -> !line.startsWith("#"))
                .anyMatch(line -> line.contains("pawl")
                        && (line.contains("uses:") || line.contains("run:") || line.contains("advance")));
    }

    /**
     * The setting without which {@code GITHUB_TOKEN} opens no pull request; only administrators may read it
     * (docs.github.com, REST API, "Get default workflow permissions for a repository").
     */
    private Finding pullRequests() {
        String where = "Settings, Actions, General, Workflow permissions";
        Answer answer = github.transport().send(Call.get(github.path("/actions/permissions/workflow")));
        JsonNode allowed = answer.json().path("can_approve_pull_request_reviews");
        if (!answer.ok() || !allowed.isBoolean()) {
            return Finding.note(
                    AREA,
                    "pull-requests",
                    "Whether GitHub Actions may create pull requests can't be seen with this token.",
                    "Look at " + where + ".");
        }
        return allowed.asBoolean()
                ? Finding.ok(AREA, "pull-requests", "GitHub Actions may create pull requests.")
                : Finding.problem(
                        AREA,
                        "pull-requests",
                        "GitHub Actions may not create pull requests.",
                        "Allow it: " + where + ". The token of a GitHub App needs no such setting.");
    }
}
