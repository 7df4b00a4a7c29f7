package dev.pawl;

import dev.pawl.git.IsolatedSystemReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * After each class of tests the configuration of the account that runs them is as it was before: a hostile agent that got out of its
 * folders would begin there. Every test has it ({@code junit-platform.properties}); a class that changed something fails.
 */
public final class AccountAsItWas implements BeforeAllCallback, AfterAllCallback {
    /** What a shell, git, a registry's client, an agent or a log-in reads by itself. Not what programs keep writing, such as histories. */
    private static final List<String> FILES = List.of(
            ".bash_login",
            ".bash_logout",
            ".bash_profile",
            ".bashrc",
            ".claude/settings.json",
            ".claude/CLAUDE.md",
            ".codex/AGENTS.md",
            ".codex/config.toml",
            ".config/gh/hosts.yml",
            ".config/git/attributes",
            ".config/git/config",
            ".config/jgit/config",
            ".config/opencode/opencode.json",
            ".copilot/config.json",
            ".copilot/mcp-config.json",
            ".docker/config.json",
            ".gemini/GEMINI.md",
            ".gemini/settings.json",
            ".git-credentials",
            ".gitconfig",
            ".m2/settings.xml",
            ".netrc",
            ".npmrc",
            ".pam_environment",
            ".profile",
            ".qwen/settings.json",
            ".ssh/authorized_keys",
            ".ssh/config",
            ".zprofile",
            ".zshenv",
            ".zshrc");

    /** Where a new file would be read, too. */
    private static final List<String> FOLDERS =
            List.of(".claude/commands", ".config/autostart", ".config/systemd/user", ".ssh", ".local/bin", "bin");

    private static final Namespace OURS = Namespace.create(AccountAsItWas.class);

    private final Set<Path> homes;

    /** For the account of this process: its home by the system's list of users, and by its environment. */
    public AccountAsItWas() {
        this(new LinkedHashSet<>());
        // The embedded GitHub's repositories need it as Pawl does: JGit would write what it found out about the disk to
        // the account's
        // .config/jgit/config.
        IsolatedSystemReader.install();
        homes.add(Path.of(System.getProperty("user.home")));
        String home = System.getenv("HOME");
        if (home != null && !home.isEmpty()) {
            homes.add(Path.of(home));
        }
    }

    AccountAsItWas(Set<Path> homes) {
        this.homes = homes;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(OURS).put(context.getUniqueId(), read());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        String before = context.getStore(OURS).get(context.getUniqueId(), String.class);
        String after = read();
        if (!after.equals(before)) {
            throw new AssertionError(
                    "the account's own configuration was changed; before:\n%s\nafter:\n%s".formatted(before, after));
        }
    }

    /** Its files, by what is in them; nothing of it is shown, for it may be a secret. */
    String read() {
        var found = new TreeMap<String, String>();
        for (Path home : homes) {
            for (String name : FILES) {
                Path file = home.resolve(name);
                found.put(file.toString(), look(file));
            }
            for (String name : FOLDERS) {
                found.put(home.resolve(name) + "/", names(home.resolve(name)).toString());
            }
        }
        found.values().removeIf("absent"::equals);
        return String.join("\n", found.entrySet().stream().map(Object::toString).toList());
    }

    private static String look(Path file) {
        try {
            if (Files.isSymbolicLink(file)) {
                return "link " + Files.readSymbolicLink(file) + " " + content(file);
            }
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? content(file) : "absent";
        } catch (IOException e) {
            return "unreadable";
        }
    }

    private static String content(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return "no file";
        }
        byte[] bytes = Files.readAllBytes(file);
        return "%d bytes %08x".formatted(bytes.length, java.util.Arrays.hashCode(bytes));
    }

    private static Set<String> names(Path folder) {
        var names = new TreeSet<String>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.forEach(file -> names.add(file.getFileName().toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return names;
    }
}
