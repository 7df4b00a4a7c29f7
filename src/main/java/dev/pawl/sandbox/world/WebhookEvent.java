package dev.pawl.sandbox.world;

/**
 * An event that GitHub would start workflows for.
 *
 * @param name what {@code GITHUB_EVENT_NAME} says
 * @param sender the login that {@code GITHUB_ACTOR} names
 * @param payload the JSON document at {@code GITHUB_EVENT_PATH}
 */
public record WebhookEvent(String name, String repository, String sender, String payload) {}
