package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.Security;
import dev.pawl.program.Program;
import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.http.Incoming;
import dev.pawl.sandbox.world.Access;
import dev.pawl.sandbox.world.Scope;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the token must be able to do, and nothing more. */
@Tag(Program.TAG)
@Security
class PermissionsTest {
    private static final Set<Scope> DOCUMENTED =
            EnumSet.of(Scope.CONTENTS, Scope.ISSUES, Scope.PULL_REQUESTS, Scope.METADATA);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"false, NONE", "true, NONE", "true, READ"})
    @DisplayName("SEC-20 contents, issues and pull-requests to write are enough, and all else is refused")
    void threePermissionsAreEnough(boolean isPrivate, Access actions) {
        var refused = new CopyOnWriteArrayList<String>();
        try (var story = new Story(folder).checked()) {
            story.repo.settings(settings -> {
                EnumSet.complementOf(EnumSet.copyOf(DOCUMENTED))
                        .forEach(scope -> settings.tokenScope(scope, Access.NONE));
                settings.tokenScope(Scope.ACTIONS, actions).isPrivate(isPrivate);
            });
            story.github.faults(new Faults() {
                @Override
                public Fate beforeAnswered(Incoming request, Answer answer) {
                    if (answer.status() == 403) {
                        refused.add(request.method() + " " + request.path());
                    }
                    return new Fate.Proceed();
                }
            });

            story.issue("feat: correct sums", "The file sum.txt should hold correct sums only.");
            assertThat(Story.moves(story.rings())).containsExactly("triage advanced", "plan waiting");
            story.maintainer.comments(story.repo.issue(1), "/pawl approve");
            List<Story.Ended> ended = story.rings();
            ended.add(story.sweeps());

            assertThat(Story.moves(ended)).contains("open_pr advanced");
            assertThat(story.repo.pullRequests()).hasSize(1);
            assertThat(refused).as("asked for in vain").isEmpty();
        }
    }
}
