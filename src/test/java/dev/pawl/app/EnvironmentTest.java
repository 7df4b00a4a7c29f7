package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where agents' sessions are kept. */
class EnvironmentTest {
    @Test
    void inAJobTheyAreBelowTheRunnersTemporaryFolder() {
        var job = Map.of("GITHUB_ACTIONS", "true", "RUNNER_TEMP", "/runner/_temp", "HOME", "/home/x");

        assertThat(new Environment(job).sessions()).contains(Path.of("/runner/_temp/pawl-sessions"));
        assertThat(new Environment(Map.of("GITHUB_ACTIONS", "true", "HOME", "/home/x")).sessions())
                .isEmpty();
    }

    @Test
    void onALaptopTheyAreWhereProgramsKeepTheirState() {
        assertThat(new Environment(Map.of("HOME", "/home/x", "XDG_STATE_HOME", "/state", "RUNNER_TEMP", "/t"))
                        .sessions())
                .contains(Path.of("/state/pawl/sessions"));
        assertThat(new Environment(Map.of("HOME", "/home/x", "XDG_STATE_HOME", "state")).sessions())
                .as("by the XDG specification a relative one doesn't count")
                .contains(Path.of("/home/x/.local/state/pawl/sessions"));
        assertThat(new Environment(Map.of()).sessions()).isEmpty();
    }

    @Test
    void theVariableSaysOtherwise() {
        assertThat(new Environment(Map.of("GITHUB_ACTIONS", "true", "RUNNER_TEMP", "/t", "PAWL_SESSIONS", "/kept"))
                        .sessions())
                .contains(Path.of("/kept"));
        assertThat(new Environment(Map.of("GITHUB_ACTIONS", "true", "RUNNER_TEMP", "/t", "PAWL_SESSIONS", "off"))
                        .sessions())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kept", "~/kept", "OFF", "on", "\0"})
    void butOnlyWithAFolder(String folder) {
        assertThatThrownBy(() -> new Environment(Map.of("PAWL_SESSIONS", folder)).sessions())
                .isInstanceOf(UsageError.class)
                .hasMessage("The variable PAWL_SESSIONS is a folder's absolute path, or `off`.");
    }
}
