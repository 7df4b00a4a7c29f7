package dev.pawl.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.Security;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

@Security
class PassedEnvironmentTest {
    private static final PassedEnvironment.Place PLACE =
            new PassedEnvironment.Place(Path.of("/p/home"), Path.of("/p/tmp"));

    @Test
    void onlyTheAllowListAndTheAskedNamesPass() {
        var ours = new TreeMap<>(Map.of(
                "PATH",
                "/bin",
                "HOME",
                "/root",
                "LANG",
                "C",
                "LC_ALL",
                "C",
                "TERM",
                "dumb",
                "TMPDIR",
                "/t",
                "KEY",
                "k",
                "OTHER",
                "canary",
                "GITHUB_TOKEN",
                "canary",
                "INPUT_GITHUB-TOKEN",
                "canary"));
        ours.put("ACTIONS_RUNTIME_TOKEN", "canary");
        ours.put("RUNNER_TEMP", "canary");

        assertThat(PassedEnvironment.of(ours, List.of("KEY", "ABSENT"), PLACE))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "PATH", "/bin", "HOME", "/p/home", "LANG", "C", "LC_ALL", "C", "TERM", "dumb", "TMPDIR",
                        "/p/tmp", "KEY", "k"));
    }

    @Test
    void theRunnersNamesNeverPassEvenIfAskedFor() {
        var names = List.of(
                "INPUT_GITHUB-TOKEN", "GITHUB_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "RUNNER_TEMP", "github_token");
        var ours = new TreeMap<String, String>();
        names.forEach(n -> ours.put(n, "canary"));

        assertThat(PassedEnvironment.of(ours, names, PLACE)).containsOnlyKeys("HOME", "TMPDIR");
        assertThat(names).allMatch(PassedEnvironment::refused);
        assertThat(List.of("GH_TOKEN", "OPENAI_API_KEY", "MY_INPUT_X")).noneMatch(PassedEnvironment::refused);
    }
}
