package dev.pawl.domain.model;

/**
 * How far two commits are apart.
 *
 * @param ahead how many commits the head has that the base hasn't
 * @param behind how many commits the base has that the head hasn't
 * @param mergeBase where they parted
 */
public record Comparison(int ahead, int behind, Sha mergeBase) {
    /** Whether the base moved on since the head left it. */
    public boolean isBehind() {
        return behind > 0;
    }

    /** Whether the base has all that the head has. */
    public boolean isContained() {
        return ahead == 0;
    }
}
