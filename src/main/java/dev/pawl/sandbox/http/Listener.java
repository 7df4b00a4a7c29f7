package dev.pawl.sandbox.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * HTTP/1.1 on the loopback interface, a virtual thread per connection. The JDK's own server won't do: it overwrites
 * {@code Date}, and the forge's clock is what Pawl takes its time from.
 */
public final class Listener implements AutoCloseable {
    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** Takes a free port; connections wait until {@link #serve}. */
    public Listener() {
        this(0);
    }

    /** Takes this port. */
    public Listener(int port) {
        try {
            socket = new ServerSocket(port, 128, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address, without a slash at its end. */
    public String address() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** Answers connections by this front until closed. */
    public void serve(Front front) {
        serveAt(front);
    }

    /** Answers connections by this host of logs until closed. */
    public void serve(LogHost host) {
        serveAt(host);
    }

    private void serveAt(Desk front) {
        threads.execute(() -> {
            while (!socket.isClosed()) {
                try {
                    Socket connection = socket.accept();
                    threads.execute(() -> talk(connection, front));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private void talk(Socket connection, Desk front) {
        open.add(connection);
        try (connection) {
            connection.setTcpNoDelay(true);
            var in = new BufferedInputStream(connection.getInputStream());
            var out = new BufferedOutputStream(connection.getOutputStream(), 1 << 16);
            Optional<Incoming> request = Wire.read(in, out);
            while (request.isPresent()) {
                Reply reply = front.answer(request.get());
                if (reply.answer().isPresent()) {
                    boolean isHead = "HEAD".equals(request.get().method());
                    Wire.write(reply.answer().get(), isHead ? 0 : reply.bytes(), out);
                }
                switch (reply.ending()) {
                    case OPEN -> front.sent(request.get());
                    case CLOSED -> {
                        return;
                    }
                    case RESET -> {
                        connection.setSoLinger(true, 0);
                        return;
                    }
                    case SILENT -> {
                        in.transferTo(OutputStream.nullOutputStream());
                        return;
                    }
                }
                request = Wire.read(in, out);
            }
        } catch (IOException gone) {
            return; // the client has left, or close() cut it off
        } finally {
            open.remove(connection);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket connection : open) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.close();
    }
}
