package dev.pawl.agent.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends every process of a user. The signal goes to all of them in one step of the kernel, sent by the user itself (kill(2), pid
 * -1): who is just starting another process can't get away.
 */
record Sweep(AgentUser user, String setpriv) {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final int ROUNDS = 500;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

    void run() {
        for (int round = 0; round < ROUNDS; round++) {
            int left = ProcessTable.of(user.uid()).processes();
            if (left == 0) {
                return;
            }
            LOG.info("event=swept round={} processes={}", round, left);
            signal();
            LockSupport.parkNanos(PAUSE);
        }
        throw new IllegalStateException("processes of the agents' user can't be ended");
    }

    private void signal() {
        var builder = new ProcessBuilder(
                        setpriv,
                        "--reuid=" + user.uid(),
                        "--regid=" + user.gid(),
                        "--clear-groups",
                        "/bin/sh",
                        "-c",
                        "kill -KILL -1")
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD);
        builder.environment().clear();
        try {
            if (!builder.start().waitFor(5, TimeUnit.SECONDS)) {
                LOG.warn("event=sweep-slow");
            }
        } catch (IOException e) {
            throw new IllegalStateException("the agents' user can't be signalled", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
