package dev.pawl.agent.acp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.Usage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said on our side, line by line. The agents' lines are what the real ones say, shortened. */
class DialogueTest {
    private static final String INITIALIZED =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":1,\"authMethods\":"
                    + "[{\"id\":\"oauth-personal\",\"name\":\"Log in\"},{\"id\":\"gemini-api-key\",\"name\":\"Key\"}]}}";
    private static final String LOGIN =
            "{\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":-32000,\"message\":\"Login\"}}";

    private final List<String> said = new ArrayList<>();
    private final List<String> next = new ArrayList<>();
    private Optional<String> model = Optional.empty();
    private Set<String> variables = Set.of("GEMINI_API_KEY");

    @Test
    void aConversationFromItsBeginningToItsEnd() {
        var dialogue = begun();
        assertThat(last())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":1,"
                        + "\"clientCapabilities\":{\"terminal\":false,\"fs\":{\"readTextFile\":false,\"writeTextFile\":false}},"
                        + "\"clientInfo\":{\"name\":\"pawl\",\"title\":\"Pawl\",\"version\":\"1\"}}}");
        assertThat(dialogue.hears(INITIALIZED)).isTrue();
        assertThat(last())
                .isEqualTo(
                        "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"session/new\",\"params\":{\"cwd\":\"/tree\",\"mcpServers\":[]}}");
        assertThat(dialogue.hears("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"sessionId\":\"s\"}}"))
                .isTrue();
        assertThat(last())
                .isEqualTo(
                        "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"session/prompt\",\"params\":{\"sessionId\":\"s\","
                                + "\"prompt\":[{\"type\":\"text\",\"text\":\"Go.\"}]}}");
        next.add("Once more.");
        assertThat(dialogue.hears("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{\"stopReason\":\"end_turn\"}}"))
                .isTrue();
        assertThat(last()).contains("\"id\":4", "\"text\":\"Once more.\"");
        assertThat(dialogue.hears("{\"jsonrpc\":\"2.0\",\"id\":4,\"result\":{\"stopReason\":\"end_turn\"}}"))
                .as("goes on")
                .isFalse();

