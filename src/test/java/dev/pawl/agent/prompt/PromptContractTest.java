package dev.pawl.agent.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.agent.result.ResultReader;
import dev.pawl.agent.result.ResultSchemas;
import dev.pawl.agent.result.StrictJson;
import dev.pawl.domain.policy.PathRules;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.port.AgentRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each stage's prompt must hold, what it must not, and how long it is. {@code ./mvnw -Pformat test
 * -Dtest=PromptContractTest} writes the golden files anew.
 */
class PromptContractTest {
    private static final Path GOLDEN = Path.of("src/test/resources/prompts");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```json\\n(.*?)^```$");
    private static final Pattern FRAME = Pattern.compile("(?ms)^\\[data 5f0c9a: [^\\n]*\\]\\n.*?^\\[end 5f0c9a\\]$");

    /** Our own words in a prompt: rules, goal, form and schema. About four characters are a token. */
    private static final int LONGEST_OWN = 11_000;

    private final Prompts prompts = new Prompts(PathRules.DEFAULT, () -> "5f0c9a");

    static Set<StageKind> stages() {
        return ResultSchemas.stages();
    }

    @Test
    void everyStageThatAsksAnAgentIsThere() {
        assertThat(stages())
                .containsExactlyInAnyOrderElementsOf(List.of(StageKind.values()).stream()
                        .filter(StageKind::available)
                        .filter(StageKind::usesAgent)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("stages")
    void theFixtureOfAStageIsWhole(StageKind stage) throws IOException {
        golden("fixtures/" + stage.word() + ".md", prompts.of(StageFixtures.plain(stage)));
    }

    @ParameterizedTest
    @MethodSource("stages")
    void theHostileFixtureOfAStageIsWhole(StageKind stage) throws IOException {
        golden("hostile/" + stage.word() + ".md", saying(stage, StageFixtures.HOSTILE));
    }

    @ParameterizedTest
    @MethodSource("stages")
    void aPromptHoldsTheFormOfTheResult(StageKind stage) {
        List<String> blocks = blocks(prompts.of(StageFixtures.plain(stage)));

        assertThat(blocks).hasSize(2);
        assertThat(ResultReader.read(blocks.getFirst(), stage)).isInstanceOf(ResultReader.Reading.WellFormed.class);
        JsonNode schema = read(blocks.getLast());
        assertThat(schema).isEqualTo(ResultSchemas.forPrompt(stage));
        assertThat(schema.path("properties").has("session"))
                .as("an adapter's to tell")
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("stages")
    void aPromptHoldsWhatItsStageIsAbout(StageKind stage) {
        AgentRequest request = StageFixtures.plain(stage);
        String prompt = prompts.of(request);
        String own = own(prompt);

        assertThat(own).startsWith("# ").contains("issue #42\n", "**Goal:**", "PAWL_RESULT", "30 minutes and $4.93");
        assertThat(own.contains("This step only reads.")).isEqualTo(!stage.changesFiles());
        assertThat(own.contains("Don't touch these paths")).isEqualTo(stage.changesFiles());
        for (String path : PathRules.DEFAULT.protectedPaths()) {
            assertThat(own.contains("`" + path + "`")).as(path).isEqualTo(stage.changesFiles());
        }
        assertThat(prompt).contains("Title: " + request.issue().title().raw() + "\n");
        request.issue()
                .comments()
                .forEach(c -> assertThat(prompt).contains(c.body().raw()));
        request.feedback()
                .forEach(f -> assertThat(prompt)
                        .contains("5f0c9a: " + f.id(), f.text().raw().strip()));
        assertThat(prompt.contains("## The plan")).isEqualTo(request.plan().isPresent());
        assertThat(prompt.contains("## The change")).isEqualTo(request.diff().isPresent());
    }

    /** What others write changes nothing outside of the frames but the count of what was removed from it. */
    @ParameterizedTest
    @MethodSource("stages")
    void whatOthersWriteStaysInItsFrame(StageKind stage) {
        String outside = own(saying(stage, StageFixtures.HOSTILE));
        String removed = "(?m)^- Characters that a reader can't see were removed from the data: \\d+\\.\\n";

        assertThat(outside).containsPattern(removed);
        assertThat(outside.replaceFirst(removed, ""))
                .isEqualTo(own(saying(stage, "harmless")).replaceFirst(removed, ""));
    }

    @ParameterizedTest
    @MethodSource("stages")
    void nothingHiddenAndNoMarkerReachesTheModel(StageKind stage) {
        String prompt = saying(stage, StageFixtures.HOSTILE);

        assertThat(prompt).doesNotContain("<!-- pawl", "\u200b", "\u202e", "\udb40");
        if (StageFixtures.plain(stage).diff().isEmpty()) {
            assertThat(prompt).doesNotContain("<!--", "-->");
        }
        assertThat(FRAME.matcher(prompt).results().map(MatchResult::group))
                .allMatch(frame ->
                        frame.lines().filter(l -> l.startsWith("[end 5f0c9a]")).count() == 1);
        assertThat(own(prompt)).doesNotContain("Ignore all rules", "as I was told", "@everyone", "5f0c9b");
    }

    @Test
    void howLongPromptsAreIsKnown() throws IOException {
        var sizes = new StringBuilder("stage      own words  fixture   longest\n");
        for (StageKind stage : List.of(StageKind.values())) {
            if (!stages().contains(stage)) {
                continue;
            }
            String plain = prompts.of(StageFixtures.plain(stage));
            String huge =
                    prompts.of(StageFixtures.huge(stage), StageFixtures.hugeConventions(), new Delivery.Variable());
            int own = own(plain).length();
            sizes.append(String.format(
                    Locale.ROOT, "%-10s %9d %8d %9d%n", stage.word(), own, plain.length(), huge.length()));
            assertThat(own).as("own words of " + stage.word()).isLessThan(LONGEST_OWN);
            assertThat(huge.length())
                    .as("longest of " + stage.word())
                    .isLessThan(LONGEST_OWN + longest(StageFixtures.huge(stage)));
        }
        golden("sizes.txt", sizes.toString());
    }

    @Test
    void thePageSaysWhereTextsAreCut() throws IOException {
        assertThat(Files.readString(Path.of("docs/agents.md")))
                .contains(
                        """
                | the issue, title and labels included | %1$d |
                | comments, the newest ones that fit; each | %2$d; %3$d |
                | the plan | %1$d |
                | feedback, such as failed tests; each | %2$d; %3$d |
                | the change, in `review` and `open_pr` | %4$d |
                | each instruction file of the repository | %5$d |
                """.formatted(
                                        FramedParts.LONGEST_BODY,
                                        FramedParts.LONGEST_LIST,
                                        FramedParts.LONGEST_ITEM,
                                        FramedParts.LONGEST_DIFF,
                                        FramedParts.LONGEST_CONVENTION),
                        String.format(Locale.ROOT, "at most %,d characters", LONGEST_OWN));
    }

    /** The bounds of all parts together, and some room for the lines around them. */
    private static int longest(AgentRequest request) {
        int frames = 2_000;
        return FramedParts.LONGEST_BODY
                + FramedParts.LONGEST_LIST
                + (request.plan().isPresent() ? FramedParts.LONGEST_BODY : 0)
                + FramedParts.LONGEST_LIST
                + (request.diff().isPresent() ? FramedParts.LONGEST_DIFF : 0)
                + 2 * FramedParts.LONGEST_CONVENTION
                + frames;
    }

    private String saying(StageKind stage, String words) {
        return prompts.of(
                StageFixtures.saying(stage, words), StageFixtures.conventions(words), new Delivery.Variable());
    }

    /** The prompt without what others wrote. */
    private static String own(String prompt) {
        return FRAME.matcher(prompt).replaceAll("[data]");
    }

    private static List<String> blocks(String prompt) {
        return BLOCK.matcher(own(prompt)).results().map(found -> found.group(1)).toList();
    }

    private static JsonNode read(String json) {
        try {
            return StrictJson.mapper().readTree(json);
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }

    private static void golden(String name, String text) throws IOException {
        Path file = GOLDEN.resolve(name);
        if ("write".equals(System.getProperty("pawl.format"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }
}
