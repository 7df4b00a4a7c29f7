package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REL-26: the state comment is gone. The run goes on from what it left, at the same stage or an earlier one. */
@Tag(Program.TAG)
class LostStateTest {
    private static final Duration A_WHILE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "3,3", "4,3", "5,4", "6,6"})
    void rel26ADeletedStateIsRebuiltAtTheSameStageOrAnEarlierOne(int done, int known) {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = story.bug();
            var states = new States(story, issue);
            story.inputs.put("CONTINUE", "none");
            story.rings();
            for (int i = 1; i < done; i++) {
                story.sweeps();
            }
            RunState before = states.state();
            assertThat(States.passed(before)).isEqualTo(done);

            states.deleted();
            story.github.takeEvents();
            story.passes(A_WHILE);
            story.inputs.remove("CONTINUE");
            // From here on every event comes twice, so that nothing is said or done twice.
            story.deliveringEach(2).sweeps();

            assertThat(states.notices("rebuilt-")).hasSize(1);
            RunState after = states.state();
            assertThat(States.passed(after)).isBetween((long) known, done + 1L);
            assertThat(after.id()).isEqualTo(before.id());
            assertThat(after.fence().epoch()).isGreaterThan(before.fence().epoch());
            assertThat(after.fence().seq()).isGreaterThan(before.fence().seq());
            assertThat(after.spending().runs())
                    .isGreaterThanOrEqualTo(before.spending().runs());
            assertThat(after.people().startedBy()).isEqualTo(before.people().startedBy());
            assertThat(after.work().branch()).isEqualTo(before.work().branch().or(after.work()::branch));

            story.rings();
            assertThat(states.notices("rebuilt-")).hasSize(1);
            assertThat(states.state().state()).isEqualTo(IssueState.WAITING_ON_REVIEW);
            assertThat(issue.labels()).contains("pawl:waiting-on-review");
            assertThat(story.repo.pullRequests()).hasSize(1);
            assertThat(story.repo.branches()).hasSize(2);
            assertThat(story.agent.asked()).filteredOn("implement"::equals).hasSize(1);
            assertThat(story.agent.asked()).filteredOn("plan"::equals).hasSize(1);
        }
    }
}
