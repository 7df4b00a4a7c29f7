package dev.pawl.domain.model;

import java.util.List;
import java.util.Optional;

/**
 * A pull request as the forge shows it now.
 *
 * @param number its number
 * @param author who opened it
 * @param headBranch the head branch's name, without {@code refs/heads/}
 * @param sameRepository whether the head lies in this repository; never so for a fork
 * @param head the head commit
 * @param base the base branch's name
 * @param status open, closed or merged
 * @param draft whether it is a draft
 * @param url where people look at it
 * @param merging whether it can be merged, and how it was; nothing is known of that where it comes from a list
 * @param labels the labels' names, as the forge orders them
 * @param asked the accounts that were asked for a review and haven't given it since; teams aren't among them
 */
public record PullRequest(
        int number,
        Actor author,
        String headBranch,
        boolean sameRepository,
        Sha head,
        String base,
        Status status,
        boolean draft,
        String url,
        Merging merging,
        List<String> labels,
        List<Actor> asked) {
    public PullRequest {
        labels = List.copyOf(labels);
        asked = List.copyOf(asked);
    }

    /** One of which no more is known, and that nobody labelled. */
    public PullRequest(
            int number,
            Actor author,
            String headBranch,
            boolean sameRepository,
            Sha head,
            String base,
            Status status,
            boolean draft,
            String url) {
        this(
                number,
                author,
                headBranch,
                sameRepository,
                head,
                base,
                status,
                draft,
                url,
                Merging.UNKNOWN,
                List.of(),
                List.of());
    }

    /** Whether it carries the label; names are compared as GitHub does, without case. */
    public boolean has(String label) {
        return labels.stream().anyMatch(label::equalsIgnoreCase);
    }

    /** Where it stands. */
    public enum Status {
        OPEN,
        CLOSED,
        MERGED
    }

    /**
     * What the forge has worked out about merging it.
     *
     * @param mergeable whether head and base fit together
     * @param state what the forge says stands in the way
     * @param automatic whether the forge merges it by itself, once nothing stands in the way
     * @param commit the commit on the base that it was merged as
     */
    public record Merging(Mergeable mergeable, MergeState state, boolean automatic, Optional<Sha> commit) {
        /** Nothing is known. */
        public static final Merging UNKNOWN =
                new Merging(Mergeable.UNKNOWN, MergeState.UNKNOWN, false, Optional.empty());
    }

    /** Whether head and base fit together. The forge works it out after each push, and says unknown until then. */
    public enum Mergeable {
        YES,
        CONFLICT,
        UNKNOWN
    }

    /**
     * What stands in the way, in GitHub's words (GraphQL, {@code MergeStateStatus}). {@code BEHIND} is said only where the
     * base's rules ask for an up-to-date branch: whether it is behind at all, a comparison tells.
     */
    public enum MergeState {
        /** Nothing. */
        CLEAN,
        /** Nothing, though checks that aren't required failed or are due. */
        UNSTABLE,
        /** Nothing, and hooks will run. */
        HAS_HOOKS,
        /** The base's rules: reviews or checks are missing, or failed. */
        BLOCKED,
        /** The base moved on, and its rules ask for an up-to-date branch. */
        BEHIND,
        /** A conflict. */
        DIRTY,
        /** It is a draft. */
        DRAFT,
        /** The forge hasn't worked it out yet. */
        UNKNOWN
    }
}
