package dev.pawl.git;

import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;

/**
 * The only way to the network: opens connections to the one remote, adds the token to them, and remembers the last status.
 * Any other host, port or scheme is refused before a connection exists, whoever asks for it.
 */
final class HttpGate implements HttpConnectionFactory {
    private final URI remote;
    private final String authorization;
    private int lastStatus;

    HttpGate(GitSettings settings) {
        this.remote = settings.remote();
        byte[] pair = ("x-access-token:" + settings.token()).getBytes(StandardCharsets.UTF_8);
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** The last answer's status; 0 where none came. */
    int lastStatus() {
        return lastStatus;
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
            return status;
        }
    }
}
