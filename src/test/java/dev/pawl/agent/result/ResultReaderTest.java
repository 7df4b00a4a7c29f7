package dev.pawl.agent.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.pawl.domain.model.Readiness;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.AgentSession;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.state.FailureKind;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("SEC-22")
class ResultReaderTest {
    private static final String OK = "\"version\":1,\"status\":\"ok\",\"summary\":\"s\"";
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    /** Stage, result, and the complaint; without a complaint the result is good. */
    static Stream<Arguments> corpus() {
        return Stream.of(
                of("triage", "{" + OK + ",\"verdict\":{\"readiness\":\"ready\",\"reason\":\"r\"}}", ""),
                of("triage", "{" + OK + "}", "/verdict: expected, but missing"),
                of("triage", "{" + OK + ",\"verdict\":null}", "/verdict: expected an object"),
                of(
                        "triage",
                        "{" + OK + ",\"verdict\":{\"readiness\":\"done\",\"reason\":\"r\"}}",
                        "/verdict/readiness: expected one of ready, needs-clarification, blocked, duplicate,"
                                + " out-of-scope, in-progress, waiting-on-dependency"),
                of(
                        "triage",
                        "{" + OK + ",\"verdict\":{\"readiness\":\"ready\",\"reason\":\"r\",\"priority\":0}}",
                        "/verdict/priority: expected at least 1"),
                of(
                        "triage",
                        "{" + OK + ",\"verdict\":{\"readiness\":\"ready\",\"reason\":\"r\",\"priority\":1.5}}",
                        "/verdict/priority: expected an integer"),
                of(
                        "triage",
                        "{\"stage\":\"merge\",\"approve\":true}",
                        "/version: expected, but missing",
                        "/status: expected, but missing",
                        "/summary: expected, but missing",
                        "/: unknown field stage, expected only " + ALL,
                        "/: unknown field approve, expected only " + ALL),
                of("triage", "{\"version\":1,\"status\":\"failed\",\"summary\":\"no\"}", ""),
                of(
                        "triage",
                        "{" + OK
                                + ",\"plan\":\"of another stage\",\"verdict\":{\"readiness\":\"blocked\",\"reason\":\"r\"}}",
                        ""),
                of("implement", "{" + OK + "}", ""),
                of("implement", "[]", "/: expected an object"),
                of("implement", "\"ok\"", "/: expected an object"),
                of("implement", "{\"version\":2,\"status\":\"ok\",\"summary\":\"\"}", "/version: expected 1"),
                of("implement", "{\"version\":\"1\",\"status\":\"ok\",\"summary\":\"\"}", "/version: expected 1"),
                of(
                        "implement",
                        "{\"version\":1,\"status\":\"done\",\"summary\":\"\"}",
                        "/status: expected one of ok, needs_input, failed"),
                of("implement", "{\"version\":1,\"status\":\"ok\",\"summary\":7}", "/summary: expected a string"),
                of("implement", "{" + OK + ",\"<!-- x -->\":1}", "/: unknown field, expected only " + ALL),
                of("implement", "{" + OK + ",\"commit\":{\"type\":\"fix\",\"subject\":\"s\",\"scope\":\"a/b\"}}", ""),
                of(
                        "implement",
                        "{" + OK + ",\"commit\":{\"type\":\"fix\",\"subject\":\"a\\nb\"}}",
                        "/commit/subject: expected one line in the imperative, without the type"),
                of(
                        "implement",
                        "{" + OK + ",\"commit\":{\"type\":\"fix\",\"subject\":\"" + "s".repeat(101) + "\"}}",
                        "/commit/subject: expected at most 100 characters"),
                of(
                        "implement",
                        "{" + OK + ",\"commit\":{\"type\":\"fix\",\"subject\":\"" + "🙂".repeat(100) + "\"}}",
                        ""),
                of(
                        "implement",
                        "{" + OK + ",\"commit\":{\"type\":\"Fix!\",\"subject\":\"s\"}}",
                        "/commit/type: expected a conventional type such as fix or feat"),
                of("implement", "{" + OK + ",\"replies\":[{\"id\":\"F1\",\"text\":\"done\"}],\"learned\":[\"l\"]}", ""),
                of("implement", "{" + OK + ",\"replies\":[{\"id\":\"F1\"}]}", "/replies/0/text: expected, but missing"),
                of(
                        "implement",
                        "{" + OK + ",\"session\":\"a b\"}",
                        "/session: expected a session id of letters, digits and ._:=+/@-"),
                of("implement", "{" + OK + ",\"usage\":{\"cost_usd\":-0.01}}", "/usage/cost_usd: expected at least 0"),
                of(
                        "implement",
                        "{" + OK + ",\"usage\":{\"cost_usd\":1e400}}",
                        "/usage/cost_usd: expected at most 1000000"),
                of(
                        "implement",
                        "{" + OK + ",\"usage\":{\"input_tokens\":-1}}",
                        "/usage/input_tokens: expected at least 0"),
                of(
                        "implement",
                        "{" + OK + ",\"usage\":{\"turns\":99999999999999999999}}",
                        "/usage/turns: expected at most 1000000"),
                of("implement", "{" + OK + ",\"usage\":{\"model\":\"m\\n\"}}", "/usage/model: expected a model's name"),
                of(
                        "implement",
                        "{\"version\":1,\"status\":\"needs_input\",\"summary\":\"\"}",
                        "/questions: expected, but missing"),
                of(
                        "implement",
                        "{\"version\":1,\"status\":\"needs_input\",\"summary\":\"\",\"questions\":[]}",
                        "/questions: expected at least 1 items"),
                of(
                        "implement",
                        "{\"version\":1,\"status\":\"needs_input\",\"summary\":\"\",\"questions\":[{\"text\":\"q\"}]}",
                        ""),
                of("clarify", "{" + OK + "}", ""),
                of("clarify", "{" + OK + ",\"questions\":[]}", ""),
                of("clarify", "{" + OK + ",\"questions\":[{\"text\":\"q\"}]}", "/questions: expected at most 0 items"),
                of("plan", "{" + OK + "}", "/plan: expected, but missing"),
                of("plan", plan(""), "/plan/tasks: expected at least 1 items"),
                of("plan", plan(task("T1", "implement")), ""),
                of("plan", plan(task("T1", "deploy")), "/plan/tasks/0/kind: expected one of implement, test, review"),
                of("plan", plan(task("T 1", "test")), "/plan/tasks/0/id: expected a word of letters, digits and ._-"),
                of(
                        "plan",
                        plan(String.join(",", Collections.nCopies(51, task("T1", "test")))),
                        "/plan/tasks: expected at most 50 items"),
                of("plan", plan(files("src/a..b/c.py", ".github/x")), ""),
                of(
                        "plan",
                        plan(files("/etc/passwd")),
                        "/plan/tasks/0/files/0: expected a path relative to the work tree"),
                of(
                        "plan",
                        plan(files("a/../../b")),
                        "/plan/tasks/0/files/0: expected a path relative to the work tree"),
                of("plan", plan(files("a\\\\b")), "/plan/tasks/0/files/0: expected a path relative to the work tree"),
                of("plan", plan(files("a\\n")), "/plan/tasks/0/files/0: expected a path relative to the work tree"),
                of("review", "{" + OK + ",\"findings\":[]}", ""),
                of("review", "{" + OK + "}", "/findings: expected, but missing"),
                of(
                        "review",
                        "{" + OK
                                + ",\"findings\":[{\"severity\":\"blocking\",\"text\":\"t\",\"file\":\"a.py\",\"line\":3}]}",
                        ""),
                of(
                        "review",
                        "{" + OK + ",\"findings\":[{\"severity\":\"major\",\"text\":\"t\"}]}",
                        "/findings/0/severity: expected one of blocking, minor"),
                of(
                        "review",
                        "{" + OK + ",\"findings\":[{\"severity\":\"minor\",\"text\":\"\"}]}",
                        "/findings/0/text: expected some text"),
                of(
                        "review",
                        "{" + OK + ",\"findings\":[" + "{\"severity\":\"minor\",\"text\":\"t\"},".repeat(100) + "{}]}",
                        "/findings: expected at most 100 items"),
                of("open_pr", "{" + OK + ",\"pull_request\":{\"title\":\"t\",\"body\":\"b\",\"risk\":\"low\"}}", ""),
                of(
                        "open_pr",
                        "{" + OK + ",\"pull_request\":{\"title\":\"t\",\"body\":\"b\",\"risk\":\"none\"}}",
                        "/pull_request/risk: expected one of low, medium, high"),
                of("open_pr", "{" + OK + "}", "/pull_request: expected, but missing"),
                of("research", "{" + OK + "}", ""),
                of("research", "{\"version\":1,\"status\":\"ok\",\"summary\":\"\"}", "/report: expected, but missing"),
                of("research", "{\"version\":1,\"status\":\"ok\",\"summary\":\"\",\"report\":\"r\"}", ""),
                of("summarize", "{" + OK + "}", "/report: expected, but missing"),
                of("summarize", "{" + OK + ",\"report\":\"" + "r".repeat(60_000) + "\"}", ""),
                of(
                        "summarize",
                        "{" + OK + ",\"report\":\"" + "r".repeat(60_001) + "\"}",
                        "/report: expected at most 60000 characters"),
                of(
                        "summarize",
                        "{\"version\":1,\"status\":\"ok\",\"summary\":\"" + "s".repeat(16_385) + "\",\"report\":\"r\"}",
                        "/summary: expected at most 16384 characters"));
    }

