package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every default workflow, killed everywhere (REL-01, REL-02): each invocation is a process of its own that gets SIGKILL
 * before a request is applied, before it is answered, after its answer, and while its programs run; then the next
 * invocation comes by the same event, by the clock, or by a person's remark. The world must be the one after the
 * undisturbed invocation, or the one after the next: so by induction every crash ends in the same world. The order of
 * writes that this pins is {@code StageRun}'s.
 *
 * <p>The native binary is killed at every fifth point. A JVM takes ten times as long to start: it walks the bug's story only,
 * and by a larger step. The property {@code pawl.crash.step} says another step; 1 means all of them. {@code
 * pawl.crash.stories} names the only stories that are walked, such as {@code bug,legs}.
 */
@Tag(Program.TAG)
class CrashEverywhereTest {
    private static final int WORKERS = 2;

    /** Steps that share no factor with the phases and resumptions meet all their combinations. */
    private static final int JVM_STEP = 97;

    private static final int BINARY_STEP = 5;

    @TempDir
    Path folder;

    @Test
    void everyCrashOfEveryWorkflowEndsInTheSameWorld() throws Exception {
        boolean binary = Program.binary().isPresent();
        int step = Integer.getInteger("pawl.crash.step", binary ? BINARY_STEP : JVM_STEP);
        Path archive = folder.resolve("classes.jsa");
        Processes program = Processes.ready(folder);
        new CrashWalk(folder.resolve("warm"), program.archiving(archive), CrashStory.RESEARCH).close();
        Processes processes = program.from(archive);
        var shares = new ArrayList<Share>();
        try (var workers = Executors.newFixedThreadPool(WORKERS)) {
            var pending = new ArrayList<Future<Share>>();
            for (CrashStory story : stories(binary)) {
                Path place = folder.resolve(story.name());
                pending.add(workers.submit(() -> share(place, processes, story, step)));
            }
            for (Future<Share> share : pending) {
                shares.add(share.get());
            }
        }
        System.out.print(table(shares));
        assertThat(shares.stream().flatMap(s -> s.diverged().stream()).toList())
                .as("divergences")
                .isEmpty();
        assertThat(shares).isNotEmpty().allSatisfy(s -> assertThat(s.killed()).isPositive());
    }

    private static List<CrashStory> stories(boolean all) {
        var names = List.of(
                System.getProperty("pawl.crash.stories", all ? "" : "bug").split(","));
        return Stream.of(CrashStory.values())
                .filter(story ->
                        names.contains("") || names.contains(story.name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    /**
     * What was done with one story.
     *
     * @param story the story
     * @param invocations how many it takes undisturbed
     * @param points how many points it has
     * @param killed at how many of them it was killed
     * @param askedAgain how many agents were asked again that had been asked before the crash
     * @param diverged the points that ended elsewhere
     */
    private record Share(
            CrashStory story, int invocations, int points, int killed, int askedAgain, List<String> diverged) {}

    private static Share share(Path place, Processes processes, CrashStory story, int stride) throws Exception {
        try (var walk = new CrashWalk(place, processes, story)) {
            int points = 0;
            int killed = 0;
            int again = 0;
            var diverged = new ArrayList<String>();
            for (int i = 0; i < walk.steps().size(); i++) {
                CrashWalk.Step step = walk.steps().get(i);
                for (CrashPoint point : CrashPoint.all(step.requests(), step.programs() > 0)) {
                    if (points++ % stride == 0) {
                        var resumption = resumption(step, points);
                        killed++;
                        String where = story + ", invocation " + (i + 1) + ", " + point + ", then " + resumption + ": ";
                        try {
                            CrashWalk.Outcome outcome = walk.crash(i, point, resumption);
                            again += outcome.askedAgain();
                            outcome.divergence().map(where::concat).ifPresent(diverged::add);
                            if (outcome.askedAgain() > 0 && step.keeps(point)) {
                                diverged.add(where + "an agent was asked again whose work was kept");
                            }
                        } catch (AssertionError e) {
                            diverged.add(where + e.getMessage());
                        }
                    }
                }
            }
            return new Share(story, walk.steps().size(), points, killed, again, diverged);
        }
    }

    /** The three in turn; where questions are open, a remark would be an answer. */
    private static CrashWalk.Resumption resumption(CrashWalk.Step step, int point) {
        var all = CrashWalk.Resumption.values();
        // The phases have a period of three, too: every third round begins elsewhere.
        var resumption = all[(point + point / 3) % all.length];
        return resumption == CrashWalk.Resumption.REMARK && step.asks() ? CrashWalk.Resumption.SAME_EVENT : resumption;
    }

    private static String table(List<Share> shares) {
        var text = new StringBuilder("story      invocations  points  killed  asked again  divergences\n");
        for (Share share : shares) {
            text.append("%-10s %11d %7d %7d %12d %12d%n"
                    .formatted(
                            share.story().name().toLowerCase(Locale.ROOT),
                            share.invocations(),
                            share.points(),
                            share.killed(),
                            share.askedAgain(),
                            share.diverged().size()));
        }
        return text.toString();
    }
}
