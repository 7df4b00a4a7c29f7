package dev.pawl.domain.decide;

import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Permission;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.state.RunState;
import java.util.Optional;

/** Who may. Every doubt is a no. */
final class Authority {
    private final Snapshot snapshot;
    private final Policy policy;

    Authority(Snapshot snapshot, Policy policy) {
        this.snapshot = snapshot;
        this.policy = policy;
    }

    /** Whoever answers for the run. */
    static Actor leader(RunState state) {
        String login = state.people().login();
        return new Actor(state.people().startedBy(), login, login.endsWith("[bot]") ? Actor.Kind.BOT : Actor.Kind.USER);
    }

    /** Whether the account may steer Pawl; empty while the forge wasn't asked. */
    Optional<Boolean> maySteer(Actor actor) {
        return may(actor, policy.start().permission());
    }

    /** Whether the account has at least that permission; empty while the forge wasn't asked. */
    Optional<Boolean> may(Actor actor, Permission needed) {
        if (!actor.isPerson() && !policy.start().allowBots().contains(actor.id())) {
            return Optional.of(false);
        }
        return Optional.ofNullable(snapshot.known().permissions().get(actor.id()))
                .map(p -> p.atLeast(needed));
    }

    /** Why the account may not. */
    Why refusal(Actor actor) {
        return actor.isPerson() || policy.start().allowBots().contains(actor.id()) ? Why.NOT_PERMITTED : Why.BOT;
    }

    /** The key of the notice that a refused account gets once. */
    static String noticeKey(Actor actor) {
        return "refused-" + actor.id();
    }

    /** Whether the account was refused on this issue before. */
    boolean refusedBefore(Actor actor) {
        return refusal(noticeKey(actor)).isPresent();
    }

    /** Whether the comment was written by an account before that account's refusal was said. */
    boolean refusedAfter(Actor actor, long comment) {
        return refusal(noticeKey(actor)).filter(id -> comment < id).isPresent();
    }

    private Optional<Long> refusal(String key) {
        return snapshot.notes().stream()
                .filter(n -> n.topic() == Note.Topic.NOTICE && n.key().equals(key))
                .map(Note::id)
                .findFirst();
    }

    /** A refusal, or nothing at all when it was said before. */
    Decision refuse(Actor actor) {
        return refusedBefore(actor)
                ? new Decision.Nothing(Why.SAID_BEFORE)
                : new Decision.Refuse(actor, refusal(actor));
    }
}
