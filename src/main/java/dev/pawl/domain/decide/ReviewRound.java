package dev.pawl.domain.decide;

import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Feedback;
import dev.pawl.domain.model.PullFacts;
import dev.pawl.domain.model.Review;
import dev.pawl.domain.model.ReviewThread;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.state.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What reviewers wait to be answered: changes that they asked for, and conversations on lines that nobody resolved. Said
 * by people who may, and not answered before. What others say stays between them and those people.
 *
 * @param items what each of them said
 */
public record ReviewRound(List<Item> items) {
    /** The most accounts that are asked about; what others say isn't taken up. */
    private static final int MOST_ASKED = 5;

    public ReviewRound {
        items = List.copyOf(items);
    }

    /**
     * One thing that was said.
     *
     * @param feedback what an agent is told
     * @param by who said it
     * @param at when
     * @param comment the comment that its conversation began with; empty for the words of a review
     * @param thread the forge's name for that conversation
     */
    public record Item(Feedback feedback, Actor by, Instant at, OptionalLong comment, Optional<String> thread) {}

    /** What waits for an answer, as far as it is known who may. */
    static ReviewRound of(PullFacts facts, RunState state, Authority authority) {
        var items = new ArrayList<Item>();
        requests(facts, state).filter(r -> may(r.author(), authority)).forEach(r -> items.add(item(r, facts)));
        facts.threads().stream()
                .filter(t -> !t.resolved())
                .forEach(t -> item(t, state, authority).ifPresent(items::add));
        return new ReviewRound(items);
    }

    /** The same, once everybody was asked about who has to be. */
    public static ReviewRound told(Snapshot snapshot, RunState state, Policy policy) {
        var authority = new Authority(snapshot, policy);
        return snapshot.known()
                .pull()
                .flatMap(PullSeen::facts)
                .map(facts -> of(facts, state, authority))
                .orElse(new ReviewRound(List.of()));
    }

    /** Somebody who said something that nobody answered, and of whom nobody knows yet whether it counts. */
    static Optional<Actor> unknown(PullFacts facts, RunState state, Authority authority) {
        return Stream.concat(
                        requests(facts, state).map(Review::author),
                        facts.threads().stream()
                                .filter(t -> !t.resolved())
                                .flatMap(t -> unanswered(t, state).map(ReviewThread.Remark::author)))
                .filter(Actor::isPerson)
                .distinct()
                .limit(MOST_ASKED)
                .filter(a -> authority.maySteer(a).isEmpty())
                .findFirst();
    }

    private static boolean may(Actor actor, Authority authority) {
        return authority.maySteer(actor).orElse(false);
    }

    private static boolean isNew(Instant at, RunState state) {
        return state.after().heard().filter(heard -> !at.isAfter(heard)).isEmpty();
    }

    /** Everybody's last verdict, where it asks for changes and wasn't answered. */
    private static Stream<Review> requests(PullFacts facts, RunState state) {
        Map<Long, Review> last = new HashMap<>();
        facts.reviews().stream()
                .filter(r -> r.verdict() != Review.Verdict.COMMENTED)
                .forEach(r -> last.put(r.author().id(), r));
        return facts.reviews().stream()
                .filter(r -> r.verdict() == Review.Verdict.CHANGES_REQUESTED)
                .filter(r -> r.equals(last.get(r.author().id())))
                .filter(r -> isNew(r.submitted(), state));
    }

    private static Item item(Review review, PullFacts facts) {
        String words = review.body().isBlank()
                ? "Changes were asked for, in the comments on lines."
                : review.body().raw();
        String older = review.of(facts.pull().head())
                ? ""
                : "(Said of an older commit: look first whether it still holds.)\n\n";
        var feedback = new Feedback(
                "review-" + review.id(),
                Feedback.Kind.REVIEW,
                new Untrusted(older + words),
                Optional.empty(),
                OptionalInt.empty());
        return new Item(feedback, review.author(), review.submitted(), OptionalLong.empty(), Optional.empty());
    }

    /** What was said in a conversation since we last said something there. */
    private static Stream<ReviewThread.Remark> unanswered(ReviewThread thread, RunState state) {
        List<ReviewThread.Remark> remarks = thread.remarks();
        int ours = 0;
        for (int i = 0; i < remarks.size(); i++) {
            ours = remarks.get(i).key().isPresent() ? i + 1 : ours;
        }
        return remarks.stream().skip(ours).filter(r -> isNew(r.created(), state));
    }

    private static Optional<Item> item(ReviewThread thread, RunState state, Authority authority) {
        return unanswered(thread, state)
                .filter(r -> may(r.author(), authority))
                .max(Comparator.comparing(ReviewThread.Remark::created).thenComparing(ReviewThread.Remark::id))
                .map(last -> new Item(
                        new Feedback(
                                "thread-" + thread.first().id(),
                                Feedback.Kind.REVIEW,
                                new Untrusted(words(thread, authority)),
                                Optional.of(thread.path()),
                                thread.line()),
                        last.author(),
                        last.created(),
                        OptionalLong.of(thread.first().id()),
                        Optional.of(thread.id())));
    }

    /** The whole conversation, but for what others said than ourselves and people who may. */
    private static String words(ReviewThread thread, Authority authority) {
        String older =
                thread.outdated() ? "(The lines were changed since: look first whether it still holds.)\n\n" : "";
        return older
                + thread.remarks().stream()
                        .filter(r -> r.key().isPresent() || may(r.author(), authority))
                        .map(r -> (r.key().isPresent() ? "Pawl" : r.author().login())
                                + ": "
                                + r.body().raw())
                        .collect(Collectors.joining("\n\n"));
    }

    /** What an agent is told. */
    public List<Feedback> feedback() {
        return items.stream().map(Item::feedback).toList();
    }

    /** When the newest was said. */
    public Optional<Instant> newest() {
        return items.stream().map(Item::at).max(Comparator.naturalOrder());
    }

    /** Who said it, each once. */
    public List<String> reviewers() {
        return items.stream().map(i -> i.by().login()).distinct().toList();
    }

    /** Whether somebody finished a review that asks for changes: whoever comments line by line may not be done. */
    boolean isFinished() {
        return items.stream().anyMatch(i -> i.comment().isEmpty());
    }
}
