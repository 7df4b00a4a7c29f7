package dev.pawl.domain.text;

import dev.pawl.domain.decide.Reply;
import dev.pawl.domain.decide.Why;
import dev.pawl.domain.model.Permission;
import dev.pawl.domain.state.RunState;
import java.util.Optional;

/** What commands and refused people are told. */
public final class Replies {
    /** Every command, with what it does. */
    public static final String COMMANDS = """
            | command | what it does |
            |---|---|
            | `/pawl start` | starts, where the label isn't there |
            | `/pawl approve` | approves the plan that was shown |
            | `/pawl revise <text>` | has the plan written anew |
            | `/pawl retry [stage]` | tries the failed stage again, or goes back to one |
            | `/pawl skip` | goes past the stage that is due |
            | `/pawl merge` | has the pull request merged at its present commit, where the policy lets Pawl merge |
            | `/pawl rebase` | merges the base into the pull request's branch; commits of people are never rewritten |
            | `/pawl answer <text>` | answers the questions; a plain comment does too |
            | `/pawl pause`, `/pawl resume` | stops, and goes on |
            | `/pawl stop` | ends the run |
            | `/pawl status`, `/pawl explain` | says where it stands, and why it isn't moving |
            | `/pawl reset` | forgets the run (maintainers) |
            """;

    private Replies() {}

    /**
     * The reply to a command, where there is something to say.
     *
     * @return empty where the reaction says it all
     */
    public static Optional<String> to(Reply reply, Optional<RunState> state) {
        return switch (reply) {
            case PAUSED, RESUMED -> Optional.empty();
            case STOPPED -> Optional.of("Stopped. `/pawl start` begins a new run.");
            case RESET ->
                Optional.of("The run's state is forgotten. Branches and pull requests stay as they are; "
                        + "`/pawl start` begins a new run.");
            case STATUS -> Optional.of(status(state));
            case EXPLAIN -> Optional.of(explain(state));
            case NO_RUN -> Optional.of("Pawl isn't working on this issue. `/pawl start` starts it.");
            case RUN_ENDED -> Optional.of("The run is over. `/pawl start` begins a new one.");
            case NOTHING_TO_APPROVE -> Optional.of("Nothing waits for approval.");
            case STALE_APPROVAL ->
                Optional.of(
                        "The plan changed after it was shown to you. Please read it again and repeat `/pawl approve`.");
            case NOTHING_TO_REVISE ->
                Optional.of("There is no plan that could still be revised. `/pawl retry plan` goes back to planning.");
            case NOTHING_TO_RETRY -> Optional.of("There is nothing to retry.");
            case NOTHING_TO_SKIP -> Optional.of("The stage that is due can't be skipped.");
            case NOTHING_TO_ANSWER -> Optional.of("No questions are open.");
            case NOTHING_TO_RESUME -> Optional.of("Nothing is paused.");
            case ALREADY_STARTED -> Optional.of("Pawl is working on this issue already.");
            case NOTHING_TO_MERGE -> Optional.of("There is no open pull request that could be merged.");
            case PEOPLE_MERGE ->
                Optional.of("The policy leaves merging to people: `merge.enabled` in `.github/pawl.yml` changes that.");
            case NO_SUCH_STAGE -> Optional.of("The run has no such stage, or hasn't come to it yet.");
            case NEEDS_MAINTAIN -> Optional.of("`/pawl reset` needs the permission to maintain this repository.");
            case NOTHING_TO_UPDATE -> Optional.of("There is no open pull request whose branch could be updated.");
            case UP_TO_DATE -> Optional.of("The pull request's branch has everything that its base has.");
            case NOT_ITS_BASE ->
                Optional.of(
                        "The pull request goes to another branch than the work was made for; set its base back first.");
            case NOT_YET_UPDATED ->
                Optional.of(
                        "Another stage is due before that. Repeat the command once the pull request waits for people.");
            case UNKNOWN -> Optional.of("That is no command of Pawl's. These are:\n\n" + COMMANDS);
        };
    }

    private static String status(Optional<RunState> state) {
        return state.map(s -> "The issue is `" + s.state().word() + "`"
                        + s.due().map(d -> ", stage *" + d.kind().word() + "*").orElse("") + ". " + explain(state))
                .orElse("Pawl isn't working on this issue.");
    }

    private static String explain(Optional<RunState> state) {
        return state.map(s -> s.state().ended()
                        ? "The run is over."
                        : s.waiting()
                                        .map(w -> "It waits for " + Sentences.waiting(w))
                                        .orElse("It waits for nothing; the next run moves it on.")
                                + done(s.work()))
                .orElse("Pawl isn't working on this issue.");
    }

    private static String done(RunState.Work work) {
        return work.planned() == 0
                ? ""
                : " Of the plan's " + work.planned() + " tasks, " + work.tasks()
                        + (work.tasks() == 1 ? " is done." : " are done.");
    }

    /** What somebody is told who may not do what they asked for. */
    public static String refusal(Why why, Permission needed) {
        return why == Why.BOT
                ? "Pawl doesn't obey this bot. A maintainer can list its account id under `start.allow_bots`."
                : "Pawl does this for people with " + needed.word()
                        + " permission. Somebody who has it can add the label or" + " repeat the command.";
    }
}
