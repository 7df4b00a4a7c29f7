package dev.pawl.sandbox.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Requests and answers as HTTP/1.1 puts them on the wire (RFC 9112). */
final class Wire {
    private Wire() {}

    /** The next request, with its body unpacked, or nothing at the end of the connection. */
    static Optional<Incoming> read(InputStream in, OutputStream out) throws IOException {
        String first = line(in);
        String[] words = first.split(" ", -1);
        if (words.length != 3) {
            return Optional.empty();
        }
        Map<String, List<String>> headers = headers(in);
        if (has(headers, "expect", "100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        byte[] body = body(in, headers);
        if (has(headers, "content-encoding", "gzip")) {
            try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(body))) {
                body = unpacked.readAllBytes();
            }
        }
        return Optional.of(Incoming.of(words[0], words[1], headers, Bytes.of(body)));
    }

    private static Map<String, List<String>> headers(InputStream in) throws IOException {
        var headers = new TreeMap<String, List<String>>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private static boolean has(Map<String, List<String>> headers, String name, String value) {
        return headers.getOrDefault(name, List.of()).stream().anyMatch(value::equalsIgnoreCase);
    }

    private static byte[] body(InputStream in, Map<String, List<String>> headers) throws IOException {
        if (has(headers, "transfer-encoding", "chunked")) {
            return chunks(in);
        }
        int length = headers.containsKey("content-length")
                ? Integer.parseInt(headers.get("content-length").getFirst())
                : 0;
        return exactly(in, length);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
            body.write(exactly(in, size));
            line(in);
        }
        headers(in); // trailers, which nobody sends
        return body.toByteArray();
    }

    private static int chunkSize(InputStream in) throws IOException {
        String line = line(in);
        int semicolon = line.indexOf(';');
        return Integer.parseInt((semicolon < 0 ? line : line.substring(0, semicolon)).strip(), 16);
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the body ended early");
        }
        return bytes;
    }

    /** A line without its end; empty at the end of the connection. */
    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Writes an answer's head and so many bytes of its body at most; the head tells the length of all of it. */
    static void write(Answer answer, int bytes, OutputStream out) throws IOException {
        var head = new StringBuilder("HTTP/1.1 " + answer.status() + " " + reason(answer.status()) + "\r\n");
        answer.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        boolean hasBody = answer.status() != 204 && answer.status() != 304;
        if (hasBody) {
            head.append("Content-Length: ").append(answer.body().length()).append("\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        if (hasBody) {
            out.write(answer.body().array(), 0, Math.min(bytes, answer.body().length()));
        }
        out.flush();
    }

    private static String reason(int status) {
        return status < 300 ? "OK" : status < 400 ? "Redirected" : status < 500 ? "Refused" : "Failed";
    }
}
