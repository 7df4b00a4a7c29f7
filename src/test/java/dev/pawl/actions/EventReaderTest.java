package dev.pawl.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.decide.Trigger;
import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Issue;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.StageKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of events, row for row (docs.github.com, "Webhook events and payloads"). */
class EventReaderTest {
    private static final String SENDER = "\"sender\":{\"id\":7,\"login\":\"mona\",\"type\":\"User\"}";
    private static final String REPOSITORY = "\"repository\":{\"id\":99}";
    private static final Actor MONA = new Actor(7, "mona", Actor.Kind.USER);

    private static final String ISSUE = "\"issue\":{\"number\":42,\"labels\":[{\"name\":\"bug\"},{\"name\":\"pawl\"}]}";
    private static final Optional<List<String>> LABELS = Optional.of(List.of("bug", "pawl"));
    private static final String PULL = "\"pull_request\":{\"number\":43}";

    /** What a row of the table leads to. */
    private record Row(String event, String action, String fields, Trigger trigger) {}

    private static Stream<Arguments> rows() {
        var rows = new ArrayList<Row>();
        for (String action : List.of(
                "opened",
                "edited",
                "labeled",
                "unlabeled",
                "assigned",
                "reopened",
                "closed",
                "typed",
                "deleted",
                "transferred")) {
            var touched = new Trigger.IssueTouched(42, action, MONA, Optional.empty(), LABELS, Optional.empty());
            rows.add(new Row("issues", action, ISSUE, touched));
        }
        rows.add(new Row(
                "issues",
                "labeled",
                "\"issue\":{\"number\":42,\"updated_at\":\"2026-11-21T07:00:00Z\"},\"label\":{\"name\":\"pawl\"}",
                new Trigger.IssueTouched(
                        42,
                        "labeled",
                        MONA,
                        Optional.of("pawl"),
                        Optional.empty(),
                        Optional.of(Instant.parse("2026-11-21T07:00:00Z")))));
        rows.add(new Row(
                "issues",
                "opened",
                "\"issue\":{\"number\":42,\"updated_at\":\"yesterday\"}",
                new Trigger.IssueTouched(42, "opened", MONA, Optional.empty(), Optional.empty(), Optional.empty())));
        for (String action : List.of("created", "edited")) {
            rows.add(new Row(
                    "issue_comment",
                    action,
                    ISSUE,
                    new Trigger.Commented(42, false, MONA, OptionalLong.empty(), LABELS)));
            rows.add(new Row(
                    "issue_comment",
                    action,
                    ISSUE + ",\"comment\":{\"id\":9001,\"user\":{\"id\":" + MONA.id() + "}}",
                    new Trigger.Commented(42, false, MONA, OptionalLong.of(9001), LABELS)));
            rows.add(new Row(
                    "issue_comment",
                    action,
                    ISSUE + ",\"comment\":{\"id\":9001,\"user\":{\"id\":41898282}}",
                    new Trigger.Commented(42, false, MONA, OptionalLong.empty(), LABELS)));
            rows.add(new Row(
                    "issue_comment",
                    action,
                    "\"issue\":{\"number\":43,\"labels\":[],\"pull_request\":{\"url\":\"\"}}",
                    new Trigger.Commented(43, true, MONA, OptionalLong.empty(), Optional.of(List.of()))));
        }
        String shown =
                ISSUE.replace("}]}", "}],\"title\":\"T\",\"body\":null,\"updated_at\":\"2026-03-01T12:00:00Z\"}");
        var seen = Optional.of(new Trigger.Shown(Issue.textHash("T", ""), Instant.parse("2026-03-01T12:00:00Z")));
        rows.add(new Row(
                "issues",
                "labeled",
                shown,
                new Trigger.IssueTouched(
                        42, "labeled", MONA, Optional.empty(), LABELS, seen.map(Trigger.Shown::at), seen)));
        rows.add(new Row(
                "issue_comment",
                "created",
                shown + ",\"comment\":{\"updated_at\":\"2026-03-01T12:00:00Z\"}",
                new Trigger.Commented(42, false, MONA, OptionalLong.empty(), LABELS, seen)));
        rows.add(new Row(
                "issue_comment",
                "created",
                shown,
                new Trigger.Commented(42, false, MONA, OptionalLong.empty(), LABELS)));
        var pull = new Trigger.PullTouched(43, MONA);
        for (String action :
                List.of("closed", "reopened", "synchronize", "ready_for_review", "converted_to_draft", "labeled")) {
            var touched = new Trigger.PullTouched(43, MONA, action.equals("reopened"));
            rows.add(new Row("pull_request", action, PULL, touched));
            rows.add(new Row("pull_request_target", action, PULL, touched));
        }
        rows.add(new Row("pull_request_review", "submitted", PULL, pull));
        rows.add(new Row("pull_request_review", "dismissed", PULL, pull));
        rows.add(new Row("pull_request_review_comment", "created", PULL, pull));

        var checks = new Trigger.ChecksDone(Optional.of("pawl/42-x"), Optional.empty());
        String head = "{\"head_branch\":\"pawl/42-x\"}";
        rows.add(new Row("workflow_run", "completed", "\"workflow_run\":" + head, checks));
        rows.add(new Row("check_suite", "completed", "\"check_suite\":" + head, checks));
        rows.add(new Row("check_run", "completed", "\"check_run\":{\"check_suite\":" + head + "}", checks));
        rows.add(new Row(
                "check_suite",
                "completed",
                "\"check_suite\":{\"head_branch\":null,\"head_sha\":\"" + "a".repeat(40) + "\"}",
                new Trigger.ChecksDone(Optional.empty(), Optional.of(new Sha("a".repeat(40))))));
        rows.add(new Row(
                "check_suite",
                "completed",
                "\"check_suite\":{\"head_branch\":null,\"head_sha\":\"main\"}",
                new Trigger.ChecksDone(Optional.empty(), Optional.empty())));
        String branches = ",\"branches\":[{\"name\":\"pawl/42-x\"}]";
        for (String state : List.of("success", "failure", "error")) {
            rows.add(new Row("status", "", "\"state\":\"" + state + "\"" + branches, checks));
        }
        rows.add(new Row(
                "status",
                "",
                "\"state\":\"success\",\"branches\":[{\"name\":\"main\"},{\"name\":\"pawl/42-x\"}]",
                checks));
        rows.add(new Row(
                "status",
                "",
                "\"state\":\"success\",\"branches\":[]",
                new Trigger.ChecksDone(Optional.empty(), Optional.empty())));

        rows.add(new Row("push", "", "\"ref\":\"refs/heads/main\"", new Trigger.Pushed("refs/heads/main")));
        rows.add(new Row("schedule", "", "\"schedule\":\"17 * * * *\"", new Trigger.Sweep()));

        for (String inputs : List.of("null", "{}", "{\"issue\":\"\"}", "{\"issue\":\" \"}", "{\"issue\":null}")) {
            rows.add(new Row("workflow_dispatch", "", "\"inputs\":" + inputs, new Trigger.Sweep()));
        }
        rows.add(byHand("\"issue\":\"42\"", Optional.empty()));
        rows.add(byHand("\"issue\":42", Optional.empty()));
        rows.add(byHand("\"issue\":\"42\",\"stage\":\"\"", Optional.empty()));
        rows.add(byHand("\"issue\":\"42\",\"stage\":\"open_pr\"", Optional.of(StageKind.OPEN_PR)));

        for (String payload : List.of("{\"issue\":42,\"hop\":3}", "{\"issue\":\"42\",\"hop\":\"3\"}")) {
            rows.add(continued("pawl", payload, new Trigger.Continued(42, 3)));
        }
        for (String hop :
                List.of("", ",\"hop\":0", ",\"hop\":-1", ",\"hop\":null", ",\"hop\":1e99", ",\"hop\":\"03\"")) {
            rows.add(continued("pawl", "{\"issue\":42" + hop + "}", new Trigger.Continued(42, Integer.MAX_VALUE)));
        }
        return rows.stream().map(r -> Arguments.of(r.event(), r.action(), r.fields(), r.trigger()));
    }

