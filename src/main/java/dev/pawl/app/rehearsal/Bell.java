package dev.pawl.app.rehearsal;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.sandbox.world.WebhookEvent;
import java.util.Set;

/**
 * An event that wants an invocation.
 *
 * @param event what the embedded GitHub says
 * @param action its action, or the type of a dispatch; empty where there is neither
 */
record Bell(WebhookEvent event, String action) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a workflow file that starts Pawl lists under {@code on} (section 2 of the protocol). */
    private static final Set<String> LISTED = Set.of(
            "issues",
            "issue_comment",
            "pull_request",
            "pull_request_review",
            "pull_request_review_comment",
            "workflow_run",
            "check_suite",
            "check_run",
            "status",
            "push",
            "schedule",
            "workflow_dispatch",
            "repository_dispatch");

    static Bell of(WebhookEvent event) {
        try {
            return new Bell(event, JSON.readTree(event.payload()).path("action").asText(""));
        } catch (JacksonException e) {
            throw new IllegalStateException("the embedded GitHub writes JSON", e);
        }
    }

    /** Whether a workflow runs for it. */
    boolean rings() {
        return LISTED.contains(event.name());
    }

    /** Such as {@code issues (labeled)}. */
    String occasion() {
        return action.isEmpty() ? event.name() : event.name() + " (" + action + ")";
    }
}
