package dev.pawl.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.json.Json;
import dev.pawl.sandbox.world.Account;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * That GitHub says no, in GitHub's words.
 * See <a href="https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api">REST: troubleshooting</a>.
 */
public final class Refusal extends RuntimeException {
    private static final String DOCUMENTATION = "https://docs.github.com/rest";

    private final int status;
    private final transient @Nullable JsonNode errors;
    private final @Nullable String location;

    private Refusal(int status, String message, @Nullable JsonNode errors) {
        this(status, message, errors, null);
    }

    private Refusal(int status, String message, @Nullable JsonNode errors, @Nullable String location) {
        super(message, null, false, false);
        this.status = status;
        this.errors = errors;
        this.location = location;
    }

    /** This status with this message. */
    public static Refusal of(int status, String message) {
        return new Refusal(status, message, null);
    }

    /** 301 to where it is now. */
    static Refusal moved(String location) {
        return new Refusal(301, "Moved Permanently", null, location);
    }

    /** 404, also for what the asker may not even know of. */
    public static Refusal notFound() {
        return of(404, "Not Found");
    }

    /** 410 for a deleted issue. */
    public static Refusal gone() {
        return of(410, "This issue was deleted");
    }

    /** 403 in the words for this kind of token. */
    public static Refusal forbidden(Account account) {
        return of(
                403,
                account.isApp() ? "Resource not accessible by integration" : "Must have admin rights to Repository.");
    }

    /** 422 with only a message. */
    public static Refusal unprocessable(String message) {
        return of(422, message);
    }

    /** 422 about one field. */
    public static Refusal invalid(String resource, String field, String code) {
        return invalid(
                Json.object().put("resource", resource).put("field", field).put("code", code));
    }

    /** 422 about one field, in words. */
    public static Refusal custom(String resource, @Nullable String field, String message) {
        ObjectNode error = Json.object().put("resource", resource).put("code", "custom");
        if (field != null) {
            error.put("field", field);
        }
        return invalid(error.put("message", message));
    }

    private static Refusal invalid(ObjectNode error) {
        return new Refusal(422, "Validation Failed", Json.array(Stream.of(error)));
    }

    /** The answer that says so. */
    public Answer answer() {
        ObjectNode json = Json.object().put("message", getMessage());
        if (errors != null) {
            json.set("errors", errors);
        }
        if (location != null) {
            json.put("url", location);
        }
        Answer answer =
                Answer.of(status, json.put("documentation_url", DOCUMENTATION).put("status", Integer.toString(status)));
        return location == null ? answer : answer.with("Location", location);
    }
}
