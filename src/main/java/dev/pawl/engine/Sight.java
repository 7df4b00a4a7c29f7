package dev.pawl.engine;

import dev.pawl.domain.decide.PullSeen;
import dev.pawl.domain.decide.Snapshot;
import dev.pawl.domain.model.Check;
import dev.pawl.domain.model.PullFacts;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.policy.MergeRules;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.port.Forge;
import dev.pawl.domain.text.StateText;
import java.util.List;
import java.util.Optional;

/**
 * Looks at an open pull request as closely as a decision wants it.
 *
 * @param forge the forge
 * @param policy the policy
 * @param settings which workflow run we are: our own job is no check of the pull request
 */
record Sight(Forge forge, Policy policy, Settings settings) {
    /** The issue with what people and machines say of its pull request. */
    Snapshot of(Snapshot snapshot) {
        Optional<PullFacts> facts = snapshot.pull()
                .map(PullRequest::number)
                .flatMap(forge.pullRequests()::facts)
                .map(this::withoutUs);
        return snapshot.seeing(new PullSeen(facts, forge.signsStates(), Optional.empty()));
    }

    private PullFacts withoutUs(PullFacts facts) {
        Optional<Long> own = settings.invocation().map(StateText.Invocation::id);
        List<Check> others = facts.checks().stream()
                .filter(c ->
                        c.job().filter(j -> own.equals(Optional.of(j.run()))).isEmpty())
                .toList();
        return new PullFacts(facts.pull(), facts.reviews(), facts.threads(), others, facts.rules(), facts.complete());
    }

    /** Also with who put the label on that asks for the merge: on the pull request, or else on the issue. */
    Snapshot wisher(Snapshot snapshot) {
        PullSeen seen = snapshot.known().pull().orElseThrow();
        String label = policy.merge().label().orElse(MergeRules.LABEL);
        int number = seen.facts()
                .map(PullFacts::pull)
                .filter(p -> p.has(label))
                .map(PullRequest::number)
                .orElse(snapshot.issue().number());
        return snapshot.seeing(seen.wishedBy(forge.labeler(number, label)));
    }
}
