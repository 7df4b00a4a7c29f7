package dev.pawl.domain.stage;

import dev.pawl.domain.policy.StageKind;

/** What one kind of stage makes of the work that was done for it. Pure. */
public sealed interface StageWork
        permits Triage,
                Clarify,
                PlanStage,
                Implement,
                Validate,
                Review,
                OpenPr,
                Research,
                Summarize,
                CommentIssue,
                Merge,
                AddressReview,
                FixCi,
                UpdateBranch {
    /** What follows from the work. */
    Conclusion conclude(Context context, Work work);

    /** The stage of that kind. */
    static StageWork of(StageKind kind) {
        return switch (kind) {
            case TRIAGE -> new Triage();
            case CLARIFY -> new Clarify();
            case PLAN -> new PlanStage();
            case IMPLEMENT -> new Implement();
            case VALIDATE -> new Validate();
            case REVIEW -> new Review();
            case OPEN_PR -> new OpenPr();
            case RESEARCH -> new Research();
            case SUMMARIZE -> new Summarize();
            case COMMENT_ISSUE -> new CommentIssue();
            case MERGE -> new Merge();
            case ADDRESS_REVIEW -> new AddressReview();
            case FIX_CI -> new FixCi();
            case UPDATE_BRANCH -> new UpdateBranch();
            case SPECIFY, DECOMPOSE, LEARN ->
                throw new IllegalArgumentException("the policy reader lets no such stage through: " + kind.word());
        };
    }
}
