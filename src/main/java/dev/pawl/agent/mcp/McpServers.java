package dev.pawl.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.agent.command.BaseFiles;
import dev.pawl.agent.process.Command;
import dev.pawl.agent.process.PassedEnvironment;
import dev.pawl.agent.process.PrivateFolder;
import dev.pawl.agent.process.ProcessRunner;
import dev.pawl.domain.policy.McpServer;
import dev.pawl.domain.policy.McpServer.Place;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.state.FailureKind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers of tools of one agent's run. They are there before the model is asked anything, and gone when it is done.
 * One that can't be had ends the run: a model that lacks a tool would find another way, and nobody would know.
 */
public final class McpServers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(McpServers.class);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final AgentRequest request;
    private final Path workTree;
    private final Host host;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>();
    private final Offers offers;

    private McpServers(AgentRequest request, Path workTree, Host host) {
        this.request = request;
        this.workTree = workTree;
        this.host = host;
        this.offers = new Offers(request.stage());
    }

    /**
     * What servers run on.
     *
     * @param runner runs programs
     * @param environment our own environment, of which a program gets what the policy names
     * @param scratch a folder for what lives as long as one run
     * @param baseFiles where programs come from that are named by a relative path
     * @param patience how long the next answer of a server may take
     */
    public record Host(
            ProcessRunner runner,
            Map<String, String> environment,
            Path scratch,
            BaseFiles baseFiles,
            Supplier<Duration> patience) {
        @Override
        public String toString() {
            return "Host[" + scratch + "]";
        }
    }

    /** What came of starting them. */
    public sealed interface Opened {
        /** All are there. */
        record Ready(McpServers servers) implements Opened {}

        /**
         * One isn't, and so none is.
         *
         * @param kind why
         * @param reason for people, in our words
         * @param details what it is about, in our words
         */
        record Failed(FailureKind kind, String reason, List<String> details) implements Opened {}
    }

    /**
     * Starts those that have a tool for the request's stage.
     *
     * @param request whose agent's servers
     * @param workTree where programs work
     * @param host what they run on
     */
    public static Opened open(AgentRequest request, Path workTree, Host host) {
        var servers = new McpServers(request, workTree, host);
        boolean ready = false;
        try {
            for (McpServer server : request.agent().options().mcp()) {
                if (server.serves(request.stage())) {
                    Optional<Opened.Failed> failed = servers.add(server);
                    if (failed.isPresent()) {
                        LOG.warn(
                                "event=mcp-failed server={} kind={}",
                                server.name(),
                                failed.get().kind().word());
                        return failed.get();
                    }
                }
            }
            ready = true;
            return new Opened.Ready(servers);
        } finally {
            if (!ready) {
                servers.close();
            }
        }
    }

    /** The tools, in the order of the policy and the servers. */
    public List<McpTool> tools() {
        return offers.tools();
    }

    /** What no model should see: the servers' tokens. */
    public List<String> secrets() {
        return List.copyOf(secrets);
    }

    private Optional<Opened.Failed> add(McpServer server) {
        return switch (server.place()) {
            case Place.Program program -> started(server, program);
            case Place.Address address -> reached(server, address);
        };
    }

    private Optional<Opened.Failed> started(McpServer server, Place.Program program) {
        var missing = new Opened.Failed(
                FailureKind.ACCESS,
                "The program of the " + words(server) + " is missing or can't be run.",
                List.of(program.run().getFirst()));
        Optional<List<String>> argv =
                host.baseFiles().argv(program.run(), workTree, request.base().sha());
        if (argv.isEmpty()) {
            return Optional.of(missing);
        }
        PrivateFolder folder = PrivateFolder.in(host.scratch());
        open.add(folder);
        for (String name : program.env()) {
            if (Secrets.named(name)) {
                secrets.add(host.environment().getOrDefault(name, "").strip());
            }
        }
        var environment = PassedEnvironment.of(host.environment(), program.env(), folder.place());
        var command = new Command(argv.get(), workTree, environment, Duration.ZERO, GRACE);
        return StdioLink.open(host.runner(), command)
                .map(link -> listed(server, link))
                .orElseGet(() -> Optional.of(missing));
    }

    private Optional<Opened.Failed> reached(McpServer server, Place.Address address) {
        Optional<String> token = address.token()
                .map(name -> host.environment().getOrDefault(name, "").strip());
        if (token.filter(t -> t.isEmpty() || !Secrets.sendable(t)).isPresent()) {
            return Optional.of(new Opened.Failed(
                    FailureKind.ACCESS,
                    "The variable with the token of the " + words(server)
                            + " isn't set, or holds no token: give it a value in the step.",
                    List.of(address.token().orElseThrow())));
        }
        token.ifPresent(secrets::add);
        return listed(server, new HttpLink(URI.create(address.url()), token));
    }

    private Optional<Opened.Failed> listed(McpServer server, Link link) {
        var client = new McpClient(link, host.patience());
        open.add(client);
        return switch (client.begin()) {
            case McpClient.Listing.Failed(Reply reply) -> Optional.of(failed(server, reply));
            case McpClient.Listing.Listed(List<JsonNode> listed) ->
                offers.add(server, client, listed)
                        .map(wrong -> new Opened.Failed(
                                FailureKind.ACCESS, "The " + words(server) + " " + wrong + ".", List.of()));
        };
    }

    /** What a person must mend is a matter of access; what may pass by itself is waited for; the rest costs an attempt. */
    private Opened.Failed failed(McpServer server, Reply reply) {
        String what = words(server) + " "
                + (reply instanceof Reply.Failed failed ? failed.words() : "refuses to list its tools");
        FailureKind kind = reply instanceof Reply.Failed(Reply.Why why, int _) ? kind(why) : FailureKind.AGENT_CRASH;
        return new Opened.Failed(
                kind, "The " + what + ".", kind == FailureKind.PROVIDER_OUTAGE ? List.of("the " + what) : List.of());
    }

    private static FailureKind kind(Reply.Why why) {
        return switch (why) {
            case ACCESS -> FailureKind.ACCESS;
            case OUTAGE -> FailureKind.PROVIDER_OUTAGE;
            case SILENCE, GARBAGE, GONE, SESSION -> FailureKind.AGENT_CRASH;
        };
    }

    private String words(McpServer server) {
        return "MCP server " + server.name() + " of agent " + request.agent().name();
    }

    /** Ends them, the last one first. */
    @Override
    public void close() {
        for (AutoCloseable one : open.reversed()) {
            try {
                one.close();
            } catch (Exception e) {
                LOG.warn("event=mcp-left reason={}", e.getClass().getSimpleName());
            }
        }
        open.clear();
    }
}
