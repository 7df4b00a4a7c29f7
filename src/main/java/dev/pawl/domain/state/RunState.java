package dev.pawl.domain.state;

import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.StageKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * What one run remembers between invocations: the content of the state comment. Nothing in it was written by an agent
 * or a person.
 *
 * @param id which repository, issue, run and workflow
 * @param state where the issue stands
 * @param stages the workflow's stages, in order
 * @param work branch, commits, pull request
 * @param fence lease epoch, sequence number, ledger
 * @param waiting what it waits for
 * @param spending what it has used
 * @param people who started it, which commands were handled
 * @param documents our comments that it depends on, by topic
 * @param sessions the agents' sessions, by stage and agent
 * @param after what is remembered of the open pull request
 */
public record RunState(
        Identity id,
        IssueState state,
        List<StageRecord> stages,
        Work work,
        Fence fence,
        Optional<Waiting> waiting,
        Spending spending,
        People people,
        Map<String, Document> documents,
        Map<String, String> sessions,
        AfterPull after) {
    public RunState {
        stages = List.copyOf(stages);
        documents = Map.copyOf(documents);
        sessions = Map.copyOf(sessions);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("a run has at least one stage");
        }
    }

    /** A run of whose pull request nothing is known yet. */
    public RunState(
            Identity id,
            IssueState state,
            List<StageRecord> stages,
            Work work,
            Fence fence,
            Optional<Waiting> waiting,
            Spending spending,
            People people,
            Map<String, Document> documents,
            Map<String, String> sessions) {
        this(id, state, stages, work, fence, waiting, spending, people, documents, sessions, AfterPull.NONE);
    }

    /**
     * Which run this is.
     *
     * @param repository the repository's id
     * @param issue the issue's number
     * @param run the run's name, such as {@code r-7f3a}
     * @param workflow the workflow's name; {@code unknown} until triage has a type
     */
    public record Identity(long repository, int issue, String run, String workflow) {}

    /**
     * The work itself.
     *
     * @param branch our branch
     * @param head its head, as we last pushed it
     * @param base the base branch's name
     * @param pull the pull request's number
     * @param content hash of what people wrote, when the last stage started
     * @param tasks how many of the plan's tasks are done
     * @param planned how many tasks the plan has, while some are done and some are left; else 0
     */
    public record Work(
            Optional<BranchName> branch,
            Optional<Sha> head,
            Optional<String> base,
            OptionalInt pull,
            Optional<String> content,
            int tasks,
            int planned) {
        /** Stands for whatever commit the branch is at. */
        public static final Sha ANYWHERE = new Sha("0".repeat(40));

        /** Nothing yet. */
        public static final Work NONE = new Work(
                Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty(), 0, 0);

        /** With a branch and its head. */
        public Work at(BranchName name, Sha commit) {
            return new Work(Optional.of(name), Optional.of(commit), base, pull, content, tasks, planned);
        }

        /** With whatever the branch is at: somebody who may has looked at it. */
        public Work anywhere() {
            return new Work(branch, Optional.of(ANYWHERE), base, pull, content, tasks, planned);
        }

        /** Without what was on the branch, which somebody deleted. */
        public Work lost() {
            return new Work(branch, Optional.empty(), base, pull, content, 0, 0);
        }

        /** Going to whatever branch the work goes to now. */
        public Work ontoAny() {
            return new Work(branch, head, Optional.empty(), pull, content, tasks, planned);
        }

        /** What a new run takes over: the branch as it was left. */
        public Work again() {
            return new Work(branch, head, base, OptionalInt.empty(), Optional.empty(), 0, 0);
        }

        /** With the branch that the work goes to. */
        public Work onto(String baseBranch) {
            return new Work(branch, head, Optional.of(baseBranch), pull, content, tasks, planned);
        }

        /** With a pull request. */
        public Work with(int pullRequest) {
            return new Work(branch, head, base, OptionalInt.of(pullRequest), content, tasks, planned);
        }

        /** With the hash of what people wrote. */
        public Work reading(String hash) {
            return new Work(branch, head, base, pull, Optional.of(hash), tasks, planned);
        }

        /** With so many of the plan's tasks done. */
        public Work tasksDone(int done, int of) {
            return new Work(branch, head, base, pull, content, done, done > 0 && done < of ? of : 0);
        }
    }

    /**
     * What orders the writers.
     *
     * @param epoch the lease's epoch when this was written
     * @param seq grows by one with each save
     * @param ledger the ledger's commit that released the lease after this was written
     * @param tree the tree that the ledger's commits carry
     */
    public record Fence(long epoch, long seq, Optional<Sha> ledger, Optional<Sha> tree) {
        /** Before the first lease. */
        public static final Fence NONE = new Fence(0, 0, Optional.empty(), Optional.empty());
    }

    /**
     * Who acted.
     *
     * @param startedBy who started the run or last approved it: account id
     * @param login that account's login at the time
     * @param handled ids of the comments whose commands were handled, oldest first, bounded
     * @param approved what that account had before its eyes; empty in states of older versions
     */
    public record People(long startedBy, String login, List<Long> handled, Optional<Approved> approved) {
        private static final int REMEMBERED = 100;

        /** People of whom it isn't known what they saw. */
        public People(long startedBy, String login, List<Long> handled) {
            this(startedBy, login, handled, Optional.empty());
        }

        public People {
            handled = List.copyOf(handled);
        }

        /** With one more handled command. */
        public People handled(long comment) {
            if (handled.contains(comment)) {
                return this;
            }
            var ids = new ArrayList<>(handled);
            ids.add(comment);
            return new People(
                    startedBy, login, ids.subList(Math.max(0, ids.size() - REMEMBERED), ids.size()), approved);
        }

        /** With somebody else answering for the run. */
        public People ledBy(long id, String name) {
            return new People(id, name, handled, approved);
        }

        /** With what was approved. */
        public People approving(Approved seen) {
            return new People(startedBy, login, handled, Optional.of(seen));
        }

        /** With an answer to our questions that is taken now. */
        public People hearing(Instant now) {
            return new People(startedBy, login, handled, approved.map(a -> a.hearing(now)));
        }
    }

    /** The record of that stage, where the workflow has it. */
    public Optional<StageRecord> stage(StageKind kind) {
        return stages.stream().filter(s -> s.kind() == kind).findFirst();
    }

    /** The first stage that isn't passed; empty when all are. */
    public Optional<StageRecord> due() {
        return stages.stream().filter(s -> !s.status().passed()).findFirst();
    }

    /** With that stage's record changed. */
    public RunState change(StageKind kind, UnaryOperator<StageRecord> change) {
        return with(
                stages.stream().map(s -> s.kind() == kind ? change.apply(s) : s).toList());
    }

    /** With other stages. */
    public RunState with(List<StageRecord> others) {
        return new RunState(id, state, others, work, fence, waiting, spending, people, documents, sessions, after);
    }

    /** In another state. */
    public RunState in(IssueState other) {
        return new RunState(id, other, stages, work, fence, waiting, spending, people, documents, sessions, after);
    }

    /** Waiting in that state. */
    public RunState waiting(IssueState other, Waiting reason) {
        return new RunState(
                id, other, stages, work, fence, Optional.of(reason), spending, people, documents, sessions, after);
    }

    /** Waiting for nothing. */
    public RunState goingOn() {
        return new RunState(
                id, state, stages, work, fence, Optional.empty(), spending, people, documents, sessions, after);
    }

    /** With other work. */
    public RunState with(Work other) {
        return new RunState(id, state, stages, other, fence, waiting, spending, people, documents, sessions, after);
    }

    /** With another fence. */
    public RunState with(Fence other) {
        return new RunState(id, state, stages, work, other, waiting, spending, people, documents, sessions, after);
    }

    /** With other spending. */
    public RunState with(Spending other) {
        return new RunState(id, state, stages, work, fence, waiting, other, people, documents, sessions, after);
    }

    /** With other people. */
    public RunState with(People other) {
        return new RunState(id, state, stages, work, fence, waiting, spending, other, documents, sessions, after);
    }

    /** With something else remembered of the open pull request. */
    public RunState with(AfterPull other) {
        return new RunState(id, state, stages, work, fence, waiting, spending, people, documents, sessions, other);
    }

    /** With another workflow's name. */
    public RunState named(String workflow) {
        return new RunState(
                new Identity(id.repository(), id.issue(), id.run(), workflow),
                state,
                stages,
                work,
                fence,
                waiting,
                spending,
                people,
                documents,
                sessions,
                after);
    }

    /** With a document under that topic. */
    public RunState with(String topic, Document document) {
        var all = new HashMap<>(documents);
        all.put(topic, document);
        return new RunState(id, state, stages, work, fence, waiting, spending, people, all, sessions, after);
    }

    /** Without the document of that topic. */
    public RunState without(String topic) {
        var all = new HashMap<>(documents);
        all.remove(topic);
        return new RunState(id, state, stages, work, fence, waiting, spending, people, all, sessions, after);
    }

    /** With an agent's session, or without it. */
    public RunState session(String key, Optional<String> session) {
        var all = new HashMap<>(sessions);
        session.ifPresentOrElse(s -> all.put(key, s), () -> all.remove(key));
        return new RunState(id, state, stages, work, fence, waiting, spending, people, documents, all, after);
    }
}
