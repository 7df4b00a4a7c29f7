package dev.pawl.app.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.util.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
    private static final Map<String, String> OURS =
            Map.of("PATH", "/usr/bin:/bin", "SECRET", "hush", "MODEL_KEY", "k-1", "GITHUB_TOKEN", "ghp_x");

    @TempDir
    Path folder = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private Rehearsal rehearsal(EngineProcess engine, Ink ink, String typed) {
        var screen = Screen.of(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                new StringReader(typed),
                ink);
        return new Rehearsal(engine, screen, OURS);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Label, plan that waits, approval, pull request. */
    private static final class Approved extends FakeEngine {
        @Override
        int act(String occasion, Call call) throws IOException {
            switch (occasion) {
                case "issues.opened" -> call.says("outcome=nothing\nreason=Nobody asked.\n");
                case "issues.labeled" -> {
                    call.says("outcome=advanced\nstage=triage\nstate=ready\nreason=triage: ready\ncost-usd=0.25\n");
                    call.continues();
                }
                case "repository_dispatch.pawl" -> {
                    call.comments("<!-- pawl:plan v1 -->\\n### Plan\\n\\nDo **it**.");
                    call.says("outcome=waiting\nstage=plan\nstate=waiting-on-human\nreason=plan: waiting\n");
                }
                case "issue_comment.created" -> {
                    call.opensPullRequest();
                    call.says("outcome=advanced\nstage=open_pr\nstate=waiting-on-review\nreason=opened\n");
                }
                default -> throw new AssertionError(occasion);
            }
            return 0;
        }
    }

    @Test
    void aWalkIsToldFromTheIssueToThePullRequest() {
        boolean reached = rehearsal(new Approved(), Ink.PLAIN, "").run(Options.of(Scenario.FEATURE), false);

        assertThat(reached).isTrue();
        String untimed = printed().replaceAll(" +[0-9]+\\.[0-9] s", " T").replaceAll("-{20,}", "----");
        assertThat(untimed).isEqualTo("""
            Rehearsal on an embedded GitHub: workflow feature, repository octo/shop

            event                       stage          outcome      requests     time  result
            @author opens issue #1: feat: a discount on the whole basket
            issues (opened)             -              nothing             0 T  Nobody asked.
            @maintainer adds the label pawl
            issues (labeled)            triage         advanced            1 T  ready
            repository_dispatch (pawl)  plan           waiting             1 T  waiting
            @maintainer comments /pawl approve
            issue_comment (created)     open_pr        advanced            4 T  opened

            ----
            #1 feat: a discount on the whole basket
            open, labels: pawl

            @author
              `./basket.sh --discount 10` should take ten percent off the total.

              - a coat of 10.00 costs 9.00
              - without the option everything stays as it is

            @github-actions[bot]
              Plan

              Do it.

            @maintainer
              /pawl approve

            ----
            Pull request #2 Add a file
            pawl/1-x into main

            @github-actions[bot]
              Closes #1.

              docs: add a file

            NEW.md (added, +1 -0)
            @@ -0,0 +1 @@
            +new

            ----
            Pull request #2 is open and waits for a review.
            4 invocations, 6 API requests, T, $0.25

            What next
              pawl sandbox --workflow research   a question that ends in a report
              pawl sandbox --policy FILE         a policy of your own
              pawl sandbox --repository .        a copy of your own project
              docs/getting-started.md            the first real label
            """);
        assertThat(untimed).isASCII().doesNotContain("\u001b");
    }

    @Test
    void aTerminalHasColoursAndTakesItsProgressBack() {
        rehearsal(new Approved(), new Ink(true, true), "").run(Options.of(Scenario.FEATURE), false);

        assertThat(printed())
                .contains("\u001b[32madvanced   \u001b[0m")
                .contains("issues (opened) \u2026\u001b[0m\r\u001b[2K")
                .contains("\u001b[32m+new\u001b[0m");
    }

    @Test
    void programsReadOneObjectPerInvocationAndOneAtTheEnd() throws IOException {
        rehearsal(new Approved(), Ink.PLAIN, "").run(Options.of(Scenario.FEATURE), true);

        List<String> lines = printed().lines().toList();
        assertThat(lines).hasSize(5);
        JsonNode second = new ObjectMapper().readTree(lines.get(1));
        assertThat(second.path("event").asText()).isEqualTo("issues");
        assertThat(second.path("stage").asText()).isEqualTo("triage");
        JsonNode end = new ObjectMapper().readTree(lines.getLast());
        assertThat(end.path("reached").asBoolean()).isTrue();
        assertThat(end.path("pull_request").path("files").path(0).path("path").asText())
                .isEqualTo("NEW.md");
        assertThat(end.path("issue").path("comments")).hasSize(2);
    }

    @Test
    void theEngineGetsTheRunnersVariablesAndNoOthers() {
        var engine = new Approved();

        rehearsal(engine, Ink.PLAIN, "").run(Options.of(Scenario.FEATURE), false);

        Map<String, String> variables = engine.starts.get(1).environment();
        assertThat(variables.keySet())
                .containsExactlyInAnyOrder(
                        "PATH",
                        "LANG",
                        "HOME",
                        "GITHUB_ACTIONS",
                        "GITHUB_EVENT_NAME",
                        "GITHUB_EVENT_PATH",
                        "GITHUB_REPOSITORY",
                        "GITHUB_REPOSITORY_ID",
                        "GITHUB_API_URL",
                        "GITHUB_GRAPHQL_URL",
                        "GITHUB_SERVER_URL",
                        "GITHUB_WORKSPACE",
                        "GITHUB_RUN_ID",
                        "GITHUB_RUN_ATTEMPT",
                        "GITHUB_ACTOR",
                        "GITHUB_TRIGGERING_ACTOR",
                        "GITHUB_SHA",
                        "GITHUB_REF",
                        "GITHUB_WORKFLOW_REF",
                        "RUNNER_TEMP",
                        "PAWL_SESSIONS",
                        "GITHUB_OUTPUT",
                        "GITHUB_STEP_SUMMARY",
                        "INPUT_GITHUB-TOKEN",
                        "INPUT_POLICY",
                        "INPUT_ISSUE",
                        "INPUT_STAGE",
                        "INPUT_AGENT",
                        "INPUT_CONTINUE",
                        "INPUT_DRY-RUN",
                        "INPUT_STATE-KEY",
                        "INPUT_BOT-ID");
        assertThat(variables)
                .containsEntry("GITHUB_EVENT_NAME", "issues")
                .containsEntry("GITHUB_ACTOR", "maintainer")
                .containsEntry("GITHUB_REF", "refs/heads/main")
                .containsEntry("INPUT_POLICY", ".github/pawl.yml")
                .containsEntry("INPUT_AGENT", "")
                .containsEntry("INPUT_CONTINUE", "dispatch");
        assertThat(engine.starts.get(2).environment()).containsEntry("GITHUB_ACTOR", "github-actions[bot]");
    }

    @Test
    void theCheckoutIsShallowAndHoldsNoCredentials() {
        var seen = new StringBuilder();
        var engine = new FakeEngine() {
            @Override
            int act(String occasion, Call call) throws IOException {
                Path workspace = call.start().workspace();
                assertThat(workspace.resolve(".git/shallow")).exists();
                assertThat(Files.isExecutable(workspace.resolve("tools/agent"))).isTrue();
                assertThat(workspace.resolve(".gitignore")).hasContent("reports/");
                seen.append(Files.readString(workspace.resolve(".git/config")));
                return 0;
            }
        };

        rehearsal(engine, Ink.PLAIN, "").run(Options.of(Scenario.BUG), false);

        assertThat(seen).contains("octo/shop.git").doesNotContain("ghs_").doesNotContain("x-access-token");
    }

    @Test
    void anEngineThatBreaksOffIsQuoted() {
        var engine = new FakeEngine() {
            @Override
            int act(String occasion, Call call) throws IOException {
                call.complains("first\n\u001b[31mpolicy:3: unknown key\n");
                return 78;
            }
        };

        boolean reached = rehearsal(engine, Ink.PLAIN, "").run(Options.of(Scenario.BUG), false);

        assertThat(reached).isFalse();
        assertThat(engine.starts).hasSize(1);
        assertThat(printed())
                .contains("exit 78")
                .contains("  | first\n  | [31mpolicy:3: unknown key\n")
                .contains("The engine ended with exit code 78 on issues (opened).\n");
    }

    @Test
    void anEngineThatCallsItselfForEverIsStopped() {
        var engine = new FakeEngine() {
            @Override
            int act(String occasion, Call call) throws IOException {
                call.continues();
                return 0;
            }
        };

        boolean reached = rehearsal(engine, Ink.PLAIN, "").run(Options.of(Scenario.BUG), false);

        assertThat(reached).isFalse();
        assertThat(engine.starts).hasSize(Walk.MOST_INVOCATIONS);
        assertThat(printed()).contains("The walk stopped after 40 invocations");
    }

    @Test
    void aWalkThatStopsSaysWhereAndWhy() {
        var engine = new FakeEngine() {
            @Override
            int act(String occasion, Call call) throws IOException {
                call.says(
                        occasion.equals("issues.labeled")
                                ? "outcome=blocked\nstage=implement\nstate=blocked\nreason=implement: 3 of 3 attempts\n"
                                : "outcome=nothing\n");
                return 0;
            }
        };

        boolean reached = rehearsal(engine, Ink.PLAIN, "").run(Options.of(Scenario.BUG), false);

        assertThat(reached).isFalse();
        assertThat(printed())
                .contains("The walk stopped at the stage implement (blocked): implement: 3 of 3 attempts\n");
    }

    @Test
    void theAuthorAnswersQuestions() {
        var engine = new FakeEngine() {
            @Override
            int act(String occasion, Call call) throws IOException {
                call.says(
                        occasion.equals("issues.labeled")
                                ? "outcome=waiting\nstage=clarify\nstate=needs-clarification\n"
                                : "outcome=blocked\nstage=clarify\nstate=blocked\n");
                return 0;
            }
        };

        rehearsal(engine, Ink.PLAIN, "").run(Options.of(Scenario.VAGUE), false);

        assertThat(printed()).contains("@author answers the questions\nissue_comment (created)");
        assertThat(engine.starts.getLast().environment()).containsEntry("GITHUB_ACTOR", "author");
    }

    @Test
    void stepWaitsBeforeEachInvocationAndEndOfInputIsGoOn() {
        var options = new Options(Scenario.FEATURE, Optional.empty(), Optional.empty(), Optional.empty(), true, false);

        rehearsal(new Approved(), Ink.PLAIN, "\n\n").run(options, false);

        assertThat(errors.toString(StandardCharsets.UTF_8))
                .startsWith("Enter starts the invocation for issues (opened) ")
                .endsWith("Enter starts the invocation for issue_comment (created) \n");
    }

    @Test
    void whatIsNotKeptIsGone() throws IOException {
        var engine = new Approved();
        rehearsal(engine, Ink.PLAIN, "").run(Options.of(Scenario.FEATURE), false);
        assertThat(engine.starts.getFirst().workspace()).doesNotExist();

        var options = new Options(Scenario.FEATURE, Optional.empty(), Optional.empty(), Optional.empty(), false, true);
        rehearsal(engine, Ink.PLAIN, "").run(options, false);
        Path kept = engine.starts.getLast().workspace();
        assertThat(kept).exists();
        Path named =
                Path.of(printed().split("is kept in ", 2)[1].lines().findFirst().orElseThrow());
        assertThat(kept).startsWith(named);
        FileUtils.delete(named.toFile(), FileUtils.RECURSIVE);
    }

    @Test
    void anOwnProjectIsCopiedWithItsPolicyAndItsAgentGetsWhatThePolicyNames() throws Exception {
        Path project = folder.resolve("mine");
        Files.createDirectories(project.resolve(".github"));
        Files.writeString(
                project.resolve(".github/pawl.yml"),
                "start: {label: go}\nagents: {m: {kind: command, run: [m], env: [MODEL_KEY]}}\n");
        Files.write(project.resolve("logo.bin"), new byte[] {0, (byte) 0xff, 13, 10});
        Files.writeString(project.resolve("build.sh"), "#!/bin/sh\n");
        assertThat(project.resolve("build.sh").toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(project.resolve("link"), Path.of("build.sh"));
        Files.writeString(project.resolve("untracked"), "mine alone");
        try (Git git = Git.init().setDirectory(project.toFile()).call()) {
            git.add()
                    .addFilepattern(".github")
                    .addFilepattern("logo.bin")
                    .addFilepattern("build.sh")
                    .addFilepattern("link")
                    .call();
        }
        var seen = new StringBuilder();
        var engine = new FakeEngine() {
            @Override
            int act(String occasion, Call call) throws IOException {
                Path workspace = call.start().workspace();
                assertThat(workspace.resolve("logo.bin")).hasBinaryContent(new byte[] {0, (byte) 0xff, 13, 10});
                assertThat(Files.isExecutable(workspace.resolve("build.sh"))).isTrue();
                assertThat(Files.readSymbolicLink(workspace.resolve("link"))).isEqualTo(Path.of("build.sh"));
                assertThat(workspace.resolve("untracked")).doesNotExist();
                seen.append(Files.readString(workspace.resolve(".github/pawl.yml")));
                return 0;
            }
        };
        var options = new Options(
                Scenario.BUG,
                Optional.empty(),
                Optional.of(project),
                Optional.of(List.of("my-agent", "x y")),
                false,
                false);

        rehearsal(engine, Ink.PLAIN, "").run(options, false);

        assertThat(seen).contains("rehearsal:").contains("x y");
        assertThat(engine.starts.getFirst().environment())
                .containsEntry("INPUT_AGENT", "rehearsal")
                .containsEntry("MODEL_KEY", "k-1")
                .doesNotContainKeys("SECRET", "GITHUB_TOKEN");
        assertThat(printed()).contains("@maintainer adds the label go");
    }
}
