package dev.pawl.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Copies one commit and its files from one repository to another, without its history. Ids are computed anew from what
 * arrives, so an object under a false name doesn't get in; and nothing on disk is shared.
 */
final class Snapshot {
    private Snapshot() {}

    /**
     * Copies the commit, and marks it as shallow where it has parents.
     *
     * @throws IOException also where an object is missing or isn't what its name says
     */
    static void copy(Repository from, ObjectId id, Repository to) throws IOException {
        Path pack = Files.createTempFile(to.getDirectory().toPath(), "snapshot", ".pack");
        try (ObjectReader reader = from.newObjectReader();
                var walk = new RevWalk(reader)) {
            RevCommit commit = walk.parseCommit(id);
            Set<RevObject> objects = closure(walk, commit);
            write(reader, objects, pack);
            read(pack, to);
            requireAll(objects, to);
            if (commit.getParentCount() > 0) {
                Set<ObjectId> shallow = new HashSet<>(to.getObjectDatabase().getShallowCommits());
                shallow.add(id.copy());
                to.getObjectDatabase().setShallowCommits(shallow);
            }
        } finally {
            Files.delete(pack);
        }
    }

    private static Set<RevObject> closure(RevWalk walk, RevCommit commit) throws IOException {
        Set<RevObject> objects = new LinkedHashSet<>();
        objects.add(commit);
        objects.add(commit.getTree());
        try (var tree = new TreeWalk(walk.getObjectReader())) {
            tree.addTree(commit.getTree());
            while (tree.next()) {
                if (tree.isSubtree()) {
                    objects.add(walk.lookupTree(tree.getObjectId(0)));
                    tree.enterSubtree();
                } else if (!FileMode.GITLINK.equals(tree.getRawMode(0))) {
                    objects.add(walk.lookupBlob(tree.getObjectId(0)));
                }
            }
        }
        return objects;
    }

    private static void write(ObjectReader reader, Set<RevObject> objects, Path pack) throws IOException {
        var config = new PackConfig();
        config.setDeltaCompress(false);
        config.setThreads(1);
        try (var writer = new PackWriter(config, reader);
                OutputStream out = Files.newOutputStream(pack)) {
            writer.setDeltaBaseAsOffset(true);
            writer.setReuseValidatingObjects(true);
            writer.setIndexDisabled(true);
            writer.preparePack(objects.iterator());
            writer.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, out);
        }
    }

    private static void read(Path pack, Repository to) throws IOException {
        try (ObjectInserter inserter = to.newObjectInserter();
                InputStream in = Files.newInputStream(pack)) {
            var parser = inserter.newPackParser(in);
            parser.setAllowThin(false);
            parser.parse(NullProgressMonitor.INSTANCE);
            inserter.flush();
        }
    }

    private static void requireAll(Set<RevObject> objects, Repository to) throws IOException {
        for (RevObject object : objects) {
            if (!to.getObjectDatabase().has(object)) {
                throw new IOException("an object isn't what its name says: " + object.name());
            }
        }
    }
}
