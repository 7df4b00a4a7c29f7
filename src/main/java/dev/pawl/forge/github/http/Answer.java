package dev.pawl.forge.github.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the forge answered, read to its end.
 *
 * @param status the HTTP status, below 500
 * @param headers its headers
 * @param json its body; missing where there is none, or none that can be read
 * @param address where it came from in the end, after redirects
 */
public record Answer(int status, HttpHeaders headers, JsonNode json, URI address) {
    private static final Pattern NEXT = Pattern.compile("<([^<>]*)>\\s*;[^<]*?\\brel=\"?next\"?");
    private static final int LONGEST = 300;

    /** Whether it is a 2xx. */
    public boolean ok() {
        return status >= 200 && status < 300;
    }

    /** Whether the thing isn't there, and won't be: 404, 410, 451. */
    public boolean gone() {
        return status == 404 || status == 410 || status == 451;
    }

    /** The next page's address, from {@code Link} (docs.github.com, REST API, "Using pagination in the REST API"). */
    public Optional<String> next() {
        for (String link : headers.allValues("link")) {
            Matcher matcher = NEXT.matcher(link);
            if (matcher.find()) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }

    /** What the forge said, its own message first, then its errors' ones: one bounded line. */
    public String said() {
        var text = new StringBuilder(json.path("message").asText(""));
        for (JsonNode error : json.path("errors")) {
            String message =
                    error.isTextual() ? error.asText() : error.path("message").asText("");
            String field = error.path("field").asText("");
            String code = error.path("code").asText("");
            String detail = message.isEmpty() ? (field + " " + code).strip() : message;
            if (!detail.isEmpty()) {
                text.append(text.isEmpty() ? "" : "; ").append(detail);
            }
        }
        String line = text.toString().replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) : line;
    }

    /** Whether what it said contains these words, without case. */
    public boolean says(String words) {
        return said().toLowerCase(java.util.Locale.ROOT).contains(words);
    }
}
