package dev.pawl.agent.process;

import dev.pawl.domain.policy.IsolationRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what agents run apart from us, as well as this machine can: decided once, before anything of an agent's starts, and
 * looked at from an agent's place. Until then processes run as we do.
 */
public final class Isolation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Isolation.class);
    private static final String USER = "PAWL_AGENT_USER";
    private static final String REMEDY =
            "Run Pawl from its image, or as root on Linux with util-linux, in a folder that other users"
                    + " can pass through; or set agents.isolation to best-effort in the policy.";

    private final Place place;
    private final InstantSource clock;
    private final Supplier<String> nonces;
    private Optional<Ground> ground = Optional.empty();
    private Optional<RunnersPlaces> closed = Optional.empty();
    private volatile Launcher launcher = Launcher.plain();

    /**
     * Decides nothing yet.
     *
     * @param place where we are
     * @param clock tells how long things take
     * @param nonces gives values that nobody can guess
     */
    public Isolation(Place place, InstantSource clock, Supplier<String> nonces) {
        this.place = place;
        this.clock = clock;
        this.nonces = nonces;
    }

    /**
     * Where we are.
     *
     * @param environment our own environment
     * @param scratch our folder for this invocation: what agents work in lies in it
     * @param passwd the system's file of users
     */
    public record Place(Map<String, String> environment, Supplier<Path> scratch, Path passwd) {
        public Place {
            environment = Map.copyOf(environment);
        }

        @Override
        public String toString() {
            return "Place[" + passwd + "]";
        }
    }

    /** What agents stand on here. */
    public sealed interface Ground {
        /**
         * They are a user of their own.
         *
         * @param user the user
         * @param reached what that user can reach although it shouldn't; none where isolation is required
         */
        record Apart(AgentUser user, List<Path> reached) implements Ground {}

        /**
         * They are the user that we are.
         *
         * @param why in our words
         */
        record Together(String why) implements Ground {}

        /**
         * None starts here.
         *
         * @param why in our words
         * @param todo what would help
         */
        record Refused(String why, String todo) implements Ground {}
    }

    /** How processes are started by now. */
    public Launcher launcher() {
        return launcher;
    }

    /** Decides, once: the first rule that is asked for holds. */
    public synchronized Ground under(IsolationRule rule) {
        if (ground.isEmpty()) {
            Ground found = found(rule);
            ground = Optional.of(found);
            switch (found) {
                case Ground.Apart(AgentUser user, List<Path> reached)
                when reached.isEmpty() -> LOG.info("isolation=apart user={}", user);
                case Ground.Apart(AgentUser user, List<Path> reached) ->
                    LOG.warn("isolation=apart user={} reaches=\"{}\"", user, listed(reached));
                case Ground.Together(String why) -> LOG.warn("isolation=none reason=\"{}\"", why);
                case Ground.Refused(String why, var _) -> LOG.warn("isolation=refused reason=\"{}\"", why);
            }
        }
        return ground.get();
    }

    private Ground found(IsolationRule rule) {
        Optional<String> lacking = lacking();
        if (lacking.isPresent()) {
            return without(rule, lacking.get());
        }
        Optional<String> name =
                Optional.ofNullable(place.environment().get(USER)).filter(n -> !n.isBlank());
        Optional<AgentUser> user = name.isPresent()
                ? AgentUser.named(name.get().strip(), place.passwd())
                : Optional.of(AgentUser.ofNobodyElse(nonces.get()));
        if (user.isEmpty()) {
            return without(rule, USER + " names no user of this system but root");
        }
        try {
            Path scratch = place.scratch().get().toRealPath();
            var around = new RunnersPlaces(place.environment(), scratch);
            closed = Optional.of(around);
            return looked(rule, user.get(), scratch, around);
        } catch (IOException e) {
            throw new UncheckedIOException("what agents can reach can't be looked at", e);
        }
    }

    private Ground looked(IsolationRule rule, AgentUser user, Path scratch, RunnersPlaces around) throws IOException {
        Launcher apart = Launcher.as(user, () -> scratch, Memory.forAgents());
        Probe.Found found;
        try (var runner = new ProcessRunner(clock, nonces, () -> apart)) {
            found = new Probe(runner, user).look(scratch, place.environment(), around.found());
        }
        return switch (found) {
            case Probe.Found.Failed(String why) -> {
                around.close();
                yield without(rule, why);
            }
            case Probe.Found.Apart(List<Path> reached) -> {
                if (!reached.isEmpty() && rule == IsolationRule.REQUIRED) {
                    around.close();
                    yield new Ground.Refused(
                            "This runner is unsafe: an agent could reach " + listed(reached) + ".",
                            "Close it to other users, such as with chmod o-rwx, or use a runner that does.");
                }
                launcher = apart;
                yield new Ground.Apart(user, reached);
            }
        };
    }

    private static Ground without(IsolationRule rule, String why) {
        return switch (rule) {
            case REQUIRED -> new Ground.Refused("Agents can't be kept apart from Pawl here: " + why + ".", REMEDY);
            case BEST_EFFORT -> new Ground.Together(why);
        };
    }

    /** What is known without trying. */
    private static Optional<String> lacking() {
        if (!ProcessTable.isThere()) {
            return Optional.of("this isn't Linux");
        }
        try {
            if (!Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
                return Optional.of("Pawl doesn't run as root, which alone can give agents a user of their own");
            }
        } catch (IOException e) {
            return Optional.of("/proc can't be read");
        }
        List<String> missing = Launcher.missing();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("there is no " + String.join(", no ", missing) + " of util-linux");
    }

    private static String listed(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    /** Gives the runner's files the modes that they had. */
    @Override
    public synchronized void close() {
        closed.ifPresent(RunnersPlaces::close);
    }
}
