package dev.pawl.agent.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.agent.result.ResultSchemas;
import dev.pawl.agent.result.StrictJson;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.PathRules;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.stage.Suggestions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Writes the prompt of a stage, complete by itself: the goal, the rules, what people wrote, and the form of the result. */
public final class Prompts {
    private static final int TRIES = 20;

    private final PathRules paths;
    private final List<AgentSpec> agents;
    private final Supplier<String> nonces;

    /**
     * @param paths what a change may touch, told to agents that make changes
     * @param nonces gives values that nobody can guess; they frame what others wrote
     */
    public Prompts(PathRules paths, Supplier<String> nonces) {
        this(paths, List.of(), nonces);
    }

    /**
     * @param paths what a change may touch, told to agents that make changes
     * @param agents whom a plan can choose for its tasks
     * @param nonces gives values that nobody can guess; they frame what others wrote
     */
    public Prompts(PathRules paths, List<AgentSpec> agents, Supplier<String> nonces) {
        this.paths = paths;
        this.agents = List.copyOf(agents);
        this.nonces = nonces;
    }

    /**
     * The prompt for a request, whose result goes to the file that the environment names.
     *
     * @throws IllegalArgumentException when no agent takes part in that stage
     */
    public String of(AgentRequest request) {
        return of(request, List.of(), new Delivery.Variable());
    }

    /**
     * The prompt for a request.
     *
     * @param conventions what the repository says to everybody who works on it
     * @param delivery how the result is handed over
     * @throws IllegalArgumentException when no agent takes part in that stage
     */
    public String of(AgentRequest request, List<Convention> conventions, Delivery delivery) {
        JsonNode schema = ResultSchemas.forPrompt(request.stage());
        var values = framed(request, conventions);
        values.putAll(delivery.values());
        values.put("number", Integer.toString(request.issue().number()));
        values.put(
                "branch",
                VisibleText.of(new Untrusted(request.base().branch()))
                        .onOneLine()
                        .text());
        values.put("sha", request.base().sha().abbreviated());
        values.put(
                "protected",
                paths.protectedPaths().stream().map(p -> "`" + p + "`").collect(Collectors.joining(", ")));
        values.put("max_files", Integer.toString(paths.maxFiles()));
        values.put("max_bytes", Long.toString(paths.maxBytes()));
        values.putAll(choice());
        values.put("time", forPeople(request.limits().time()));
        values.put(
                "turns",
                request.limits().turns().stream().mapToObj(Integer::toString).collect(Collectors.joining()));
        values.put("cost", request.limits().cost().forPeople());
        values.put("suggestions", Integer.toString(Suggestions.MOST));
        String stage = request.suggests() ? "suggestions" : request.stage().word();
        values.put("example", StrictJson.pretty(StrictJson.resource("/dev/pawl/prompts/examples/" + stage + ".json")));
        values.put("schema", StrictJson.pretty(schema));
        return Template.named(stage).fill(values);
    }

    /**
     * What an agent is told when its result isn't valid; the session knows the rest.
     *
     * @param complaints what is wrong, in our words
     */
    public static String again(List<String> complaints, Delivery delivery) {
        var values = new HashMap<>(delivery.values());
        values.put("complaints", complaints.stream().map(c -> "- " + c).collect(Collectors.joining("\n")));
        return Template.named("again").fill(values);
    }

    /** What a plan can choose for its tasks: an agent where there are several, a tier where some agent has any. */
    private Map<String, String> choice() {
        String names = agents.size() < 2
                ? ""
                : agents.stream().map(a -> "`" + a.name() + "`").collect(Collectors.joining(", "));
        boolean tiers = agents.stream().anyMatch(a -> !a.options().tiers().isEmpty());
        return Map.of("agents", names, "tiers", tiers ? "yes" : "", "choice", names.isEmpty() && !tiers ? "" : "yes");
    }

    /**
     * What an agent is told whose conversation began in another run.
     *
     * @param workTree where it works now
     * @param prompt the whole prompt, as if it were new
     */
    public static String goingOn(Path workTree, String prompt) {
        return Template.named("resumed").fill(Map.of("tree", workTree.toString())) + prompt;
    }

    /** What an agent is told that is only asked whether it answers: the shortest result there is. */
    public static String trial(Delivery delivery) {
        return Template.named("trial").fill(delivery.values());
    }

    /**
     * What an agent is told when it gave up because it was refused a tool; the session knows the rest.
     *
     * @param readsOnly whether the stage only reads
     */
    public static String refused(boolean readsOnly, Delivery delivery) {
        var values = new HashMap<>(delivery.values());
        values.put("reads", readsOnly ? "yes" : "");
        values.put("works", readsOnly ? "" : "yes");
        return Template.named("refused").fill(values);
    }

    /** What others wrote, within a fence whose id stands nowhere in it. */
    private Map<String, String> framed(AgentRequest request, List<Convention> conventions) {
        for (int i = 0; i < TRIES; i++) {
            var fence = new Fence(nonces.get());
            var parts = new FramedParts(fence);
            var leg = request.leg().filter(l -> !l.isWhole());
            var values = new HashMap<String, String>(Map.of(
                    "issue", parts.issue(request.issue()),
                    "comments", parts.comments(request.issue().comments()),
                    "plan", request.plan().map(parts::plan).orElse(""),
                    "task", request.task().map(parts::task).orElse(""),
                    "tasks",
                            leg.filter(l -> l.only().isEmpty())
                                    .map(l -> parts.tasks("tasks to do", l.now()))
                                    .orElse(""),
                    "done", leg.map(l -> parts.tasks("done", l.before())).orElse(""),
                    "later", leg.map(l -> parts.tasks("later", l.after())).orElse(""),
                    "feedback", parts.feedback(request.feedback()),
                    "diff", parts.diff(request.diff()),
                    "conventions", parts.conventions(conventions)));
            if (!fence.known()) {
                values.put("fence", fence.id());
                values.put("removed", fence.removed() == 0 ? "" : Integer.toString(fence.removed()));
                return values;
            }
        }
        throw new IllegalStateException("the source of randomness repeats what stands in the text");
    }

    private static String forPeople(Duration time) {
        if (time.toSeconds() < 120) {
            return time.toSeconds() + " seconds";
        }
        return time.toMinutes() + " minutes";
    }
}
