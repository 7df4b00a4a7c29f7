package dev.pawl.agent.model.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.agent.process.Command;
import dev.pawl.agent.process.Ended;
import dev.pawl.agent.process.ProcessRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Runs a program in the work tree; when it ends, everything that it started has ended.
 *
 * @param tree where
 * @param runner runs it
 * @param environment all that it gets; never a model's key
 * @param left what is left of the stage's time
 */
record Run(Tree tree, ProcessRunner runner, Map<String, String> environment, Supplier<Duration> left) implements Tool {
    private static final int SECONDS = 120;
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int MOST_CHARACTERS = 24_000;

    @Override
    public String name() {
        return "run";
    }

    @Override
    public Outcome use(JsonNode arguments) {
        var argv = new ArrayList<String>();
        arguments.path("argv").forEach(word -> argv.add(word.asText()));
        if (argv.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
            return Outcome.refused("a word of a command holds no NUL");
        }
        Duration asked = Duration.ofSeconds(arguments.path("seconds").asInt(SECONDS));
        Duration limit = asked.compareTo(left.get()) < 0 ? asked : left.get();
        return switch (runner.run(new Command(argv, tree.root(), environment, limit, GRACE))) {
            case Ended.NotFound _ -> Outcome.refused("there is no such program, or it can't be run");
            case Ended.Ran ran ->
                Outcome.found(
                        label(ran, limit), middleCut(Tree.visible(ran.log().raw())));
        };
    }

    private static String label(Ended.Ran ran, Duration limit) {
        return switch (ran.cause()) {
            case ITSELF -> "exit code " + ran.code();
            case TIME_LIMIT -> "stopped after " + limit.toSeconds() + " seconds";
            case ENOUGH, SHUTDOWN -> "stopped";
        };
    }

    /** What went wrong mostly stands at one of the two ends. */
    private static String middleCut(String text) {
        if (text.length() <= MOST_CHARACTERS) {
            return text;
        }
        int half = MOST_CHARACTERS / 2;
        return text.substring(0, half) + "\n… " + (text.length() - 2 * half) + " characters are left out here …\n"
                + text.substring(text.length() - half);
    }
}
