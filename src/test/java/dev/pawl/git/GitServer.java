package dev.pawl.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.PreReceiveHook;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** Smart HTTP for one repository, behind a token, with JGit's own server or with real git. */
final class GitServer implements AutoCloseable {
    static final String NAME = "octo/repo";
    static final String TOKEN = "ghs_canary";

    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<String> authorizations = new CopyOnWriteArrayList<>();
    PreReceiveHook preReceive = PreReceiveHook.NULL;

    /** Answers instead of us where it says so. */
    Predicate<HttpExchange> instead = exchange -> false;

    /** Runs after a push was done, before its answer. */
    Predicate<HttpExchange> loseAnswer = exchange -> false;

    boolean realGit;

    private final Repository repository;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    GitServer(Repository repository) throws IOException {
        this.repository = repository;
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", this::answer);
        http.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    static void status(HttpExchange exchange, int status) {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, -1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        authorizations.add(String.valueOf(authorization));
        if (instead.test(exchange)) {
            return;
        }
        String pair = Base64.getEncoder().encodeToString(("x-access-token:" + TOKEN).getBytes(StandardCharsets.UTF_8));
        String path = exchange.getRequestURI().getPath();
        if (!("Basic " + pair).equals(authorization)) {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
            status(exchange, 401);
        } else if (!path.startsWith("/" + NAME + ".git/")) {
            status(exchange, 404);
        } else {
            serve(exchange, path.substring(path.lastIndexOf('/') + 1));
        }
    }

    private void serve(HttpExchange exchange, String last) throws IOException {
        boolean refs = last.equals("refs");
        String service = refs ? exchange.getRequestURI().getQuery().replace("service=", "") : last;
        byte[] body = body(exchange);
        String protocol = exchange.getRequestHeaders().getFirst("Git-Protocol");
        var out = new ByteArrayOutputStream();
        try {
            if (realGit) {
                real(service, refs, protocol, body, out);
            } else {
                ours(service, refs, protocol, body, out);
            }
        } catch (RuntimeException | IOException e) {
            e.printStackTrace();
            status(exchange, 500);
            return;
        }
        if (loseAnswer.test(exchange)) {
            return;
        }
        String type = "application/x-" + service + (refs ? "-advertisement" : "-result");
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(200, out.size() == 0 ? -1 : out.size());
        try (exchange;
                OutputStream answer = exchange.getResponseBody()) {
            out.writeTo(answer);
        }
    }

    private void ours(String service, boolean refs, String protocol, byte[] body, OutputStream out) throws IOException {
        var packets = new PacketLineOut(out);
        if (refs && !(service.equals("git-upload-pack") && "version=2".equals(protocol))) {
            packets.writeString("# service=" + service + "\n");
            packets.end();
        }
        if (service.equals("git-upload-pack")) {
            var pack = new UploadPack(repository);
            pack.setBiDirectionalPipe(false);
            if (protocol != null) {
                pack.setExtraParameters(Set.of(protocol));
            }
            if (refs) {
                pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(packets));
            } else {
                pack.uploadWithExceptionPropagation(new ByteArrayInputStream(body), out, null);
            }
        } else {
            var pack = new ReceivePack(repository);
            pack.setBiDirectionalPipe(false);
            pack.setPreReceiveHook(preReceive);
            if (refs) {
                pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(packets));
            } else {
                pack.receiveWithExceptionPropagation(new ByteArrayInputStream(body), out, null);
            }
        }
    }

    private void real(String service, boolean refs, String protocol, byte[] body, OutputStream out) throws IOException {
        var command = new ArrayList<>(List.of("git", service.substring(4), "--stateless-rpc"));
        if (refs) {
            new PacketLineOut(out).writeString("# service=" + service + "\n");
            new PacketLineOut(out).end();
            command.add("--advertise-refs");
        }
        command.add(repository.getDirectory().getPath());
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("GIT_CONFIG_COUNT", "1");
        builder.environment().put("GIT_CONFIG_KEY_0", "safe.directory");
        builder.environment().put("GIT_CONFIG_VALUE_0", "*");
        if (protocol != null) {
            builder.environment().put("GIT_PROTOCOL", protocol);
        }
        Process git = builder.start();
        try (OutputStream in = git.getOutputStream()) {
            in.write(body);
        }
        git.getInputStream().transferTo(out);
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        InputStream in = exchange.getRequestBody();
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return (zipped ? new GZIPInputStream(in) : in).readAllBytes();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
