package dev.pawl.sandbox.git;

import org.jspecify.annotations.Nullable;

/**
 * A file that differs.
 *
 * @param previousPath the path it was renamed from
 * @param status added, removed, modified, renamed or copied
 * @param patch its hunks, unless it is binary or unchanged in content
 */
public record FileChange(
        String path,
        @Nullable String previousPath,
        String status,
        String blob,
        int additions,
        int deletions,
        @Nullable String patch) {
    /** Whether it is a workflow file, which installation tokens may not touch. */
    public boolean isWorkflow() {
        return path.startsWith(".github/workflows/")
                || (previousPath != null && previousPath.startsWith(".github/workflows/"));
    }
}
