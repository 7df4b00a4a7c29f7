package dev.pawl.git;

import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * The only way to the network: opens connections to the one remote, adds the token to them, and remembers the last status.
 * Any other host, port or scheme is refused before a connection exists, whoever asks for it.
 */
final class HttpGate implements HttpConnectionFactory {
    private final URI remote;
    private final String authorization;
    private final String server;
    private int lastStatus;
    private Optional<String> renamed = Optional.empty();

    HttpGate(GitSettings settings) {
        this.remote = settings.remote();
        this.server = settings.server().toString().replaceFirst("/+$", "");
        byte[] pair = ("x-access-token:" + settings.token()).getBytes(StandardCharsets.UTF_8);
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** The last answer's status; 0 where none came. */
    int lastStatus() {
        return lastStatus;
    }

    /** The name that the repository has now, where the server said that it was renamed (301). */
    Optional<String> renamed() {
        return renamed;
    }

    /** Only on the same server, and only to another name: nothing else that a redirect may say is heard. */
    private Optional<String> name(@Nullable String location) {
        if (location == null || !location.startsWith(server + "/")) {
            return Optional.empty();
        }
        int end = location.indexOf(".git/", server.length());
        return Optional.of(location.substring(server.length() + 1, Math.max(server.length() + 1, end)))
                .filter(GitSettings::isName);
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return create(url, Proxy.NO_PROXY);
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        boolean same = remote.getScheme().equalsIgnoreCase(url.getProtocol())
                && remote.getHost().equalsIgnoreCase(url.getHost())
                && remote.getPort() == url.getPort()
                && url.getUserInfo() == null
                && url.getPath().startsWith(remote.getPath() + "/");
        if (!same) {
            throw new IOException("an address outside the repository was refused");
        }
        lastStatus = 0;
        var connection = new Counted(url, proxy);
        connection.setRequestProperty("Authorization", authorization);
        return connection;
    }

    /** A connection that tells its status. */
    private final class Counted extends JDKHttpConnection {
        Counted(URL url, Proxy proxy) throws IOException {
            super(url, proxy);
        }

        @Override
        public int getResponseCode() throws IOException {
            int status = super.getResponseCode();
            lastStatus = status;
            renamed = status == 301 || status == 308 ? name(getHeaderField("Location")) : Optional.empty();
            return status;
        }
    }
}
