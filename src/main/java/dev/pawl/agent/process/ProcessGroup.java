package dev.pawl.agent.process;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A process and everybody whom it started. Members are found by descent, by the session that {@code setsid} made, by
 * the random mark in their environment, and by holding our end of the log: a daemon that left its session and its
 * parents is still found. Where there is no {@code /proc}, descent is all there is.
 */
final class ProcessGroup {
    private static final int ROUNDS = 500;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    private final ProcessHandle leader;
    private final boolean ownSession;
    private final byte[] mark;
    private final Optional<String> pipe;
    private final Set<ProcessHandle> seen = new LinkedHashSet<>();

    /**
     * A group of one so far.
     *
     * @param ownSession whether the leader leads a session
     * @param mark what everybody in it has in its environment
     */
    ProcessGroup(ProcessHandle leader, boolean ownSession, String mark) {
        this.leader = leader;
        this.ownSession = ownSession;
        this.mark = mark.getBytes(StandardCharsets.UTF_8);
        // Only a pipe that we have, too, is our log; the program may already have opened one of its own there.
        this.pipe = ProcessTable.standardOutput(leader.pid()).filter(ProcessGroup::ours);
    }

    private static boolean ours(String pipe) {
        var self = new ProcessTable.Entry(Path.of("/proc/self"), 0, 0, 0, 0);
        return self.holds(pipe);
    }

    /** Notes who descends from the leader now: once the leader is gone, that can't be seen any more. */
    synchronized void look() {
        seen.removeIf(p -> !p.isAlive());
        leader.descendants().forEach(seen::add);
    }

    /** Asks everybody to end. */
    void terminate() {
        Set<ProcessHandle> members = members();
        leader.destroy(); // first: it may take a child's end for a reason to go on
        members.forEach(ProcessHandle::destroy);
    }

    /** Ends the leader, and nobody else. */
    void killLeader() {
        leader.destroyForcibly();
    }

    /** Ends everybody, also whom they start meanwhile, and returns when nobody is left. */
    void kill() {
        // Who is dying has no environment and no pipe any more by which it could be told, and isn't dead yet.
        Set<ProcessHandle> dying = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            Set<ProcessHandle> members = members();
            dying.addAll(members);
            dying.removeIf(ProcessGroup::dead);
            if (dying.isEmpty()) {
                return;
            }
            members.forEach(ProcessHandle::destroyForcibly);
            LockSupport.parkNanos(PAUSE);
        }
    }

    private static boolean dead(ProcessHandle process) {
        return !process.isAlive() || (ProcessTable.isThere() && !ProcessTable.lives(process.pid()));
    }

    private Set<ProcessHandle> members() {
        look();
        Set<Long> pids = new HashSet<>();
        synchronized (this) {
            seen.forEach(p -> pids.add(p.pid()));
        }
        if (leader.isAlive()) {
            pids.add(leader.pid());
        }
        var others = new LinkedHashSet<>(ProcessTable.read());
        if (ProcessTable.isThere()) {
            // As process 1 of a container we inherit orphans, and nobody collects them: dead, they still count as
            // alive.
            Set<Long> living = others.stream().map(ProcessTable.Entry::pid).collect(Collectors.toSet());
            pids.retainAll(living);
        }
        others.removeIf(e -> pids.contains(e.pid()) || (isMember(e) && pids.add(e.pid())));
        while (others.removeIf(e -> pids.contains(e.parent()) && pids.add(e.pid()))) {
            // children of members are members
        }
        return pids.stream().map(ProcessHandle::of).flatMap(Optional::stream).collect(Collectors.toSet());
    }

    private boolean isMember(ProcessTable.Entry e) {
        return (ownSession && (e.session() == leader.pid() || e.group() == leader.pid()))
                || e.carries(mark)
                || pipe.filter(e::holds).isPresent();
    }
}
