package dev.pawl.sandbox.world;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a test or a rehearsal can set in a repository, with the values of a new repository that welcomes Pawl. */
public final class Settings {
    private final Map<Scope, Access> tokenScopes = new EnumMap<>(Scope.class);
    private final List<String> refusedRefNamespaces = new ArrayList<>();
    private boolean isPrivate;
    private boolean isArchived;
    private boolean isBlocked;
    private boolean hasIssues = true;
    private boolean actionsMayOpenPullRequests = true;
    private int unknownMergeabilities;
    private Rules rules = Rules.NONE;
    private boolean autoMergeAllowed;
    private List<String> mergeMethods = List.of("merge", "squash", "rebase");

    /**
     * What protects the default branch.
     *
     * @param checks names of checks that must be green
     * @param approvals how many people who may push must approve
     * @param upToDate whether a branch must have all of the base
     * @param threadsResolved whether every thread must be resolved
     */
    public record Rules(List<String> checks, int approvals, boolean upToDate, boolean threadsResolved) {
        /** Nothing. */
        public static final Rules NONE = new Rules(List.of(), 0, false, false);

        public Rules {
            checks = List.copyOf(checks);
        }
    }

    /** Every scope writable, nothing refused, public. */
    public Settings() {
        for (Scope scope : Scope.values()) {
            tokenScopes.put(scope, Access.WRITE);
        }
    }

    /** A deep copy. */
    public Settings copy() {
        var copy = new Settings();
        copy.tokenScopes.putAll(tokenScopes);
        copy.refusedRefNamespaces.addAll(refusedRefNamespaces);
        copy.isPrivate = isPrivate;
        copy.isArchived = isArchived;
        copy.isBlocked = isBlocked;
        copy.hasIssues = hasIssues;
        copy.actionsMayOpenPullRequests = actionsMayOpenPullRequests;
        copy.unknownMergeabilities = unknownMergeabilities;
        copy.rules = rules;
        copy.autoMergeAllowed = autoMergeAllowed;
        copy.mergeMethods = mergeMethods;
        return copy;
    }

    /** How far installation tokens reach in this scope. */
    public Access access(Scope scope) {
        return scope == Scope.METADATA ? Access.READ : tokenScopes.getOrDefault(scope, Access.NONE);
    }

    /** Sets how far installation tokens reach, as a workflow's {@code permissions:} does. */
    public Settings tokenScope(Scope scope, Access access) {
        tokenScopes.put(scope, access);
        return this;
    }

    /** Whether strangers see nothing here. */
    public boolean isPrivate() {
        return isPrivate;
    }

    /** Hides the repository from strangers, or shows it. */
    public Settings isPrivate(boolean hidden) {
        isPrivate = hidden;
        return this;
    }

    /** Whether nothing can be written any more. */
    public boolean isArchived() {
        return isArchived;
    }

    /** Archives the repository, or takes it out of the archive. */
    public Settings isArchived(boolean archived) {
        isArchived = archived;
        return this;
    }

    /** Whether it is taken down, as after a DMCA notice: every request is 451. */
    public boolean isBlocked() {
        return isBlocked;
    }

    /** Takes the repository down, or puts it up again. */
    public Settings isBlocked(boolean blocked) {
        isBlocked = blocked;
        return this;
    }

    /** Whether it has issues: without, every request for them is 410. */
    public boolean hasIssues() {
        return hasIssues;
    }

    /** Turns issues on or off. */
    public Settings hasIssues(boolean on) {
        hasIssues = on;
        return this;
    }

    /**
     * Whether "Allow GitHub Actions to create and approve pull requests" is on; off in new repositories on github.com.
     * See <a href="https://docs.github.com/rest/actions/permissions">REST: Actions permissions</a>.
     */
    public boolean actionsMayOpenPullRequests() {
        return actionsMayOpenPullRequests;
    }

    /** Turns that setting on or off. */
    public Settings actionsMayOpenPullRequests(boolean allowed) {
        actionsMayOpenPullRequests = allowed;
        return this;
    }

    /** Whether refs of this name are refused, as {@code refs/pull/} always is. */
    public boolean refusesRef(String name) {
        return name.startsWith("refs/pull/") || refusedRefNamespaces.stream().anyMatch(name::startsWith);
    }

    /** Refuses refs whose full name begins so from now on. */
    public Settings refusesRefNamespace(String prefix) {
        refusedRefNamespaces.add(prefix);
        return this;
    }

    /** What protects the default branch. */
    public Rules rules() {
        return rules;
    }

    /** Protects the default branch so. */
    public Settings rules(Rules protection) {
        rules = protection;
        return this;
    }

    /** Whether "Allow auto-merge" is on; off in new repositories. */
    public boolean autoMergeAllowed() {
        return autoMergeAllowed;
    }

    /** Turns that setting on or off. */
    public Settings autoMergeAllowed(boolean allowed) {
        autoMergeAllowed = allowed;
        return this;
    }

    /** The ways of merging that are allowed: merge, squash, rebase. */
    public List<String> mergeMethods() {
        return mergeMethods;
    }

    /** Allows these ways only. */
    public Settings mergeMethods(List<String> allowed) {
        mergeMethods = List.copyOf(allowed);
        return this;
    }

    /** How many reads of a pull request answer {@code mergeable: null} after each change of its head. */
    public int unknownMergeabilities() {
        return unknownMergeabilities;
    }

    /** Sets that number. */
    public Settings unknownMergeabilities(int reads) {
        unknownMergeabilities = reads;
        return this;
    }
}
