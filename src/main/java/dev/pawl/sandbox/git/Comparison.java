package dev.pawl.sandbox.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.Merger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.jspecify.annotations.Nullable;

/** What lies between two commits: files, commits, their common ancestor, and whether they merge. */
public final class Comparison {
    private final Repository repository;

    Comparison(Repository repository) {
        this.repository = repository;
    }

    /** The changed files from one commit, or from nothing, to another. */
    public List<FileChange> files(@Nullable RevCommit from, RevCommit to) {
        var out = new ByteArrayOutputStream();
        try (var formatter = new DiffFormatter(out)) {
            formatter.setRepository(repository);
            formatter.setDetectRenames(true);
            var changes = new ArrayList<FileChange>();
            for (DiffEntry entry : formatter.scan(from == null ? null : from.getTree(), to.getTree())) {
                out.reset();
                formatter.format(entry);
                formatter.flush();
                changes.add(change(
                        entry, formatter.toFileHeader(entry).toEditList(), out.toString(StandardCharsets.UTF_8)));
            }
            return changes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChange change(DiffEntry entry, List<Edit> edits, String text) {
        int added = edits.stream().mapToInt(Edit::getLengthB).sum();
        int removed = edits.stream().mapToInt(Edit::getLengthA).sum();
        boolean isGone = entry.getChangeType() == DiffEntry.ChangeType.DELETE;
        String status =
                switch (entry.getChangeType()) {
                    case ADD -> "added";
                    case DELETE -> "removed";
                    case MODIFY -> "modified";
                    case RENAME -> "renamed";
                    case COPY -> "copied";
                };
        int hunks = text.indexOf("\n@@");
        return new FileChange(
                isGone ? entry.getOldPath() : entry.getNewPath(),
                "renamed".equals(status) ? entry.getOldPath() : null,
                status,
                (isGone ? entry.getOldId() : entry.getNewId()).name(),
                added,
                removed,
                hunks < 0 ? null : text.substring(hunks + 1).stripTrailing());
    }

    /** The commits reachable from {@code to} and not from {@code from}, oldest first. */
    public List<RevCommit> commits(AnyObjectId from, AnyObjectId to) {
        try (var walk = new RevWalk(repository)) {
            walk.sort(RevSort.TOPO);
            walk.markStart(walk.parseCommit(to));
            walk.markUninteresting(walk.parseCommit(from));
            var commits = new ArrayList<RevCommit>();
            for (RevCommit commit : walk) {
                commits.add(commit);
            }
            Collections.reverse(commits);
            return commits;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The commits reachable from this one, newest first. */
    public List<RevCommit> history(AnyObjectId from) {
        try (var walk = new RevWalk(repository)) {
            walk.sort(RevSort.TOPO);
            walk.markStart(walk.parseCommit(from));
            var commits = new ArrayList<RevCommit>();
            walk.forEach(commits::add);
            return commits;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The best common ancestor. */
    public Optional<RevCommit> mergeBase(AnyObjectId one, AnyObjectId other) {
        try (var walk = new RevWalk(repository)) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(one));
            walk.markStart(walk.parseCommit(other));
            RevCommit base = walk.next();
            return base == null ? Optional.empty() : Optional.of(walk.parseCommit(base));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tree of both merged, unless they conflict. */
    public Optional<ObjectId> merged(AnyObjectId base, AnyObjectId head) {
        try {
            Merger merger = MergeStrategy.RECURSIVE.newMerger(repository, true);
            return merger.merge(base, head) ? Optional.of(merger.getResultTreeId()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
