package dev.pawl.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The configuration of the account that runs the tests: a hostile agent that gets out of its folders would change it. */
final class AccountConfiguration {
    private static final List<String> FILES = List.of(
            ".bash_profile",
            ".bashrc",
            ".claude.json",
            ".claude/settings.json",
            ".codex/config.toml",
            ".config/git/config",
            ".config/jgit/config",
            ".gemini/settings.json",
            ".gitconfig",
            ".npmrc",
            ".profile",
            ".ssh/authorized_keys",
            ".ssh/config");

    private AccountConfiguration() {}

    /** Its files, and what is in them. */
    static Map<String, String> read() {
        var found = new TreeMap<String, String>();
        Path home = Path.of(System.getProperty("user.home"));
        for (String name : FILES) {
            try {
                Path file = home.resolve(name);
                found.put(name, Files.isRegularFile(file) ? Files.readString(file) : "");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }
}
