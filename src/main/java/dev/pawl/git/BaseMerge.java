package dev.pawl.git;

import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.PathRules;
import dev.pawl.domain.port.Workspace.Conflict;
import dev.pawl.domain.port.Workspace.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.Sequence;
import org.eclipse.jgit.errors.NoMergeBaseException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeChunk;
import org.eclipse.jgit.merge.MergeResult;
import org.eclipse.jgit.merge.RecursiveMerger;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * A branch and its base merged in memory by JGit's recursive strategy. It starts no program, whatever {@code .gitattributes}
 * says of merge drivers and filters, and follows no renames.
 */
final class BaseMerge {
    /** What begins the branch's side of a conflict in a file. */
    static final String OPENING = "<<<<<<< pull request";

    /** What lies between the sides. */
    static final String MIDDLE = "=======";

    /** What ends the base's side. */
    static final String CLOSING = ">>>>>>> base";

    private final Repository ours;
    private final ObjectId branch;
    private final ObjectId base;

    BaseMerge(Repository ours, ObjectId branch, ObjectId base) {
        this.ours = ours;
        this.branch = branch;
        this.base = base;
    }

    /** What was found. */
    sealed interface Found {
        /** The base has nothing new. */
        record Current() implements Found {}

        /**
         * They fit, but for these files, which hold markers.
         *
         * @param tree the merged tree
         * @param conflicts the files; none where all fits
         */
        record Laid(ObjectId tree, List<Conflict> conflicts) implements Found {}

        /**
         * It takes a person.
         *
         * @param reasons why
         */
        record Hopeless(Reasons reasons) implements Found {}
    }

    Found look(PathRules rules) throws IOException {
        if (History.since(ours, /* base= */ branch, /* branch= */ base, 1).isEmpty()) {
            return new Found.Current();
        }
        var reasons = new Reasons();
        if (History.mergeBase(ours, branch, base).isEmpty()) {
            reasons.haveNoStart();
            return new Found.Hopeless(reasons);
        }
        try {
            var strict = new InMemory(ours, false);
            if (strict.merge(branch, base)) {
                return new Found.Laid(strict.getResultTreeId(), List.of());
            }
            List<Conflict> conflicts = conflicts(strict, rules, reasons);
            var marking = new InMemory(ours, true);
            if (reasons.isEmpty() && !conflicts.isEmpty() && marking.merge(branch, base)) {
                return new Found.Laid(marking.getResultTreeId(), conflicts);
            }
        } catch (NoMergeBaseException e) {
            reasons.haveNoStart();
        }
        if (reasons.isEmpty()) {
            reasons.haveNoStart();
        }
        return new Found.Hopeless(reasons);
    }

    private List<Conflict> conflicts(InMemory merger, PathRules rules, Reasons reasons) throws IOException {
        var protection = new Protection(rules.protectedPaths());
        var conflicts = new ArrayList<Conflict>();
        var paths = new TreeSet<>(merger.getUnmergedPaths());
        for (String path : paths) {
            MergeResult<? extends Sequence> result = merger.getMergeResults().get(path);
            if (protection.covers(path)) {
                reasons.isProtected(path);
            } else if (result == null || !areTexts(path)) {
                reasons.isNoText(path);
            } else {
                conflicts.add(new Conflict(path, places(result)));
            }
        }
        if (paths.size() > rules.maxFiles()) {
            reasons.areTooMany(paths.last(), rules.maxFiles());
        }
        return conflicts;
    }

    /** Whether both sides have a file there, of the same kind and with lines in it. */
    private boolean areTexts(String path) throws IOException {
        try (ObjectReader reader = ours.newObjectReader();
                var walk = new RevWalk(reader);
                TreeWalk at = TreeWalk.forPath(
                        reader,
                        path,
                        walk.parseCommit(branch).getTree(),
                        walk.parseCommit(base).getTree())) {
            return at != null
                    && at.getRawMode(0) == at.getRawMode(1)
                    && isFile(at.getFileMode(0))
                    && !isBinary(reader, at.getObjectId(0))
                    && !isBinary(reader, at.getObjectId(1));
        }
    }

    private static boolean isFile(FileMode mode) {
        return mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE);
    }

    private static boolean isBinary(ObjectReader reader, ObjectId blob) throws IOException {
        try (var in = reader.open(blob).openStream()) {
            return RawText.isBinary(in);
        }
    }

    private static List<Place> places(MergeResult<? extends Sequence> result) {
        var places = new ArrayList<Place>();
        Optional<Untrusted> branches = Optional.empty();
        for (MergeChunk chunk : result) {
            switch (chunk.getConflictState()) {
                case FIRST_CONFLICTING_RANGE -> branches = Optional.of(lines(result, chunk));
                case NEXT_CONFLICTING_RANGE -> {
                    places.add(new Place(branches.orElse(Untrusted.EMPTY), lines(result, chunk)));
                    branches = Optional.empty();
                }
                case NO_CONFLICT, BASE_CONFLICTING_RANGE -> {}
            }
        }
        return places;
    }

    private static Untrusted lines(MergeResult<? extends Sequence> result, MergeChunk chunk) {
        return result.getSequences().get(chunk.getSequenceIndex()) instanceof RawText text
                ? new Untrusted(text.getString(chunk.getBegin(), chunk.getEnd(), false))
                : Untrusted.EMPTY;
    }

    /** JGit's merger without a work tree. */
    private static final class InMemory extends RecursiveMerger {
        private final boolean marking;

        /**
         * A merger.
         *
         * @param marking whether conflicts of lines become markers in the files, instead of ending it
         */
        InMemory(Repository repository, boolean marking) {
            super(repository, true);
            this.marking = marking;
            setCommitNames(new String[] {"start", name(OPENING), name(CLOSING)});
        }

        private static String name(String marker) {
            return marker.substring(MIDDLE.length() + 1);
        }

        @Override
        protected boolean mergeImpl() throws IOException {
            return mergeTrees(mergeBase(), sourceTrees[0], sourceTrees[1], marking);
        }
    }
}
