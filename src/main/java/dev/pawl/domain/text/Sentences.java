package dev.pawl.domain.text;

import dev.pawl.domain.decide.Why;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.port.AgentSession;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.Waiting;
import java.util.List;
import java.util.Optional;

/** Why an issue isn't moving, in one sentence each. */
public final class Sentences {
    private Sentences() {}

    /** What a run waits for, and what ends the wait. */
    public static String waiting(Waiting waiting) {
        String detail = waiting.detail().isEmpty() ? "" : " (" + waiting.detail() + ")";
        String until = waiting.until().map(t -> " until " + t).orElse("");
        return switch (waiting.reason()) {
            case PLAN_APPROVAL ->
                "approval of the plan: `/pawl approve`, or `/pawl revise <what should be different>`.";
            case ANSWERS -> "answers to the questions above, in a comment of any form.";
            case REVIEW ->
                waiting.until()
                        .map(t -> "people and checks on the pull request; what was said on its lines is taken up after "
                                + t + ", so that whoever writes can finish.")
                        .orElse("people and checks on the pull request.");
            case ROUNDS ->
                "a person, because reviewers were answered as often as may be" + detail
                        + ": `/pawl retry` answers them again.";
            case CONFLICT ->
                "a person, because the pull request conflicts with its base" + detail
                        + ": solve it on the branch, or `/pawl retry update_branch` tries again.";
            case CHECKS ->
                "a person, because checks of the pull request fail" + detail
                        + ": it goes on when they are green or the branch moves; `/pawl retry` repairs them again.";
            case WORKFLOW ->
                "the repository's own workflow" + detail
                        + ", which validates the work; it goes on when that has ended.";
            case MERGE -> "the merge of the pull request, and that for " + waiting.detail() + ".";
            case ATTEMPTS -> "a person, because the stage failed too often" + detail + ": `/pawl retry` tries again.";
            case RUNS ->
                "a person, because the issue used up its agent starts" + detail
                        + ": `/pawl retry` allows as many again.";
            case NO_PROGRESS ->
                "a person, because it was tried again and again without any progress" + detail
                        + ": `/pawl retry` tries again.";
            case COST ->
                "a person, because the issue used up its money" + detail + ": `/pawl retry` allows as much again.";
            case HOURLY -> "time, because agents were started too often within an hour" + detail + until + ".";
            case DAILY ->
                "time, because agents used up the repository's money for a day" + detail + until
                        + "; `limits.cost_usd_per_day` sets how much that is.";
            case CONCURRENT ->
                "its turn, because agents work on as many issues as may be at once" + detail
                        + "; the next event or sweep goes on.";
            case ACCESS -> "a permission or setting" + detail + ": grant it, then `/pawl retry`.";
            case PROVIDER -> "the model's provider" + detail + until + "; it goes on by itself.";
            case DEPENDENCY ->
                waiting.detail().isEmpty()
                        ? "another issue, which must be closed first: then `/pawl retry`."
                        : "another issue, which must be closed first" + detail
                                + ": it goes on with the next event or sweep after that.";
            case BLOCKED -> "a person, because triage found the issue blocked: `/pawl retry` when it no longer is.";
            case DUPLICATE ->
                "a person, because triage takes the issue for a duplicate: if it isn't, take the label off or edit the issue, then `/pawl retry`.";
            case OUT_OF_SCOPE ->
                "a person, because triage takes the issue for out of scope: if it isn't, take the label off or edit the issue, then `/pawl retry`.";
            case ALREADY_IN_PROGRESS ->
                "a person, because somebody seems to work on the issue already: `/pawl retry` if nobody does.";
            case QUESTIONS ->
                "a person, because the answers still leave something open: edit the issue, then `/pawl retry`.";
            case BRANCH_MOVED ->
                "a person, because the branch isn't as Pawl left it" + detail
                        + (waiting.isBranchGone()
                                ? ": `/pawl retry` implements it anew."
                                : ": `/pawl retry` builds on what is there.");
            case DOCUMENT_CHANGED ->
                "a person, because the plan's comment was changed by hand: `/pawl retry plan` writes it anew.";
            case TEXT_CHANGED ->
                "a person, because the issue's text was changed after it was approved: read it again, then `/pawl approve`"
                        + " goes on with it as it is. Nothing of the new text was used.";
            case PAUSED -> "a person, who paused it: `/pawl resume` goes on.";
        };
    }

