package dev.pawl.git;

import dev.pawl.domain.port.Backoff;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the repository is, and where we may work.
 *
 * @param server the git server's address, such as {@code https://github.com}
 * @param repository owner and name, with a slash between
 * @param token sent with every request, to that server only
 * @param scratch a folder of ours; {@code git} and {@code tree} in it are made, and made anew
 * @param checkout the runner's checkout, a source of objects where it is usable
 * @param clock gives commits their time, and waits their end
 * @param timeout how long the server may stay silent; whole seconds
 * @param backoff how long this invocation may still wait for the server
 */
public record GitSettings(
        URI server,
        String repository,
        String token,
        Path scratch,
        Optional<Path> checkout,
        InstantSource clock,
        Duration timeout,
        Backoff backoff) {
    private static final Pattern NAME =
            Pattern.compile("(?!\\.{1,2}/)[A-Za-z0-9._-]{1,100}/(?!\\.{1,2}$)[A-Za-z0-9._-]{1,100}");

    public GitSettings {
        String scheme = server.getScheme();
        if (!("https".equals(scheme) || "http".equals(scheme))
                || server.getHost() == null
                || server.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "not a git server's address: " + server.getScheme() + "://" + server.getHost());
        }
        if (!NAME.matcher(repository).matches()) {
            throw new IllegalArgumentException("not a repository's full name: " + repository);
        }
        if (timeout.toSeconds() < 1) {
            throw new IllegalArgumentException("a timeout of less than a second");
        }
    }

    /** The same repository under the name that it has now. */
    GitSettings renamed(String name) {
        return new GitSettings(server, name, token, scratch, checkout, clock, timeout, backoff);
    }

    /** Whether that is a repository's full name. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The only remote. */
    URI remote() {
        String root = server.toString();
        return URI.create(
                (root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + "/" + repository + ".git");
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "GitSettings[" + remote() + "]";
    }
}
