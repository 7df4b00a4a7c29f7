package dev.pawl.domain.model;

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
        String url) {
    /** Where it stands. */
    public enum Status {
        OPEN,
        CLOSED,
        MERGED
    }
}
