package dev.pawl.engine;

import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.Forge;
import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.domain.port.GitUnavailable;
import dev.pawl.domain.port.Ledger;
import dev.pawl.domain.port.Workspace;
import dev.pawl.domain.state.Daybook;
import dev.pawl.domain.state.FailureKind;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The repository's daybook in one invocation. It is read before an agent starts, and moved by compare-and-set only, so that
 * two invocations can't both take the last of a limit. An agent whose end can't be written down stays counted with all
 * that it might have used.
 */
final class Bookkeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Bookkeeping.class);
    private static final int TRIES = 5;

    private final Workspace workspace;
    private final Forge forge;

    /** Where the daybook was when it was last read or written. */
    private Optional<Sha> at = Optional.empty();

    private Daybook book = Daybook.EMPTY;

    Bookkeeping(Workspace workspace, Forge forge) {
        this.workspace = workspace;
        this.forge = forge;
    }

    /** The daybook as it is now; one that can't be read lets no agent start. */
    Daybook read(Ledger.Lease lease) {
        Workspace.Page page = workspace.page(lease.daybook());
        at = page.at();
        book = page.text()
                .map(text -> Daybook.parse(text)
                        .orElseThrow(() -> new ForgeFailure(
                                FailureKind.ACCESS,
                                "the ref " + lease.daybook()
                                        + " isn't as Pawl wrote it; delete it, and counting begins anew",
                                Optional.empty())))
                .orElse(Daybook.EMPTY)
                .at(forge.now());
        return book;
    }

    /** Writes down that an agent starts; false where somebody else wrote since the daybook was read. */
    boolean open(Ledger.Lease lease, Usd reserved, long by) {
        var agent = new Daybook.Open(lease.issue(), lease.epoch(), forge.now(), lease.expires(), reserved);
        return write(lease, book.opened(agent, by));
    }

    /** Writes down that it has ended, and what it used. */
    void close(Ledger.Lease lease, Usd used) {
        try {
            for (int i = 0; i < TRIES; i++) {
                if (write(lease, book.closed(lease.issue(), lease.epoch(), used))) {
                    return;
                }
                read(lease);
            }
            LOG.warn("daybook=unsettled issue={} why=\"others write all the time\"", lease.issue());
        } catch (GitUnavailable | ForgeFailure unwritten) {
            LOG.warn("daybook=unsettled issue={} why=\"{}\"", lease.issue(), unwritten.getMessage());
        }
    }

    private boolean write(Ledger.Lease lease, Daybook next) {
        Optional<Sha> written = workspace.turn(lease.daybook(), at, next.text());
        written.ifPresent(commit -> {
            at = written;
            book = next;
        });
        return written.isPresent();
    }
}
