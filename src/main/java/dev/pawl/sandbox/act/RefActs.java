package dev.pawl.sandbox.act;

import dev.pawl.sandbox.event.Payloads;
import dev.pawl.sandbox.event.PushPayload;
import dev.pawl.sandbox.git.BareRepository.Moved;
import dev.pawl.sandbox.world.Happening;
import dev.pawl.sandbox.world.Issue;
import dev.pawl.sandbox.world.PullRequest;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** Moves refs, and lets pull requests and listeners know. */
public record RefActs(Act act) {
    /** Creates a ref. */
    public Moved create(String name, ObjectId target) {
        Moved moved = act.git().create(name, target);
        if (moved == Moved.DONE) {
            moved(name, null, target);
        }
        return moved;
    }

    /** Moves a ref, forward only unless {@code anywhere}. */
    public Moved move(String name, ObjectId target, boolean anywhere) {
        ObjectId before = act.git().ref(name);
        Moved moved = act.git().move(name, target, anywhere);
        if (moved == Moved.DONE && !target.equals(before)) {
            moved(name, before, target);
        }
        return moved;
    }

    /** Deletes a ref. */
    public Moved delete(String name) {
        ObjectId before = act.git().ref(name);
        Moved moved = act.git().delete(name);
        if (moved == Moved.DONE) {
            moved(name, before, null);
        }
        return moved;
    }

    /** What follows from a ref that git has moved: pull requests take the new head, listeners hear of a push. */
    public void moved(String name, @Nullable ObjectId before, @Nullable ObjectId after) {
        if (name.startsWith(Constants.R_HEADS)) {
            String branch = name.substring(Constants.R_HEADS.length());
            openFrom(branch).forEach(pull -> headMoved(pull, before, after));
        }
        if (name.startsWith(Constants.R_HEADS) || name.startsWith(Constants.R_TAGS)) {
            act.tell("push", PushPayload.of(name, orZero(before), orZero(after), act.actor(), act.view()));
        }
    }

    private List<PullRequest> openFrom(String branch) {
        return act.repo().pulls().values().stream()
                .filter(p -> p.fork() == null
                        && p.headRef().equals(branch)
                        && issueOf(p).isOpen())
                .toList();
    }

    private void headMoved(PullRequest pull, @Nullable ObjectId before, @Nullable ObjectId after) {
        Issue issue = issueOf(pull);
        if (after == null) {
            act.happened(issue, new Happening.HeadRefDeleted());
            act.issues().close(issue, null);
            return;
        }
        pull.headMoved(after.name(), act.repo().settings().unknownMergeabilities());
        act.git().restoreRef("refs/pull/" + pull.number() + "/head", after);
        issue.touch(act.now());
        if (before != null && !isForward(before, after)) {
            act.happened(issue, new Happening.HeadRefForcePushed());
        }
        var payload = Payloads.pull("synchronize", pull, act.view());
        act.tell("pull_request", payload.put("before", orZero(before).name()).put("after", after.name()));
    }

    private boolean isForward(ObjectId before, ObjectId after) {
        return act.git()
                .comparison()
                .mergeBase(before, after)
                .filter(before::equals)
                .isPresent();
    }

    private Issue issueOf(PullRequest pull) {
        return Objects.requireNonNull(act.repo().issues().get(pull.number()));
    }

    private static ObjectId orZero(@Nullable ObjectId id) {
        return id == null ? ObjectId.zeroId() : id;
    }
}
