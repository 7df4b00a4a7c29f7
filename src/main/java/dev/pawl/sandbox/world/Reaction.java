package dev.pawl.sandbox.world;

import java.time.Instant;
import java.util.List;

/** One account's reaction to an issue or a comment; an account has each content once. */
public record Reaction(long id, String account, String content, Instant createdAt) {
    /** Every content GitHub knows, in the order of its roll-up. */
    public static final List<String> CONTENTS =
            List.of("+1", "-1", "laugh", "confused", "heart", "hooray", "eyes", "rocket");
}
