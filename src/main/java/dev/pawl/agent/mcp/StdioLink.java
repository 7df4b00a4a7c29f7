package dev.pawl.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.agent.process.Command;
import dev.pawl.agent.process.Companion;
import dev.pawl.agent.process.ProcessRunner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that speaks line by line over its standard streams. A line that is no message is passed over: many programs
 * greet their terminal first.
 */
final class StdioLink implements Link, Command.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(StdioLink.class);

    private final CompletableFuture<Companion> companion = new CompletableFuture<>();
    private volatile @Nullable Pending pending;
    private volatile boolean understood;
    private volatile boolean babbled;
    private volatile boolean over;

    /** A question that waits for its answer. */
    private record Pending(ObjectNode request, CompletableFuture<Reply> reply) {}

    private StdioLink() {}

    /**
     * Starts the program.
     *
     * @param command how; nobody listens to it yet
     * @return empty when there is no such program, or it can't be run
     */
    static Optional<StdioLink> open(ProcessRunner runner, Command command) {
        var link = new StdioLink();
        var heard = new Command(
                command.argv(),
                command.folder(),
                command.environment(),
                command.limit(),
                command.grace(),
                new Command.Streams(Optional.empty(), Optional.of(link)));
        return runner.open(heard).map(started -> {
            link.companion.complete(started);
            return link;
        });
    }

    @Override
    public boolean hears(String line) {
        List<JsonNode> messages = Messages.read(line);
        babbled |= messages.isEmpty() && !line.isBlank();
        understood |= !messages.isEmpty();
        Pending asked = pending;
        for (JsonNode message : messages) {
            if (asked != null) {
                Messages.answer(asked.request(), message).ifPresent(asked.reply()::complete);
            }
            Messages.ours(message).ifPresent(this::say);
        }
        return true;
    }

    @Override
    public void over() {
        over = true;
        Pending asked = pending;
        if (asked != null) {
            asked.reply().complete(silent(Reply.Why.GONE));
        }
    }

    /** Who has never said a word that makes sense is no such server. */
    private Reply silent(Reply.Why why) {
        return new Reply.Failed(babbled && !understood ? Reply.Why.GARBAGE : why);
    }

    @Override
    public Reply ask(ObjectNode request, Duration time) {
        var reply = new CompletableFuture<Reply>();
        pending = new Pending(request, reply);
        if (over) {
            return silent(Reply.Why.GONE);
        }
        say(request);
        try {
            return reply.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (!request.path("method").asText().equals("initialize")) {
                say(Messages.cancelled(request));
            }
            return silent(Reply.Why.SILENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Failed(Reply.Why.SILENCE);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            pending = null;
        }
    }

    /** Its first lines may be heard a moment before we know it. */
    private void say(ObjectNode message) {
        companion.join().tell(message.toString());
    }

    @Override
    public Reply tell(ObjectNode notification, Duration time) {
        say(notification);
        return new Reply.Result(JsonNodeFactory.instance.objectNode());
    }

    @Override
    public void close() {
        Companion ending = companion.join();
        ending.close();
        LOG.debug("event=mcp-log text={}", ending.log().raw());
    }
}
