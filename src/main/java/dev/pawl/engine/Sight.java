package dev.pawl.engine;

import dev.pawl.domain.decide.BlockedBy;
import dev.pawl.domain.decide.PullSeen;
import dev.pawl.domain.decide.Snapshot;
import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Blocker;
import dev.pawl.domain.model.Check;
import dev.pawl.domain.model.CiRun;
import dev.pawl.domain.model.Comparison;
import dev.pawl.domain.model.Issue;
import dev.pawl.domain.model.Permission;
import dev.pawl.domain.model.PullFacts;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.policy.MergeRules;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.port.Forge;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.text.StateText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Looks at an issue and its pull request as closely as a decision wants it.
 *
 * @param forge the forge
 * @param policy the policy
 * @param settings which workflow and run we are: our own jobs are no checks of the pull request
 */
record Sight(Forge forge, Policy policy, Settings settings) {
    /**
     * The issue with what an account may do. A bot that the policy lists by its id counts as a person who may write; the forge knows
     * no permission of bots.
     */
    Snapshot permission(Snapshot snapshot, Actor actor) {
        Permission permission = actor.isPerson() ? forge.permission(actor) : Permission.WRITE;
        return snapshot.knowing(snapshot.known().with(actor, permission));
    }

    /** Also with who put the start label on. */
    Snapshot labeler(Snapshot snapshot) {
        var by = forge.labeler(snapshot.issue().number(), policy.start().label());
        return snapshot.knowing(snapshot.known().withLabeler(by));
    }

    /** The issue with what people and machines say of its pull request. */
    Snapshot of(Snapshot snapshot) {
        Optional<PullFacts> facts = snapshot.pull().map(PullRequest::number).flatMap(this::facts);
        return snapshot.seeing(new PullSeen(facts, forge.signsStates(), forge.startsWorkflows(), Optional.empty()));
    }

    /** What people and machines say of a pull request; our own job isn't among its checks. */
    Optional<PullFacts> facts(int pull) {
        return forge.pullRequests().facts(pull).map(this::withoutUs);
    }

    private PullFacts withoutUs(PullFacts facts) {
        Optional<Long> own = settings.invocation().map(StateText.Invocation::id);
        List<Check> others = facts.checks().stream()
                .filter(c -> c.job()
                        .filter(j -> own.equals(Optional.of(j.run()))
                                || (!c.required() && settings.workflow().equals(Optional.of(j.file()))))
                        .isEmpty())
                .toList();
        return new PullFacts(facts.pull(), facts.reviews(), facts.threads(), others, facts.rules(), facts.complete());
    }

    /** Also with the newest run of the repository's own workflow on what was made. */
    Snapshot validation(Snapshot snapshot, RunState state) {
        Optional<CiRun> run = policy.validation()
                .workflow()
                .flatMap(file -> state.work().head().flatMap(head -> forge.ci().newest(file, head)));
        return snapshot.knowing(snapshot.known().running(run));
    }

    /** Also with whether its base has something that it hasn't. */
    Snapshot behind(Snapshot snapshot) {
        PullSeen seen = snapshot.known().pull().orElseThrow();
        boolean behind = seen.facts()
                .map(PullFacts::pull)
                .flatMap(p -> forge.pullRequests().compare(p.base(), p.head().value()))
                .filter(Comparison::isBehind)
                .isPresent();
        return snapshot.seeing(seen.behind(behind));
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

    /** Also with the open issues that this one waits for, by GitHub's dependencies and by its text. */
    Snapshot blockers(Snapshot snapshot) {
        Issue issue = snapshot.issue();
        String here =
                snapshot.repository().owner() + "/" + snapshot.repository().name();
        var open = new TreeSet<Integer>();
        boolean elsewhere = false;
        for (Blocker blocker : issue.blockers() > 0 ? forge.blockers(issue.number()) : List.<Blocker>of()) {
            boolean ours = blocker.repository().equalsIgnoreCase(here);
            elsewhere = elsewhere || (blocker.open() && !ours);
            if (blocker.open() && ours) {
                open.add(blocker.number());
            }
        }
        BlockedBy.of(issue).stream()
                .filter(n -> forge.issue(n).filter(Issue::open).isPresent())
                .forEach(open::add);
        var words = new ArrayList<>(open.stream().map(n -> "#" + n).toList());
        if (elsewhere) {
            words.add("an issue of another repository");
        }
        return snapshot.knowing(snapshot.known().waitingFor(words));
    }
}