    private static Row byHand(String inputs, Optional<StageKind> stage) {
        return new Row("workflow_dispatch", "", "\"inputs\":{" + inputs + "}", new Trigger.Dispatched(42, stage, MONA));
    }

    private static Row continued(String type, String payload, Trigger trigger) {
        return new Row("repository_dispatch", type, "\"client_payload\":" + payload, trigger);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aRowOfTheTable(String event, String action, String fields, Trigger expected) {
        assertThat(read(event, payload(action, fields))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "issues|milestoned",
                "issues|unassigned",
                "issues|OPENED",
                "issues|",
                "issue_comment|deleted",
                "pull_request|opened",
                "pull_request|unlabeled",
                "pull_request_review|edited",
                "pull_request_review_comment|deleted",
                "pull_request_review_thread|resolved",
                "workflow_run|requested",
                "workflow_run|in_progress",
                "check_suite|requested",
                "check_run|created",
                "repository_dispatch|pawl-jira",
                "repository_dispatch|somebody-else",
                "discussion|created",
                "label|created",
                "release|published",
                "an event : with\todd %0A name|x"
            })
    void anythingElseIsNotOurs(String event, String action) {
        String all = ISSUE + "," + PULL + ",\"client_payload\":{\"issue\":42,\"hop\":1}";

        assertThat(read(event, payload(Optional.ofNullable(action).orElse(""), all)))
                .isInstanceOf(Trigger.NotOurs.class);
    }

    @Test
    void aPendingStatusIsNotOurs() {
        assertThat(read("status", payload("", "\"state\":\"pending\",\"branches\":[{\"name\":\"pawl/42-x\"}]")))
                .isInstanceOf(Trigger.NotOurs.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"42", "\"42\"", "2147483647", "\"999999999\""})
    void aNumberIsANumberOrItsCanonicalText(String number) {
        assertThat(read("pull_request", payload("closed", "\"pull_request\":{\"number\":" + number + "}")))
                .isEqualTo(new Trigger.PullTouched(Integer.parseInt(number.replace("\"", "")), MONA));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "4.2",
                "42.0",
                "1e2",
                "1e99",
                "2147483648",
                "99999999999999999999",
                "null",
                "true",
                "[]",
                "[42]",
                "{}",
                "\"\"",
                "\" 42\"",
                "\"042\"",
                "\"+42\"",
                "\"-42\"",
                "\"4_2\"",
                "\"0x2a\"",
                "\"٤٢\"",
                "\"1e2\"",
                "\"1000000000\"",
                "\"42\\n\"",
                "\"#42\""
            })
    @DisplayName("SEC-26 anything else is no number")
    void anythingElseIsNoNumber(String odd) {
        String issue = "\"issue\":{\"number\":" + odd + "}";
        assertThat(read("issues", payload("opened", issue))).isInstanceOf(Trigger.NotOurs.class);
        assertThat(read("issue_comment", payload("created", issue))).isInstanceOf(Trigger.NotOurs.class);
        assertThat(read("pull_request", payload("closed", "\"pull_request\":{\"number\":" + odd + "}")))
                .isInstanceOf(Trigger.NotOurs.class);
        assertThat(read("repository_dispatch", payload("pawl", "\"client_payload\":{\"issue\":" + odd + "}")))
                .isInstanceOf(Trigger.NotOurs.class);
    }

