package dev.pawl.config;

import dev.pawl.domain.policy.AgentSpec.Kind;
import dev.pawl.domain.policy.McpServer;
import dev.pawl.domain.policy.McpServer.Place;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code agents.*.mcp}: servers whose tools an agent gets. */
final class McpSection {
    private static final int MOST_SERVERS = 20;
    private static final Pattern TOOL = Pattern.compile("[A-Za-z0-9_./-]{1,128}");
    private static final Pattern URL = Pattern.compile(
            "(https://[a-z0-9.-]{1,200}(:[0-9]{1,5})?|http://(127\\.0\\.0\\.1|localhost):[0-9]{1,5})(/[A-Za-z0-9._~/-]{0,200})?"
                    + "(\\?[A-Za-z0-9._~/=&%,:+-]{0,200})?");

    private McpSection() {}

    /** The servers, in the order of the file. */
    static List<McpServer> of(Section agent, Optional<Kind> kind) {
        Optional<Value> value = agent.value("mcp");
        if (kind.isPresent() && kind.get() != Kind.MODEL) {
            value.ifPresent(v -> v.refused(
                    "only agents of kind model take servers from the policy in this version",
                    "Leave it out, or use an agent of kind model."));
            return List.of();
        }
        return value.flatMap(McpSection::servers).orElse(List.of());
    }

    private static Optional<List<McpServer>> servers(Value value) {
        return Named.of(
                        "servers by name",
                        (name, one) -> Section.with(s -> server(name, s)).read(one))
                .read(value)
                .flatMap(servers -> servers.places().size() > MOST_SERVERS
                        ? value.refused("more than " + MOST_SERVERS + " servers", Optional.empty())
                        : Optional.of(List.copyOf(servers.values().values())));
    }

    private static Optional<McpServer> server(String name, Section section) {
        Optional<Value> run = section.value("run");
        Optional<List<String>> argv = section.read("run", Argv::read);
        Optional<Value> env = section.value("env");
        List<String> variables =
                section.read("env", Scalars.list("a list of environment variables' names", Words.env()), List.of());
        Optional<Value> url = section.value("url");
        Optional<String> address = section.read(
                "url",
                Scalars.text(URL, "an https address, or http://127.0.0.1:<port>, such as https://example.com/mcp"));
        Optional<Value> token = section.value("token");
        Optional<String> variable = section.read("token", Words.env());
        Optional<List<String>> tools = section.read("tools", McpSection::some);
        List<String> readOnly = section.read("read_only", names(), List.of());
        tools.ifPresent(known -> section.value("read_only").ifPresent(v -> missing(v, readOnly, known)));
        if (run.isPresent() == url.isPresent()) {
            section.problem("a server has either run or url", "Such as run: [./tools/server].");
            return Optional.empty();
        }
        refuse(run.isPresent() ? token : env);
        Optional<Place> place = run.isPresent()
                ? argv.map(words -> new Place.Program(words, variables))
                : address.map(a -> new Place.Address(a, variable));
        return place.map(p -> new McpServer(name, p, tools, readOnly));
    }

    private static void refuse(Optional<Value> value) {
        value.ifPresent(v -> v.refused("a server with run has env, one with url has token", "Leave it out."));
    }

    private static Value.Reader<List<String>> names() {
        return Scalars.list("a list of tools' names", Scalars.text(TOOL, "the name of a tool"));
    }

    private static Optional<List<String>> some(Value value) {
        return names().read(value)
                .flatMap(names -> names.isEmpty()
                                && value.items("").map(List::isEmpty).orElse(false)
                        ? value.refused("no tool at all", "Leave it out for all tools, or leave the server out.")
                        : Optional.of(names));
    }

    private static void missing(Value list, List<String> readOnly, List<String> known) {
        readOnly.stream()
                .filter(name -> !known.contains(name))
                .forEach(name ->
                        list.refused(Shown.quoted(name) + " isn't in tools", "Add it there, or leave it out here."));
    }
}
