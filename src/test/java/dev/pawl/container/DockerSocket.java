package dev.pawl.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** In place of the Docker engine's socket, which the runner mounts: it only counts who knocks. */
final class DockerSocket implements AutoCloseable {
    private final AtomicInteger connections = new AtomicInteger();
    private final ServerSocketChannel server;

    DockerSocket(Path file) {
        try {
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::count);
    }

    private void count() {
        while (server.isOpen()) {
            try (SocketChannel knocked = server.accept()) {
                connections.addAndGet(knocked.isOpen() ? 1 : 0);
            } catch (IOException closed) {
                return;
            }
        }
    }

    int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