        assertThat(dialogue.report())
                .isEqualTo(new Report(
                        new Report.End.Turn(Report.StopReason.END_TURN),
                        false,
                        0,
                        false,
                        false,
                        new Usage(Optional.empty(), 0, 0, Usd.ZERO, 2)));
    }

    @Test
    void noiseAndWrongAnswersChangeNothing() {
        var dialogue = opened();

        for (String line : List.of(
                "",
                "Warning: something",
                "{",
                "[1, 2]",
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"stopReason\":\"end_turn\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{\"stopReason\":\"end_turn\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"3\",\"result\":{\"stopReason\":\"end_turn\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":3}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"some/news\",\"params\":[]}",
                "{\"jsonrpc\":\"2.0\",\"id\":" + "[".repeat(5000),
                "{\"jsonrpc\":\"2.0\",\"id\":\"" + "x".repeat(300) + "\",\"method\":\"fs/read_text_file\"}")) {
            assertThat(dialogue.hears(line)).as(line).isTrue();
        }

        assertThat(said).hasSize(3);
        assertThat(dialogue.report().end()).isEqualTo(new Report.End.Open(true));
    }

    @Test
    void requestsThatWeDontKnowAreAnsweredSo() {
        var dialogue = opened();

        dialogue.hears(
                "{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"method\":\"fs/write_text_file\",\"params\":{\"path\":\"/x\"}}");

        assertThat(last())
                .isEqualTo(
                        "{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}");
    }

    @Test
    void aLoginThatNeedsNoPersonIsTriedOnce() {
        var dialogue = begun();
        dialogue.hears(INITIALIZED);
        dialogue.hears(LOGIN);
        assertThat(last())
                .contains("\"id\":3,\"method\":\"authenticate\",\"params\":{\"methodId\":\"gemini-api-key\"}");
        dialogue.hears("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{}}");
        assertThat(last()).contains("\"id\":4,\"method\":\"session/new\"");

        assertThat(dialogue.hears(LOGIN.replace("\"id\":2", "\"id\":4"))).isFalse();
        assertThat(dialogue.report().end()).isEqualTo(new Report.End.Unsuited(Report.Why.LOGIN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'id': 'api-key'} | true",
                "{'id': 'openai-api-key'} | true",
                "{'id': 'oauth-personal'} | false",
                "{'id': 'opencode-login'} | false",
                "{'id': 'api-key', 'type': 'terminal'} | false",
                "{'id': 'x', 'type': 'env_var', 'vars': [{'name': 'GEMINI_API_KEY'}]} | true",
                "{'id': 'x', 'type': 'env_var', 'vars': [{'name': 'OTHER'}]} | false",
                "{'id': 'x', 'type': 'env_var', 'vars': [{'name': 'GEMINI_API_KEY'}, {'name': 'OTHER', 'optional': true}]} | true",
                "{'id': 'x', 'type': 'env_var'} | false"
            })
    void onlyAKeyLogsIn(String way, boolean tried) {
        var dialogue = begun();
        dialogue.hears("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":1,\"authMethods\":["
                + way.replace('\'', '"') + "]}}");

        assertThat(dialogue.hears(LOGIN)).isEqualTo(tried);
        assertThat(last().contains("\"authenticate\"")).isEqualTo(tried);
    }

    @Test
    void withoutAKeyNobodyLogsIn() {
        variables = Set.of();
        var dialogue = begun();
        dialogue.hears(INITIALIZED);

        assertThat(dialogue.hears(LOGIN)).isFalse();
    }

    @Test
    void anotherVersionOfTheProtocolIsTheEnd() {
        var dialogue = begun();

        assertThat(dialogue.hears("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":2}}"))
                .isFalse();
        assertThat(dialogue.report().end()).isEqualTo(new Report.End.Unsuited(Report.Why.VERSION));
    }

    @Test
    void theModeThatAsksIsChosenAndARefusalOfThatIsNoHarm() {
        var dialogue = opened("{\"sessionId\":\"s\",\"modes\":{\"currentModeId\":\"auto\",\"availableModes\":"
                + "[{\"id\":\"plan\",\"name\":\"Plan\"},{\"id\":\"default\",\"name\":\"Default\"}]}}");
        assertThat(last()).contains("\"session/set_mode\",\"params\":{\"sessionId\":\"s\",\"modeId\":\"default\"}");

        assertThat(dialogue.hears("{\"jsonrpc\":\"2.0\",\"id\":3,\"error\":{\"code\":-32602}}"))
                .isTrue();
        assertThat(last()).contains("\"id\":4,\"method\":\"session/prompt\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'models':{'availableModels':[{'modelId':'$x(m)','name':'m'}]} | 'session/set_model','params':{'sessionId':'s','modelId':'$x(m)'}",
                "'configOptions':[{'id':'c','category':'model','options':[{'value':'m','name':'M'}]}] | 'session/set_config_option','params':{'sessionId':'s','configId':'c','value':'m'}",
                "'configOptions':[{'id':'c','category':'model','options':[{'group':'g','options':[{'value':'m'}]}]}] | 'value':'m'}"
            })
    void theModelIsChosenWhereTheAgentOffersIt(String offered, String request) {
        model = Optional.of("m");
        opened("{\"sessionId\":\"s\"," + offered.replace('\'', '"') + "}");

        assertThat(last()).contains(request.replace('\'', '"'));
    }

    @Test
    void aModelThatIsntOfferedIsTheEnd() {
        model = Optional.of("other");
        var dialogue = begun();
        dialogue.hears(INITIALIZED);

        assertThat(dialogue.hears("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"sessionId\":\"s\",\"models\":"
                        + "{\"availableModels\":[{\"modelId\":\"m\"}]}}}"))
                .isFalse();
        assertThat(dialogue.report().end()).isEqualTo(new Report.End.Unsuited(Report.Why.MODEL));
    }

    @Test
    void aCallIsCountedOnceHoweverItIsToldAndTheLimitCancels() {
        var dialogue = opened();
        for (int i = 1; i <= 3; i++) {
            for (String what : List.of("tool_call", "tool_call_update", "tool_call_update")) {
                assertThat(dialogue.hears(
                                update("{\"sessionUpdate\":\"%s\",\"toolCallId\":\"c%d\"}".formatted(what, i))))
                        .isTrue();
            }
        }

        assertThat(dialogue.hears(update("{\"sessionUpdate\":\"tool_call\",\"toolCallId\":\"c4\"}")))
                .isFalse();
        assertThat(last())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"method\":\"session/cancel\",\"params\":{\"sessionId\":\"s\"}}");
        assertThat(dialogue.report().overLimit()).isTrue();
        assertThat(dialogue.report().toolCalls()).isEqualTo(4);
    }

    @Test
    void aTurnThatARefusedToolEndedIsExaminedAndAnyOtherCancelledOneIsOver() {
        next.add("Go on.");
        var dialogue = opened();
        dialogue.hears(
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"session/request_permission\",\"params\":{\"toolCall\":"
                        + "{\"toolCallId\":\"c\",\"kind\":\"execute\"},\"options\":[{\"optionId\":\"n\",\"kind\":\"reject_once\"}]}}");
        assertThat(last())
                .isEqualTo(
                        "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"outcome\":{\"outcome\":\"selected\",\"optionId\":\"n\"}}}");
        assertThat(dialogue.hears("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{\"stopReason\":\"cancelled\"}}"))
                .isTrue();
        assertThat(last()).contains("Go on.");

        assertThat(dialogue.hears("{\"jsonrpc\":\"2.0\",\"id\":4,\"result\":{\"stopReason\":\"cancelled\"}}"))
                .isFalse();
        assertThat(dialogue.report().end()).isEqualTo(new Report.End.Turn(Report.StopReason.CANCELLED));
    }

    @Test
    void whenTheTimeIsOverTheTurnIsCancelledAndNothingIsAllowedAnyMore() {
        var dialogue = opened();

        dialogue.timeIsOver();

        assertThat(last()).contains("session/cancel");
        dialogue.hears(
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"session/request_permission\",\"params\":{\"toolCall\":"
                        + "{\"toolCallId\":\"c\",\"kind\":\"read\"},\"options\":[{\"optionId\":\"y\",\"kind\":\"allow_once\"}]}}");
        assertThat(last())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"outcome\":{\"outcome\":\"cancelled\"}}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'code':401,'message':'{…}'} | 401 | ''",
                "{'code':-32603,'message':'Internal error','data':{'details':'429 rate limited'}} | 429 | ''",
                "{'code':-32603,'data':{'statusCode':503}} | 503 | ''",
                "{'code':-32603,'message':'Internal error: invalid api key','data':{'service':'session','errorName':'APIError'}} | | APIError",
                "{'code':-32603,'message':'401 in prose','data':{'details':'something 401'}} | | ''"
            })
    void anErrorsStatusStandsInItsFields(String error, Integer status, String name) {
        var dialogue = opened();

        assertThat(dialogue.hears("{\"jsonrpc\":\"2.0\",\"id\":3,\"error\":" + error.replace('\'', '"') + "}"))
                .isFalse();

        assertThat(dialogue.report().end()).isInstanceOfSatisfying(Report.End.Failed.class, failed -> {
            assertThat(failed.fault().status())
                    .isEqualTo(status == null ? OptionalInt.empty() : OptionalInt.of(status));
            assertThat(failed.fault().name()).isEqualTo(name);
        });
    }

    @Test
    void whatWasUsedIsAddedUpAsEachAgentSaysIt() {
        next.add("Once more.");
        var dialogue = opened();
        // opencode and Copilot CLI: the session's tokens; Gemini CLI: the turn's; Qwen Code: the message's.
        dialogue.hears(
                update(
                        "{\"sessionUpdate\":\"agent_message_chunk\",\"_meta\":{\"usage\":{\"inputTokens\":1,\"outputTokens\":2}}}"));
        dialogue.hears(
                update(
                        "{\"sessionUpdate\":\"usage_update\",\"used\":1,\"size\":2,\"cost\":{\"amount\":0.5,\"currency\":\"USD\"}}"));
        dialogue.hears(
                "{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{\"stopReason\":\"end_turn\",\"usage\":"
                        + "{\"inputTokens\":700,\"outputTokens\":50,\"totalTokens\":1050,\"cachedReadTokens\":300},\"_meta\":{\"quota\":"
                        + "{\"token_count\":{\"input_tokens\":10000,\"output_tokens\":20},\"model_usage\":[{\"model\":\"m-1\"}]}}}}");
        dialogue.hears("{\"jsonrpc\":\"2.0\",\"id\":4,\"result\":{\"stopReason\":\"end_turn\",\"usage\":"
                + "{\"inputTokens\":4000,\"outputTokens\":200,\"totalTokens\":4200},\"_meta\":{\"quota\":"
                + "{\"token_count\":{\"input_tokens\":10000,\"output_tokens\":20}}}}}");

        assertThat(dialogue.report().usage())
                .isEqualTo(new Usage(Optional.of("m-1"), 24_001, 242, Usd.ofMicros(500_000), 2));
    }

    private Dialogue begun() {
        var task = new Dialogue.Task("Go.", Path.of("/tree"), Path.of("/tree/r.json"), false, model, variables, 3);
        var dialogue =
                new Dialogue(task, refused -> next.isEmpty() ? Optional.empty() : Optional.of(next.removeFirst()));
        dialogue.begins(said::add);
        return dialogue;
    }

    private Dialogue opened() {
        return opened("{\"sessionId\":\"s\"}");
    }

    private Dialogue opened(String session) {
        var dialogue = begun();
        dialogue.hears(INITIALIZED);
        dialogue.hears("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":" + session + "}");
        return dialogue;
    }

    private static String update(String update) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"session/update\",\"params\":{\"sessionId\":\"s\",\"update\":" + update
                + "}}";
    }

    private String last() {
        return said.getLast();
    }
}
