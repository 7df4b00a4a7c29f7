package dev.pawl.sandbox.world;

/**
 * What an endpoint asks for: a role of people, a scope of installation tokens.
 * See <a href="https://docs.github.com/rest/authentication/permissions-required-for-github-apps">REST: permissions</a>.
 */
public enum Right {
    /** Read what everybody may. */
    READ(Role.READ, Scope.METADATA, Access.READ),
    /** Read issues. */
    READ_ISSUES(Role.READ, Scope.ISSUES, Access.READ),
    /** Read pull requests. */
    READ_PULLS(Role.READ, Scope.PULL_REQUESTS, Access.READ),
    /** Read files, commits and refs. */
    READ_CONTENTS(Role.READ, Scope.CONTENTS, Access.READ),
    /** Read check runs. */
    READ_CHECKS(Role.READ, Scope.CHECKS, Access.READ),
    /** Read commit statuses. */
    READ_STATUSES(Role.READ, Scope.STATUSES, Access.READ),
    /** Read workflow runs. */
    READ_RUNS(Role.READ, Scope.ACTIONS, Access.READ),
    /** Open issues, comment, react. */
    SPEAK(Role.READ, Scope.ISSUES, Access.WRITE),
    /** Label, assign, close and lock. */
    TRIAGE(Role.TRIAGE, Scope.ISSUES, Access.WRITE),
    /** Edit the words of others, lock, manage labels. */
    MODERATE(Role.WRITE, Scope.ISSUES, Access.WRITE),
    /** Open a pull request from a branch of this repository. */
    OPEN_PULLS(Role.READ, Scope.PULL_REQUESTS, Access.WRITE),
    /** Review. */
    REVIEW(Role.READ, Scope.PULL_REQUESTS, Access.WRITE),
    /** Change pull requests. */
    EDIT_PULLS(Role.WRITE, Scope.PULL_REQUESTS, Access.WRITE),
    /** Push, merge and move refs. */
    PUSH(Role.WRITE, Scope.CONTENTS, Access.WRITE),
    /** Report check runs. */
    REPORT_CHECKS(Role.ADMIN, Scope.CHECKS, Access.WRITE),
    /** Report commit statuses. */
    REPORT_STATUSES(Role.WRITE, Scope.STATUSES, Access.WRITE),
    /** Start workflows. */
    RUN_WORKFLOWS(Role.WRITE, Scope.ACTIONS, Access.WRITE);

    private final Role role;
    private final Scope scope;
    private final Access access;

    Right(Role role, Scope scope, Access access) {
        this.role = role;
        this.scope = scope;
        this.access = access;
    }

    /** Whether the account has this right in the repository. */
    public boolean isOf(Account account, Repo repo) {
        return account.isApp()
                ? repo.settings().access(scope).covers(access)
                : repo.roleOf(account).covers(role)
                        || (role == Role.READ && !repo.settings().isPrivate());
    }
}
