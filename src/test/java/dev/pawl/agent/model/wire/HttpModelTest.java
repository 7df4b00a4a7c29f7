package dev.pawl.agent.model.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.agent.model.ScriptedProvider;
import dev.pawl.agent.model.ScriptedProvider.Reply;
import dev.pawl.domain.policy.ModelProvider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The three forms, word for word, and what answers mean. */
class HttpModelTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final ScriptedProvider server = new ScriptedProvider();

    @AfterEach
    void close() {
        server.close();
    }

    private Answer ask(ModelProvider provider, String base, Question question) {
        var place = new HttpModel.Place(provider, Optional.of(base), "a/model", Optional.of("key-1"));
        try (var model = new HttpModel(place, InstantSource.fixed(NOW))) {
            return model.ask(question, Duration.ofSeconds(30));
        }
    }

    private Answer ask(ModelProvider provider) {
        return ask(provider, server.base(provider), question(List.of(new Turn.Ours("Begin."))));
    }

    private static Question question(List<Turn> turns) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode().put("type", "object");
        return new Question("Rules.", turns, List.of(new Question.Tool("look", "Looks.", parameters)));
    }

    private static void same(Object found, String expected) throws JsonProcessingException {
        var json = new ObjectMapper();
        assertThat(json.readTree(found.toString())).isEqualTo(json.readTree(expected));
    }

    /** A whole conversation: what we said, what the model called, what came of it. */
    private String conversation(ModelProvider provider) {
        server.then(Reply.call("look", "{\"at\":1}"), new Reply.Says("Seen."));
        var first = (Answer.Said) ask(provider);
        Turn.Call call = first.turn().calls().getFirst();
        assertThat(call.name()).isEqualTo("look");
        assertThat(call.arguments()).hasToString("{\"at\":1}");
        List<Turn> turns = List.of(
                new Turn.Ours("Begin."), first.turn(), new Turn.Results(List.of(new Turn.Result(call, "no", true))));
        assertThat(ask(provider, server.base(provider), question(turns))).isInstanceOf(Answer.Said.class);
        return server.asked().getLast().body().toString();
    }

    @Test
    void anthropicsForm() throws JsonProcessingException {
        same(conversation(ModelProvider.ANTHROPIC), """
                {"model":"a/model","max_tokens":16000,
                "system":[{"type":"text","text":"Rules.","cache_control":{"type":"ephemeral"}}],
                "tools":[{"name":"look","description":"Looks.","input_schema":{"type":"object"}}],
                "messages":[
                {"role":"user","content":[{"type":"text","text":"Begin."}]},
                {"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"c2lnbmVk"},
                {"type":"tool_use","id":"toolu_0","name":"look","input":{"at":1}}]},
                {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_0","content":"no","is_error":true,
                "cache_control":{"type":"ephemeral"}}]}]}
                """);
        assertThat(server.asked().getLast().path()).isEqualTo("/v1/messages");
        assertThat(server.asked().getLast().headers())
                .containsEntry("Anthropic-version", List.of("2023-06-01"))
                .containsEntry("X-api-key", List.of("key-1"));
    }

    @Test
    void openAisForm() throws JsonProcessingException {
        same(conversation(ModelProvider.OPENAI), """
                {"model":"a/model",
                "tools":[{"type":"function","function":{"name":"look","description":"Looks.","parameters":{"type":"object"}}}],
                "messages":[
                {"role":"system","content":"Rules."},
                {"role":"user","content":"Begin."},
                {"role":"assistant","reasoning_content":"hm","content":"",
                "tool_calls":[{"id":"call_0","type":"function","function":{"name":"look","arguments":"{\\"at\\":1}"}}]},
                {"role":"tool","content":"no","tool_call_id":"call_0"}]}
                """);
        assertThat(server.asked().getLast().path()).isEqualTo("/v1/chat/completions");
        assertThat(server.asked().getLast().headers()).containsEntry("Authorization", List.of("Bearer key-1"));
    }

    @Test
    void googlesForm() throws JsonProcessingException {
        same(conversation(ModelProvider.GOOGLE), """
                {"systemInstruction":{"parts":[{"text":"Rules."}]},
                "tools":[{"functionDeclarations":[
                {"name":"look","description":"Looks.","parametersJsonSchema":{"type":"object"}}]}],
                "contents":[
                {"role":"user","parts":[{"text":"Begin."}]},
                {"role":"model","parts":[{"thoughtSignature":"c2lnbmVk","functionCall":{"name":"look","args":{"at":1}}}]},
                {"role":"user","parts":[{"functionResponse":{"name":"look","response":{"error":"no"}}}]}]}
                """);
        assertThat(server.asked().getLast().path()).isEqualTo("/v1beta/models/a%2Fmodel:generateContent");
        assertThat(server.asked().getLast().headers()).containsEntry("X-goog-api-key", List.of("key-1"));
    }

    @ParameterizedTest
    @EnumSource(ModelProvider.class)
    void tokensAreCountedInTheirKinds(ModelProvider provider) {
        server.then(new Reply.Says("x"));

        assertThat(((Answer.Said) ask(provider)).tokens())
                .isEqualTo(
                        provider == ModelProvider.ANTHROPIC
                                ? new Answer.Tokens(500, 300, 200, 50)
                                : new Answer.Tokens(700, 300, 0, 50));
    }

    @Test
    void aBaseMayCarryTheVersion() {
        server.otherwise(_ -> new Reply.Says("x"));
        String root = server.base(ModelProvider.ANTHROPIC);
        var question = question(List.of(new Turn.Ours("Begin.")));

        ask(ModelProvider.ANTHROPIC, root + "/proxy/v1/", question);
        ask(ModelProvider.GOOGLE, root + "/v1beta", question);

        assertThat(server.asked().getFirst().path()).isEqualTo("/proxy/v1/messages");
        assertThat(server.asked().getLast().path()).isEqualTo("/v1beta/models/a%2Fmodel:generateContent");
    }

    @Test
    void aDelayIsSecondsOrADateOrInTheBody() {
        server.then(
                new Reply.Status(429, Map.of("Retry-After", "Sat, 21 Nov 2026 12:00:30 GMT"), "{}"),
                new Reply.Status(429, Map.of("Retry-After", "soon"), "{}"),
                new Reply.Status(429, Map.of(), "{\"error\":{\"details\":[{\"x\":1},{\"retryDelay\":\"33.5s\"}]}}"),
                new Reply.Status(503, Map.of("Retry-After", "7"), "overloaded"));

        for (Optional<Instant> expected : List.of(
                Optional.of(NOW.plusSeconds(30)), Optional.<Instant>empty(), Optional.of(NOW.plusSeconds(34)))) {
            assertThat(ask(ModelProvider.GOOGLE)).isEqualTo(new Answer.Failed(Answer.Why.LIMIT, 429, expected));
        }
        assertThat(ask(ModelProvider.GOOGLE))
                .isEqualTo(new Answer.Failed(Answer.Why.OUTAGE, 503, Optional.of(NOW.plusSeconds(7))));
    }

    @Test
    void noRedirectIsFollowed() {
        server.then(new Reply.Status(307, Map.of("Location", "http://127.0.0.1:1/"), "{}"));

        assertThat(ask(ModelProvider.OPENAI)).isEqualTo(new Answer.Failed(Answer.Why.REQUEST, 307, Optional.empty()));
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void aPromptThatIsBlockedIsARefusal() {
        server.then(new Reply.Status(200, Map.of(), "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}"));

        assertThat(((Answer.Said) ask(ModelProvider.GOOGLE)).end()).isEqualTo(Answer.End.REFUSED);
    }

    @Test
    void aKeyIsVisibleCharactersAndIsNotPrinted() {
        var place = new HttpModel.Place(ModelProvider.OPENAI, Optional.empty(), "m", Optional.of("secret"));

        assertThat(place.toString()).isEqualTo("openai m");
        assertThatThrownBy(() -> new HttpModel.Place(ModelProvider.OPENAI, Optional.empty(), "m", Optional.of("a\nb")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a key");
    }
}