    /** That an agent wasn't told everything that stands on the issue. */
    public static String leftOut(int comments) {
        return comments == 1 ? "1 later comment left out" : comments + " later comments left out";
    }

    /** How far a plan is carried out, while some of its tasks are done and some are left. */
    public static Optional<String> tasks(RunState.Work work) {
        return work.planned() > 0 ? Optional.of("tasks " + work.tasks() + " of " + work.planned()) : Optional.empty();
    }

    /** That the invocation names an agent that the policy doesn't have, and which ones there are. */
    public static String unknownAgent(String name, Policy policy, String file) {
        List<String> known = policy.byName().stream().map(AgentSpec::name).toList();
        String these = known.isEmpty()
                ? "It declares none: add one below `agents`, or leave the input out."
                : "Name one of these, or leave the input out: " + String.join(", ", known) + ".";
        return "The input `agent` names \"" + Sanitizer.plain(new Untrusted(name), 80) + "\", and " + file
                + " has no such agent. " + these;
    }

    /** How an agent's conversation began, where that is worth a word. */
    public static Optional<String> session(AgentSession.Beginning beginning) {
        return switch (beginning) {
            case UNTOLD -> Optional.empty();
            case RESUMED -> Optional.of("session resumed");
            case FRESH -> anew("a fresh start was due");
            case OFF -> anew("none are kept");
            case GONE -> anew("the last one isn't kept here");
            case OTHER -> anew("another one is kept here");
            case DAMAGED -> anew("what is kept can't be read");
            case CHANGED -> anew("what people wrote has changed");
            case LARGE -> anew("the last one has grown too large");
            case REFUSED -> anew("the last one couldn't be resumed");
            case GIVEN_UP -> anew("resuming failed twice");
        };
    }

    private static Optional<String> anew(String why) {
        return Optional.of("a new session: " + why);
    }

    /** Why nothing was done. */
    public static String nothing(Why why) {
        return switch (why) {
            case NOT_OURS -> "The event isn't one of Pawl's.";
            case NOT_ASKED -> "Nobody asked Pawl to work on this issue.";
            case EXCLUDED -> "The issue carries a label that keeps Pawl away.";
            case CLOSED -> "The issue is closed.";
            case GONE -> "The issue is gone.";
            case ENDED -> "The run is over; `/pawl start` begins a new one.";
            case PAUSED -> "The issue is paused: remove the label `pawl:pause` to go on.";
            case BUSY -> "Another invocation is working on this issue.";
            case NO_CANDIDATE -> "No issue is waiting for Pawl.";
            case NOT_PERMITTED -> "The account isn't allowed to do that.";
            case BOT -> "The account is a bot that the policy doesn't list.";
            case UNKNOWN_ACTOR -> "Who put the start label on can't be told.";
            case TOO_MANY_HOPS -> "The chain of continuations is as long as it may be.";
            case NEWER_STATE -> "The state was written by a newer version of Pawl.";
            case BROKEN_STATE -> "The state comment can't be trusted.";
            case LOST_STATE -> "The state comment is gone, and a person has to say how to go on.";
            case NOT_SHOWN -> "GitHub doesn't show yet what was saved a moment ago.";
            case SAID_BEFORE -> "The account isn't allowed to do that, and was told so before.";
            case LOCKED -> "The conversation is locked.";
            case ARCHIVED -> "The repository is archived: nothing can be written.";
        };
    }
}
