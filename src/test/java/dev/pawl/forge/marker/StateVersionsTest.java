package dev.pawl.forge.marker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.decide.StateFound;
import dev.pawl.domain.state.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * REL-46, REL-28: what every version wrote is read forever, and what a newer one writes stops at most. The golden files
 * are what the versions themselves wrote; none of them is ever changed. A version that writes something else gets a
 * folder of its own, and a value in {@link GoldenStates}.
 */
class StateVersionsTest {
    private static final StateMarker PLAIN = new StateMarker(Optional.empty());
    private static final StateMarker SIGNING = new StateMarker(Optional.of("golden"));

    private static StateFound read(StateMarker marker, String body) {
        return marker.read(1, body, 1296269, 42).orElseThrow();
    }

    private static Stream<Arguments> golden() {
        return Stream.of(GoldenStates.values())
                .flatMap(version -> version.states().entrySet().stream()
                        .map(state -> Arguments.of(version, state.getKey(), state.getValue())));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("golden")
    void rel46WhatEveryVersionWroteIsRead(GoldenStates version, String name, RunState state) throws IOException {
        Path folder = Path.of(version.folder());
        var found = new StateFound.Found(1, state);
        assertThat(read(PLAIN, Files.readString(folder.resolve(name + ".md")))).isEqualTo(found);
        String signed = Files.readString(folder.resolve(name + ".signed.md"));
        assertThat(read(SIGNING, signed)).isEqualTo(found);
        assertThat(read(PLAIN, signed)).as("without the key").isEqualTo(found);
    }

    @Test
    void rel46EveryGoldenFileIsTested() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/state"))) {
            assertThat(files.filter(Files::isRegularFile).count()).isEqualTo(2 * golden().count());
        }
    }

    /** The newest golden files are what this version writes, so that it can't write something else unnoticed. */
    @ParameterizedTest(name = "{1}")
    @MethodSource("golden")
    void rel46TheNewestAreWhatThisVersionWrites(GoldenStates version, String name, RunState state) throws IOException {
        GoldenStates newest = GoldenStates.values()[GoldenStates.values().length - 1];
        if (version == newest) {
            String body = Files.readString(Path.of(version.folder(), name + ".signed.md"));
            String text = body.substring(body.indexOf('\n') + 1);
            assertThat(SIGNING.write(state, text)).isEqualTo(body);
        }
    }

    private static Stream<Arguments> additions() {
        return Stream.of(
                Arguments.of("{\"repository\"", "{\"priority\":3,\"notes\":[{\"a\":null}],\"repository\""),
                Arguments.of("{\"kind\":\"plan\"", "{\"model\":\"large\",\"kind\":\"plan\""),
                Arguments.of("{\"reason\"", "{\"asked\":{\"times\":2},\"reason\""),
                Arguments.of("\"failures\":{", "\"failures\":{\"weather\":2,"),
                Arguments.of("{\"comment\"", "{\"edited\":\"2026-11-21T07:00:00Z\",\"comment\""),
                Arguments.of("\"started_by\":{", "\"started_by\":{\"kind\":\"user\","));
    }

    /** Somebody goes back to the version before: the run goes on with what that version knows. */
    @ParameterizedTest(name = "{1}")
    @MethodSource("additions")
    void rel46AKeyThatANewerVersionAddedIsPassedOver(String before, String added) {
        RunState state = GoldenStates.TOKENS.state("approval");
        String body = PLAIN.write(state, "text\n");
        String newer = body.replace(before, added);
        assertThat(newer).isNotEqualTo(body);
        assertThat(read(PLAIN, newer)).isEqualTo(new StateFound.Found(1, state));
    }

    private static Stream<Arguments> words() {
        return Stream.of(
                Arguments.of("\"kind\":\"open_pr\"", "\"kind\":\"deploy\"", "v1, and its kind is `deploy`"),
                Arguments.of("\"waiting-on-human\"", "\"on-hold\"", "v1, and its state is `on-hold`"),
                Arguments.of("\"plan-approval\"", "\"second-opinion\"", "v1, and its reason is `second-opinion`"),
                Arguments.of("\"status\":\"waiting\"", "\"status\":\"asleep\"", "v1, and its status is `asleep`"),
                Arguments.of("\"last\":\"agent-timeout\"", "\"last\":\"weather\"", "v1, and its last is `weather`"),
                Arguments.of("pawl:state v1 ", "pawl:state v2 ", "v2"));
    }

    /** What can't be passed over stops, without a write. */
    @ParameterizedTest(name = "{1}")
    @MethodSource("words")
    void rel28AWordThatOnlyANewerVersionKnowsIsANewerVersions(String before, String newer, String what) {
        String body = PLAIN.write(GoldenStates.TOKENS.state("approval"), "text\n");
        assertThat(read(PLAIN, body.replace(before, newer))).isEqualTo(new StateFound.Newer(1, what));
    }

    @Test
    void aWordThatNoVersionWouldWriteIsDamage() {
        String body = PLAIN.write(GoldenStates.TOKENS.state("approval"), "text\n");
        for (Map.Entry<String, String> damage : Map.of(
                        "\"plan-approval\"", "\"@all --\"", "\"waiting-on-human\"", "\"\"")
                .entrySet()) {
            assertThat(read(PLAIN, body.replace(damage.getKey(), damage.getValue())))
                    .isInstanceOf(StateFound.Broken.class);
        }
    }
}
