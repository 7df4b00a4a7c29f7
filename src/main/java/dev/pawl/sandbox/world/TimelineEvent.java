package dev.pawl.sandbox.world;

import java.time.Instant;

/** One entry of an issue's timeline: who did what, and when. */
public record TimelineEvent(long id, String actor, Instant at, Happening what) {}
