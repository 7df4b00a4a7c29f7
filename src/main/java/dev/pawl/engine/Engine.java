package dev.pawl.engine;

import dev.pawl.domain.decide.AgentStarts;
import dev.pawl.domain.decide.Decision;
import dev.pawl.domain.decide.Runs;
import dev.pawl.domain.decide.Snapshot;
import dev.pawl.domain.decide.Trigger;
import dev.pawl.domain.decide.Why;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.Actor;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.port.Agents;
import dev.pawl.domain.port.Checkpoints;
import dev.pawl.domain.port.Forge;
import dev.pawl.domain.port.Ledger;
import dev.pawl.domain.port.Validation;
import dev.pawl.domain.port.Workspace;
import dev.pawl.domain.report.Diagnosis;
import dev.pawl.domain.report.Outcome;
import dev.pawl.domain.report.Report;
import dev.pawl.domain.state.RunState;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The engine's parts, joined once the policy is known. */
public final class Engine {
    private final Forge forge;
    private final Parts parts;
    private final Settings settings;
    private final Function<Policy, Performer> performers;

    private Engine(Forge forge, Parts parts, Settings settings, Function<Policy, Performer> performers) {
        this.forge = forge;
        this.parts = parts;
        this.settings = settings;
        this.performers = performers;
    }

    /**
     * What the engine drives besides the forge.
     *
     * @param ledgers the ledger, for a policy's namespace
     * @param workspace git
     * @param agents runs agents, under a policy's rules
     * @param validation runs the repository's commands
     * @param checkpoints reads and writes what an agent's work came to
     * @param clock measures how long things take
     * @param unsafe why no process of an agent's may start here, under a policy's rules; empty where one may
     */
    public record Parts(
            Function<Policy, Ledger> ledgers,
            Workspace workspace,
            Function<Policy, Agents> agents,
            Validation validation,
            Checkpoints checkpoints,
            InstantSource clock,
            Function<Policy, Optional<String>> unsafe) {}

    /** An engine that writes. */
    public static Engine writing(Forge forge, Parts parts, Settings settings) {
        return new Engine(
                forge,
                parts,
                settings,
                policy -> new ForgePerformer(forge, parts.ledgers().apply(policy), parts, settings));
    }

    /** An engine that reads everything, writes nothing, and prints what it would write. */
    public static Engine printing(Forge forge, Parts parts, Settings settings, Consumer<String> out) {
        return new Engine(forge, parts, settings, _ -> new PrintingPerformer(settings, out));
    }

    /** Decides what to do with an issue. Writes nothing. */
    public Decision explain(Policy policy, Snapshot snapshot) {
        return step(policy, performers.apply(policy)).decide(snapshot).decision();
    }

    /** Moves the issue one stage further, or says why not. */
    Report advance(Policy policy, Snapshot snapshot) {
        Performer performer = performers.apply(policy);
        Step step = step(policy, performer);
        Step.Decided decided = step.decide(snapshot);
        if (decided.decision() instanceof Decision.Start(StageKind stage, RunState state, var _)) {
            Optional<Report> missing = withoutAgent(policy, decided.snapshot(), stage, state)
                    .or(() -> unsafe(policy, decided.snapshot(), stage, state));
            if (missing.isPresent()) {
                return missing.get();
            }
        }
        Report report = step.act(decided);
        goOn(performer, decided.snapshot(), report);
        if (decided.decision().equals(new Decision.Nothing(Why.NOT_SHOWN))
                && hop(decided.snapshot()) <= policy.limits().runsPerIssue()) {
            ring(performer, decided.snapshot(), Runs.begin(decided.snapshot(), policy, Actor.GHOST, Optional.empty()));
        }
        return report;
    }

    /** Looks at an issue's state, and writes it anew where a person wants that. */
    Diagnosis repair(Policy policy, Repair.Wish wish) {
        Performer performer = performers.apply(policy);
        var relics = new Relics(forge, parts.ledgers().apply(policy), parts.workspace(), policy);
        return new Repair(relics, performer, step(policy, performer)).of(wish);
    }

    private Step step(Policy policy, Performer performer) {
        var crew = new Workshop.Crew(parts.agents().apply(policy), parts.validation(), parts.checkpoints());
        var workshop = new Workshop(parts.workspace(), crew, forge::defaultBranch, settings);
        var relics = new Relics(forge, parts.ledgers().apply(policy), parts.workspace(), policy);
        return new Step(
                performer,
                new StageRun(performer, workshop, forge, parts.clock()),
                relics,
                new Sight(forge, policy, settings));
    }

    /** A stage that needs an agent where the policy names none is refused before anything is written. */
    private Optional<Report> withoutAgent(Policy policy, Snapshot snapshot, StageKind stage, RunState state) {
        boolean needed = AgentStarts.needed(stage, snapshot, state, policy);
        boolean named = settings.agent().isPresent()
                || policy.agentFor(Runs.configured(state, policy, stage)).isPresent();
        return needed && !named
                ? Optional.of(
                        Report.of(
                                Outcome.CONFIGURATION,
                                state,
                                "No agent is named for the stage " + stage.word() + ". Name one in "
                                        + settings.policyPath()
                                        + ", such as:\n\nagents:\n  mine: {kind: command, run: [./tools/agent]}\nroles: {default: mine}"))
                : Optional.empty();
    }

    /** Where a stage would run what isn't ours, and that isn't safe here, nothing is written. */
    private Optional<Report> unsafe(Policy policy, Snapshot snapshot, StageKind stage, RunState state) {
        boolean runs = stage == StageKind.VALIDATE || AgentStarts.needed(stage, snapshot, state, policy);
        return runs
                ? parts.unsafe().apply(policy).map(why -> Report.of(Outcome.CONFIGURATION, state, why))
                : Optional.empty();
    }

    /** Calls us again where the next stage can run at once: our own writes start no workflow. */
    private void goOn(Performer performer, Snapshot snapshot, Report report) {
        boolean moved = report.outcome() == Outcome.ADVANCED || report.outcome() == Outcome.FAILED;
        boolean ready = report.state()
                .filter(s ->
                        s.waiting().isEmpty() && !s.state().ended() && s.due().isPresent())
                .isPresent();
        if (moved && ready && report.stage().isPresent()) {
            ring(performer, snapshot, report.state().get());
        }
    }

    private void ring(Performer performer, Snapshot snapshot, RunState state) {
        if (settings.dispatch()) {
            performer.perform(
                    snapshot,
                    state,
                    List.of(new Effect.Continue(snapshot.issue().number(), hop(snapshot))),
                    Optional.empty());
        }
    }

    private static int hop(Snapshot snapshot) {
        return snapshot.trigger() instanceof Trigger.Continued(int _, int before) ? before + 1 : 1;
    }

    /** The issue, for commands that only look. */
    public Optional<Snapshot> look(int issue, Trigger trigger) {
        return Snapshots.read(forge, issue, trigger);
    }
}
