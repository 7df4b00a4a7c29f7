package dev.pawl.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.agent.result.ProviderSchemas;
import dev.pawl.domain.port.AgentRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One run of a program.
 *
 * @param request what is asked
 * @param access its key, and where its model is
 * @param workTree where it works
 * @param home its home
 * @param exchange a folder of ours that it may write to: for the result, and for what else it leaves for us
 * @param resumed the session to go on with
 * @param moved whether that session began in another home
 */
record Job(
        AgentRequest request,
        Access access,
        Path workTree,
        Path home,
        Path exchange,
        Optional<String> resumed,
        boolean moved) {
    /** A variable and its value. */
    record Key(String name, String value) {}

    /**
     * How it gets at its model.
     *
     * @param key the variable with its key, and what it gets for one
     * @param baseUrl where the model is, if not where the program looks by itself
     * @param passed the names of our own variables that it gets besides
     */
    record Access(Optional<Key> key, Optional<String> baseUrl, List<String> passed) {}

    /** The same job, going on with a session. */
    Job resuming(String session) {
        return new Job(request, access, workTree, home, exchange, Optional.of(session), moved);
    }

    /** The same job, going on with a session that was put into its home. */
    Job movedHere(String session) {
        return new Job(request, access, workTree, home, exchange, Optional.of(session), true);
    }

    /** The result file. */
    Path result() {
        return exchange.resolve("result.json");
    }

    /** Whether the stage only reads. */
    boolean readsOnly() {
        return !request.stage().changesFiles();
    }

    Optional<String> model() {
        return request.agent().model();
    }

    Optional<Key> key() {
        return access.key();
    }

    Optional<String> baseUrl() {
        return access.baseUrl();
    }

    /** The key's value; a model on this machine may need none, but the programs insist on one. */
    String keyOrNone() {
        return key().map(Key::value).orElse("none");
    }

    /** The result's schema in the form that providers take for tools. */
    ObjectNode toolSchema() {
        return ProviderSchemas.forTools(request.stage());
    }
}
