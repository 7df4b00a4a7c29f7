package dev.pawl.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.agent.cli.Transcript.Ending;
import dev.pawl.domain.port.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each program's events mean, on events that the programs printed (src/test/resources/agents). */
class CliEventsTest {
    private static final Path EVENTS = Path.of("src/test/resources/agents");
    private static final List<Cli> ALL =
            List.of(new ClaudeCode(), new Codex(), new Copilot(), new Gemini(), new Opencode(), new Qwen());

    static Stream<Cli> all() {
        return ALL.stream();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            claude-code, success, 0,   complete,                   3000/100 0.00918 2, 1
            claude-code, answer,  0,   complete with an answer,    3000/100 0.00918 3, 2
            claude-code, denied,  0,   complete,                   3000/100 0.00918 2, 1
            claude-code, turns,   1,   turn-limit,                 3000/100 0.00918 3, 2
            claude-code, 401,     1,   access (401),               0/0 0 1,            0
            claude-code, 429,     1,   provider-limit (429),       0/0 0 1,            0
            claude-code, 500,     1,   provider-outage (500),      0/0 0 1,            0
            codex,       success, 0,   complete,                   2000/100 0 1,       1
            codex,       401,     1,   access (401),               0/0 0 0,            0
            codex,       429,     1,   provider-limit (429),       0/0 0 0,            0
            codex,       500,     1,   provider-outage,            0/0 0 0,            0
            copilot,     success, 0,   complete,                   2000/100 0 2,       1
            copilot,     401,     1,   access (401),               2000/100 0 0,       0
            copilot,     429,     1,   provider-limit (429),       2000/100 0 0,       0
            copilot,     500,     1,   provider-outage (500),      2000/100 0 0,       0
            gemini,      success, 0,   complete,                   2000/100 0 2,       1
            gemini,      turns,   53,  turn-limit,                 2000/100 0 3,       2
            gemini,      401,     145, access (401),               0/0 0 0,            0
            gemini,      429,     173, provider-limit (429),       0/0 0 0,            0
            gemini,      500,     244, provider-outage (500),      0/0 0 0,            0
            opencode,    success, 0,   complete,                   2000/100 0 2,       1
            opencode,    401,     1,   access (401),               0/0 0 0,            0
            opencode,    429,     1,   provider-limit (429) in 1 s, 0/0 0 0,           0
            opencode,    500,     1,   provider-outage (500),      0/0 0 0,            0
            qwen,        success, 0,   complete,                   2000/100 0 2,       1
            qwen,        answer,  0,   complete with an answer,    2000/100 0 2,       2
            qwen,        turns,   53,  turn-limit,                 0/0 0 0,            2
            qwen,        401,     1,   access (401),               0/0 0 1,            0
            qwen,        429,     1,   provider-limit (429),       0/0 0 1,            0
            qwen,        500,     1,   provider-outage (500),      0/0 0 1,            0
            """)
    void eventsTellHowItEndedAndWhatItUsed(
            String kind, String name, int code, String ending, String usage, int toolCalls) {
        var events = heard(cli(kind), lines(kind, name));

        Transcript transcript = events.transcript(code, EVENTS.resolve("copilot"));

        assertThat(word(transcript.ending())).isEqualTo(ending);
        assertThat(word(transcript.usage())).isEqualTo(usage);
        assertThat(events.toolCalls()).isEqualTo(toolCalls);
        boolean failed = transcript.ending() instanceof Ending.Broken && !name.equals("turns");
        assertThat(transcript.answered()).as("a model answered").isNotEqualTo(failed && !kind.equals("qwen"));
        assertThat(transcript.session().isPresent()).as("a session").isTrue();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            claude-code, , 600, 400
            codex,       , 600, 0
            copilot,     gpt-5, 600, 0
            gemini,      gemini-2.5-pro, 600, 0
            opencode,    , 600, 0
            qwen,        gpt-5, 600, 0
            """)
    void whatHasAPriceOfItsOwnIsTold(String kind, @Nullable String model, long read, long written) {
        var usage = heard(cli(kind), lines(kind, "success"))
                .transcript(0, EVENTS.resolve("copilot"))
                .usage();

        assertThat(usage.cache()).isEqualTo(new Usage.Cache(read, written));
        if (model != null) {
            assertThat(usage.model()).contains(model);
        }
        assertThat(usage.priced()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("all")
    void whoIsKilledHasNotFinished(Cli cli) {
        List<String> whole = lines(cli.kind().word(), "success");

        var transcript = heard(cli, whole.subList(0, whole.size() - 1)).transcript(143, Path.of("none"));

        assertThat(transcript.ending()).isEqualTo(new Ending.Open());
        assertThat(transcript.answered()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("all")
    void garbageIsNoEnd(Cli cli) {
        var garbage = List.of(
                "Hello!",
                "{",
                "{}",
                "[]",
                "{\"type\":\"result\"}",
                "{\"type\":\"result\",\"status\":7,\"is_error\":\"no\",\"exitCode\":\"0\"}",
                "{\"type\":{\"a\":1},\"session_id\":\"../../x\",\"item\":7}",
                "{\"type\":\"step_finish\",\"part\":[]}");

        var transcript = heard(cli, garbage).transcript(0, Path.of("none"));

        assertThat(transcript.ending()).isEqualTo(new Ending.Open());
        assertThat(transcript.session()).isEmpty();
    }

    @Test
    void aLongWaitForAProviderIsInVain() {
        var events = new Qwen().events();
        var listener = new EventListener(events, 10);

        boolean goesOn = listener.hears(
                "{\"type\":\"system\",\"subtype\":\"retry\",\"data\":{\"reason\":\"retry\",\"delayMs\":60000}}");

        assertThat(goesOn).isFalse();
        assertThat(word(events.transcript(143, Path.of("none")).ending())).isEqualTo("provider-limit (429) in 60 s");
    }

    private static Cli cli(String kind) {
        return ALL.stream()
                .filter(c -> c.kind().word().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static Events heard(Cli cli, List<String> lines) {
        var events = cli.events();
        var listener = new EventListener(events, Integer.MAX_VALUE);
        lines.forEach(listener::hears);
        return events;
    }

    private static List<String> lines(String kind, String name) {
        try {
            return Files.readAllLines(EVENTS.resolve(kind).resolve(name + ".jsonl"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String word(Ending ending) {
        return switch (ending) {
            case Ending.Open() -> "open";
            case Ending.Complete(Optional<?> answer) -> answer.isPresent() ? "complete with an answer" : "complete";
            case Ending.Broken(Trouble t) ->
                t.kind().word()
                        + (t.reason().contains("(") ? t.reason().replaceAll(".*( \\([0-9]+\\)).*", "$1") : "")
                        + t.retryAfter().map(w -> " in " + w.toSeconds() + " s").orElse("");
        };
    }

    private static String word(Usage usage) {
        return usage.inputTokens() + "/" + usage.outputTokens() + " "
                + usage.cost().plain() + " " + usage.turns();
    }
}
