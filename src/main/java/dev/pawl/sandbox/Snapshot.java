package dev.pawl.sandbox;

import dev.pawl.sandbox.act.Hub;
import dev.pawl.sandbox.git.BareRepository;
import dev.pawl.sandbox.world.Repo;
import dev.pawl.sandbox.world.World;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A kept world. Of git it keeps the refs: objects are never collected here, so what a ref names is still there, and what
 * came later is as unreachable as a dropped commit on github.com.
 */
public final class Snapshot {
    private final World world;
    private final Map<Long, Map<String, ObjectId>> refs;

    private Snapshot(World world, Map<Long, Map<String, ObjectId>> refs) {
        this.world = world;
        this.refs = refs;
    }

    static Snapshot of(Hub hub) {
        var refs = new HashMap<Long, Map<String, ObjectId>>();
        for (Repo repo : hub.world().repos()) {
            refs.put(repo.id(), hub.git(repo).refs(Constants.R_REFS));
        }
        return new Snapshot(hub.world().copy(), refs);
    }

    void putBack(Hub hub) {
        for (Repo repo : world.repos()) {
            BareRepository git = hub.git(repo);
            git.restoreRefs(refs.getOrDefault(repo.id(), Map.of()));
        }
        hub.world(world.copy());
    }
}