    /** Whoever names an issue, if badly, doesn't want another one advanced. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "4.2", "1e99", "true", "[42]", "{}", "\"042\"", "\"#42\"", "\"all\""})
    void aRunByHandForNoIssueIsNoSweep(String odd) {
        assertThat(read("workflow_dispatch", payload("", "\"inputs\":{\"issue\":" + odd + "}")))
                .isInstanceOf(Trigger.NotOurs.class);
    }

    /** Whoever asks for a stage, if badly, doesn't want another one run. */
    @ParameterizedTest
    @ValueSource(strings = {"\"implment\"", "\"MERGE\"", "\"learn\"", "7", "[\"plan\"]"})
    void aRunByHandForNoStageOfThisVersionIsNotOurs(String odd) {
        assertThat(read("workflow_dispatch", payload("", "\"inputs\":{\"issue\":\"42\",\"stage\":" + odd + "}")))
                .isInstanceOf(Trigger.NotOurs.class);
    }

    @Test
    void theActionsInputsComeFirst() {
        var reader = new EventReader(OptionalLong.of(99), Optional.of("5"), Optional.of(StageKind.PLAN));

        assertThat(reader.read("workflow_dispatch", payload("", "\"inputs\":{\"issue\":\"42\",\"stage\":\"open_pr\"}")))
                .isEqualTo(new Trigger.Dispatched(5, Optional.of(StageKind.PLAN), MONA));
        assertThat(reader.read("schedule", payload("", "\"schedule\":\"\""))).isEqualTo(new Trigger.Sweep());
        assertThat(reader.read("pull_request", payload("closed", PULL))).isEqualTo(new Trigger.PullTouched(43, MONA));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "\"mona\"",
                "{\"id\":7}",
                "{\"login\":\"mona\"}",
                "{\"id\":0,\"login\":\"mona\"}",
                "{\"id\":-1,\"login\":\"mona\"}",
                "{\"id\":7,\"login\":null}"
            })
    @DisplayName("SEC-33 nobody is not ours")
    void nobodyIsNotOurs(String sender) {
        String nobody = "\"sender\":" + sender;
        String rest = ISSUE + "," + PULL + ",\"inputs\":{\"issue\":\"42\"}," + nobody + "}";
        assertThat(read("issues", "{\"action\":\"opened\"," + rest)).isInstanceOf(Trigger.NotOurs.class);
        assertThat(read("issue_comment", "{\"action\":\"created\"," + rest)).isInstanceOf(Trigger.NotOurs.class);
        assertThat(read("pull_request", "{\"action\":\"closed\"," + rest)).isInstanceOf(Trigger.NotOurs.class);
        assertThat(read("workflow_dispatch", "{" + rest)).isInstanceOf(Trigger.NotOurs.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"Bot\"", "\"Organization\"", "\"user\"", "\"\"", "null", "7"})
    void whoIsNoUserIsABot(String type) {
        String sender = "\"sender\":{\"id\":7,\"login\":\"mona\",\"type\":" + type + "}";

        assertThat(read("pull_request", "{\"action\":\"closed\"," + PULL + "," + sender + "}"))
                .isEqualTo(new Trigger.PullTouched(43, new Actor(7, "mona", Actor.Kind.BOT)));
    }

    @Test
    void anotherRepositorysEventIsNotOurs() {
        String theirs = payload("opened", ISSUE).replace(REPOSITORY, "\"repository\":{\"id\":100}");

        assertThat(read("issues", theirs)).isInstanceOf(Trigger.NotOurs.class);
        assertThat(read("push", theirs)).isInstanceOf(Trigger.NotOurs.class);
        assertThat(new EventReader(OptionalLong.empty(), Optional.empty(), Optional.empty()).read("issues", theirs))
                .isInstanceOf(Trigger.IssueTouched.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "7", "\"text\"", "{", "{\"action\":", "<html>", "\u0000", "{'a':1}"})
    void whatIsNoObjectIsNotOurs(String payload) {
        assertThat(read("issues", payload)).isInstanceOf(Trigger.NotOurs.class);
        assertThat(read("schedule", payload)).isInstanceOf(Trigger.NotOurs.class);
    }

    private static String payload(String action, String fields) {
        String first = action.isEmpty() ? "" : "\"action\":\"" + action + "\",";
        return "{" + first + fields + "," + REPOSITORY + "," + SENDER + "}";
    }

    private static Trigger read(String event, String payload) {
        return new EventReader(OptionalLong.of(99), Optional.empty(), Optional.empty()).read(event, payload);
    }
}
