package dev.pawl.sandbox.world;

import java.time.Instant;

/** A comment of an issue or pull request, by the number they share. */
public record Comment(long id, int number, String author, String body, Instant createdAt, Instant updatedAt) {
    /** The same comment on another issue. */
    public Comment on(int otherNumber) {
        return new Comment(id, otherNumber, author, body, createdAt, updatedAt);
    }

    /** The same comment with other words. */
    public Comment edited(String newBody, Instant at) {
        return new Comment(id, number, author, newBody, createdAt, at);
    }
}