    private static final String ALL =
            "commit, error, findings, learned, plan, pull_request, questions, replies, report, session, status, summary,"
                    + " usage, verdict, version";

    @ParameterizedTest(name = "{0} {2} {1}")
    @MethodSource("corpus")
    void theSchemaAndTheReaderAgree(StageKind stage, String result, List<String> complaints) throws Exception {
        boolean valid = FACTORY.getSchema(ResultSchemas.of(stage))
                .validate(StrictJson.mapper().readTree(result))
                .isEmpty();

        assertThat(valid).as("by the reference validator").isEqualTo(complaints.isEmpty());
        switch (ResultReader.read(result, stage)) {
            case ResultReader.Reading.WellFormed w -> assertThat(complaints).isEmpty();
            case ResultReader.Reading.Malformed m -> assertThat(m.complaints()).isEqualTo(complaints);
        }
    }

    @Test
    void twoTasksOfOneIdAreRefusedThoughTheSchemaCantSayIt() {
        assertThat(complaints(plan(task("T1", "test") + "," + task("T1", "review")), StageKind.PLAN))
                .containsExactly("/plan/tasks/1/id: expected an id that no other task has");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"version\":1,\"status\":\"ok\",\"summary\":\"cut o",
                "{\"version\":1,\"version\":1,\"status\":\"ok\",\"summary\":\"\"}",
                "{\"version\":1,\"status\":\"ok\",\"summary\":\"\",\"usage\":{\"turns\":1,\"turns\":2}}",
                "{\"version\":1,\"status\":\"ok\",\"summary\":\"\"} {}",
                "{\"version\":1,\"status\":\"ok\",\"summary\":\"\"} done",
                "```json\n{\"version\":1,\"status\":\"ok\",\"summary\":\"\"}\n```",
                "{'version':1}",
                "{\"version\":1,\"status\":\"ok\",\"summary\":\"\",}",
                "{\"version\":1,\"status\":\"ok\",\"summary\":\"\"} // done",
                "{\"version\":NaN}",
            })
    void whatIsNotStrictJsonIsRefusedWithoutRepeatingIt(String text) {
        assertThat(complaints(text, StageKind.IMPLEMENT))
                .singleElement()
                .asString()
                .matches("/: expected one JSON object without repeated keys; see (it is empty|line \\d+, column \\d+)");
    }

    @Test
    void depthIsBounded() {
        String deep = "{\"version\":1,\"plan\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThat(complaints(deep, StageKind.TRIAGE)).hasSize(1);
    }

    @Test
    void complaintsAreBounded() {
        var many = new StringBuilder("{" + OK);
        for (int i = 0; i < 1000; i++) {
            many.append(",\"x").append(i).append("\":1");
        }
        assertThat(complaints(many.append('}').toString(), StageKind.IMPLEMENT)).hasSize(20);
    }

    @Test
    void everyFieldArrives() {
        var read = wellFormed("""
                {"version": 1, "status": "ok", "summary": "s", "session": "abc-1", "learned": ["l"],
                 "verdict": {"readiness": "waiting-on-dependency", "type": "bug", "priority": 2, "reason": "r"},
                 "commit": "belongs to another stage",
                 "usage": {"model": "m-1", "input_tokens": 10, "output_tokens": 2, "cost_usd": 0.0000001, "turns": 3}}
                """, StageKind.TRIAGE);

        assertThat(read.usage()).isEqualTo(new Usage(Optional.of("m-1"), 10, 2, Usd.ofMicros(1), 3));
        assertThat(read.result())
                .isEqualTo(new AgentResult(
                        AgentResult.Status.OK,
                        new Untrusted("s"),
                        List.of(),
                        Optional.of(new AgentResult.Verdict(
                                Readiness.WAITING_ON_DEPENDENCY,
                                Optional.of("bug"),
                                OptionalInt.of(2),
                                new Untrusted("r"))),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new Untrusted("l")),
                        AgentSession.named(Optional.of("abc-1")),
                        read.result().source()));
        assertThat(read.result().source().raw()).startsWith("{\"version\":1,\"status\":\"ok\",");
    }

    @ParameterizedTest
    @CsvSource({
        "turn-limit, TURN_LIMIT",
        "tool-denied, TOOL_DENIED",
        "provider-limit, PROVIDER_LIMIT",
        "provider-outage, PROVIDER_OUTAGE",
        "agent-crash, AGENT_CRASH",
        "access, ACCESS",
        "bug, AGENT_RESULT",
        "policy, AGENT_RESULT",
        "forge-outage, AGENT_RESULT",
        "tired, AGENT_RESULT",
    })
    void anAgentMaySayWhyItFailedButNotInOurName(String word, FailureKind kind) {
        var read = wellFormed(
                "{\"version\":1,\"status\":\"failed\",\"summary\":\"s\",\"error\":{\"kind\":\"" + word
                        + "\",\"message\":\"m\",\"retry_at\":\"2026-01-31T12:00:00+01:00\"}}",
                StageKind.IMPLEMENT);

        assertThat(read.failure())
                .contains(new ResultReader.Failure(kind, Optional.of(Instant.parse("2026-01-31T11:00:00Z"))));
    }

    @Test
    void anUnreadableTimeIsNone() {
        var read = wellFormed(
                "{\"version\":1,\"status\":\"failed\",\"summary\":\"s\",\"error\":{\"kind\":\"provider-limit\",\"message\":\"m\",\"retry_at\":\"soon\"}}",
                StageKind.IMPLEMENT);

        assertThat(read.failure()).contains(new ResultReader.Failure(FailureKind.PROVIDER_LIMIT, Optional.empty()));
    }

    private static ResultReader.Reading.WellFormed wellFormed(String text, StageKind stage) {
        assertThat(ResultReader.read(text, stage)).isInstanceOf(ResultReader.Reading.WellFormed.class);
        return (ResultReader.Reading.WellFormed) ResultReader.read(text, stage);
    }

    private static List<String> complaints(String text, StageKind stage) {
        assertThat(ResultReader.read(text, stage)).isInstanceOf(ResultReader.Reading.Malformed.class);
        return ((ResultReader.Reading.Malformed) ResultReader.read(text, stage)).complaints();
    }

    private static Arguments of(String stage, String result, String... complaints) {
        return Arguments.of(
                StageKind.parse(stage).orElseThrow(),
                result,
                Stream.of(complaints).filter(c -> !c.isEmpty()).toList());
    }

    private static String plan(String tasks) {
        return "{" + OK + ",\"plan\":{\"approach\":\"a\",\"tasks\":[" + tasks + "],\"criteria\":[]}}";
    }

    private static String task(String id, String kind) {
        return "{\"id\":\"" + id + "\",\"title\":\"t\",\"kind\":\"" + kind + "\"}";
    }

    private static String files(String... files) {
        return "{\"id\":\"T1\",\"title\":\"t\",\"kind\":\"test\",\"files\":[\"" + String.join("\",\"", files) + "\"]}";
    }
}
