package dev.pawl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The watch over the account that runs the tests sees what a hostile agent would do to it. */
class AccountAsItWasTest {
    @TempDir
    Path home = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "printf x >>.bashrc",
                "printf '[core]\\n\\tpager = sh' >.gitconfig",
                ": >.zshenv",
                "mkdir -p .config/git && echo a >.config/git/config",
                "rm .npmrc",
                "rm .npmrc && ln -s /etc/hostname .npmrc",
                "ln -sf .bashrc .profile",
                "mkdir -p .config/autostart && echo a >.config/autostart/evil.desktop",
                "mkdir .ssh && echo a >.ssh/authorized_keys",
                "mkdir .ssh && echo a >.ssh/id_new"
            })
    void aChangeIsSeen(String script) throws IOException, InterruptedException {
        Files.writeString(home.resolve(".bashrc"), "export A=1\n");
        Files.writeString(home.resolve(".npmrc"), "registry=https://registry.example\n");
        var account = new AccountAsItWas(Set.of(home));
        String before = account.read();

        int exit = new ProcessBuilder("sh", "-c", script)
                .directory(home.toFile())
                .start()
                .waitFor();

        assertThat(exit).isZero();
        assertThat(account.read()).isNotEqualTo(before).doesNotContain("export", "pager");
    }

    @Test
    void everyTestIsWatched() throws IOException {
        String registered = Files.readString(
                Path.of("src/test/resources/META-INF/services/org.junit.jupiter.api.extension.Extension"));

        assertThat(registered.strip()).isEqualTo(AccountAsItWas.class.getName());
        assertThat(Files.readString(Path.of("src/test/resources/junit-platform.properties")))
                .contains("junit.jupiter.extensions.autodetection.enabled=true\n");
    }
}
