package dev.pawl.scenario;

import dev.pawl.sandbox.http.Exchange;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Writes down every exchange, in the order of the answers. */
final class Requests implements Consumer<Exchange> {
    private final List<Exchange> all = new CopyOnWriteArrayList<>();

    @Override
    public void accept(Exchange exchange) {
        all.add(exchange);
    }

    /** How many there were so far. */
    int count() {
        return all.size();
    }

    /** Those from that one on. */
    List<Exchange> since(int count) {
        return List.copyOf(all.subList(count, all.size()));
    }

    /** Whether it may have changed something. */
    static boolean isWrite(Exchange exchange) {
        return exchange.path().endsWith("/git-receive-pack")
                || !(exchange.method().equals("GET") || exchange.path().endsWith("/git-upload-pack"));
    }

    /** Whether it moves a ledger. */
    static boolean isLedger(Exchange exchange) {
        return exchange.path().contains("/git/refs") && !exchange.method().equals("GET");
    }
}
