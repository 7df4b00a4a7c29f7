package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.sandbox.Client;
import dev.pawl.sandbox.Person;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.SandboxRepository;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.world.Role;
import dev.pawl.sandbox.world.WebhookEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Issues and repositories that are closed, locked, moved, renamed or gone, before a run and in the middle of it. */
class IssueFateTest {
    @TempDir
    Path folder;

    /** The event that starts the plan. */
    private static WebhookEvent planning(Story story) {
        assertThat(story.deliver(story.next()).output("stage")).isEqualTo("triage");
        return story.next();
    }

    private static long notes(SandboxIssue issue) {
        return issue.comments().stream()
                .filter(c -> c.body().startsWith("<!-- pawl:") && !c.body().startsWith("<!-- pawl:state"))
                .count();
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                end("REL-19 the issues are turned off (410)", (s, i) -> s.repo.settings(x -> x.hasIssues(false))),
                end("REL-19 the repository is taken down (451)", (s, i) -> s.repo.settings(x -> x.isBlocked(true))),
                end("REL-19 REL-37 the issue is deleted", (s, i) -> owner(s).deletes(i)),
                end("REL-35 the issue becomes a discussion", (s, i) -> owner(s).makesDiscussion(i)),
                end("REL-35 the issue is locked", (s, i) -> s.maintainer.locks(i)),
                end("REL-36 the issue is transferred", (s, i) -> owner(s).transfers(i, other(s))),
                end("REL-39 the repository is archived", (s, i) -> s.repo.settings(x -> x.isArchived(true))));
    }

    private static Arguments end(String name, BiConsumer<Story, SandboxIssue> deed) {
        return Arguments.of(name, deed);
    }

    private static Person owner(Story story) {
        return story.github.person("octo", Role.ADMIN);
    }

    private static SandboxRepository other(Story story) {
        return story.github.createRepository("octo/other", Map.of("README.md", "Another one.\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    @DisplayName("REL-19, REL-35, REL-36, REL-37, REL-39: what ended before the run began is left alone")
    void rel19_beforeTheRunThereIsNothingToDo(String name, BiConsumer<Story, SandboxIssue> deed) {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.bug();
            WebhookEvent event = planning(story);
            deed.accept(story, issue);
            String before = story.github.describe();

            Story.Ended ended = story.deliver(event);

            assertThat(ended.output("outcome")).as("%s", ended).isEqualTo("nothing");
            assertThat(ended.exit()).isZero();
            assertThat(story.github.describe()).isEqualTo(before);
            assertThat(story.agent.asked()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    @DisplayName(
            "REL-19, REL-35, REL-36, REL-37, REL-39: what ends while an agent works is an end, told in the job, not a failure")
    void rel19_inTheMiddleOfARunItIsAnEnd(String name, BiConsumer<Story, SandboxIssue> deed) {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.bug();
            WebhookEvent event = planning(story);
            long before = notes(issue);
            var meanwhile = new Trouble.Meanwhile(Trouble::beginsWork, () -> deed.accept(story, issue));
            story.github.faults(meanwhile);

            Story.Ended ended = story.deliver(event);

            assertThat(meanwhile.done()).isTrue();
            assertThat(ended.output("outcome")).as("%s", ended).isIn("nothing", "advanced");
            assertThat(ended.exit()).isZero();
            assertThat(ended.output("reason")).isNotBlank();
            story.github.faults(Faults.NONE);
            assertThat(story.repo.issues().stream()
                            .mapToLong(IssueFateTest::notes)
                            .sum())
                    .as("no plan is posted: %s", ended)
                    .isLessThanOrEqualTo(before);
            assertThat(story.agent.asked()).as("at most once").isIn(List.of(), List.of("plan"));
        }
    }

    @Test
    @DisplayName("REL-35: closed while an agent works: nothing of it is written; reopened, it is worked on again")
    void rel35_closedInTheMiddleAndReopened() {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.bug();
            WebhookEvent event = planning(story);
            story.github.faults(new Trouble.Meanwhile(Trouble::beginsWork, () -> story.maintainer.closes(issue)));

            Story.Ended ended = story.deliver(event);

            assertThat(ended.output("reason")).as("%s", ended).contains("closed while the stage ran");
            assertThat(notes(issue)).isZero();
            assertThat(issue.labels()).contains("pawl:closed-unresolved").doesNotContain("pawl:planning");
            story.github.faults(Faults.NONE);
            assertThat(Story.moves(story.rings())).as("closed is closed").isEmpty();

            story.maintainer.reopens(issue);
            story.rings();
            assertThat(issue.labels()).contains("pawl:waiting-on-review");
            assertThat(story.repo.pullRequests()).hasSize(1);
        }
    }

    @Test
    @DisplayName("REL-35: closed while files are changed: no branch is pushed")
    void rel35_closedWhileFilesAreChanged() {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.bug();
            story.deliver(planning(story));
            WebhookEvent event = story.next();
            story.github.faults(new Trouble.Meanwhile(Trouble::beginsWork, () -> story.maintainer.closes(issue)));

            Story.Ended ended = story.deliver(event);

            assertThat(story.agent.asked()).containsExactly("plan", "implement");
            assertThat(ended.output("reason")).as("%s", ended).contains("closed while the stage ran");
            assertThat(story.repo.branches()).containsExactly("main");
        }
    }

    @Test
    @DisplayName("REL-35: locked in the middle, then unlocked: the agent's work was kept, and is shown")
    void rel35_lockedAndUnlocked() {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.bug();
            WebhookEvent event = planning(story);
            story.github.faults(new Trouble.Meanwhile(Trouble::beginsWork, () -> story.maintainer.locks(issue)));
            Story.Ended locked = story.deliver(event);
            assertThat(locked.output("reason")).as("%s", locked).contains("locked");
            story.github.faults(Faults.NONE);
            story.github.takeEvents();

            story.maintainer.unlocks(issue);
            story.maintainer.comments(issue, "It's open again.");
            story.rings();

            assertThat(story.agent.asked().stream().filter("plan"::equals)).hasSize(1);
            assertThat(story.repo.pullRequests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"deleted", "renamed"})
    @DisplayName("REL-38: state labels that the repository lost come back, and the run isn't touched by it")
    void rel38_labelsThatAreGoneComeBack(String how) {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.issue("feat: correct sums", "The file sum.txt should hold correct sums only.");
            story.rings();
            assertThat(issue.labels()).contains("pawl:waiting-on-human");
            var admin = new Client(story.github, story.maintainer.token());
            String label = "/repos/octo/shop/labels/pawl:waiting-on-human";
            int status = how.equals("deleted")
                    ? admin.delete(label).status()
                    : admin.patch(label, "{'new_name':'on hold'}").status();
            assertThat(status).isLessThan(300);
            assertThat(issue.labels()).doesNotContain("pawl:waiting-on-human");

            story.author.comments(issue, "Any news?");
            story.rings();
            assertThat(issue.labels()).as("back").contains("pawl:waiting-on-human");

            story.maintainer.comments(issue, "/pawl approve");
            assertThat(Story.moves(story.rings())).startsWith("implement advanced");
            assertThat(story.repo.pullRequests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("REL-39: a repository that is renamed while an agent works keeps its run, by API and by git")
    void rel39_aRenamedRepositoryGoesOn(boolean files) {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.bug();
            WebhookEvent event = planning(story);
            if (files) {
                story.deliver(event);
                event = story.next();
            }
            var meanwhile = new Trouble.Meanwhile(
                    Trouble::beginsWork, () -> owner(story).renames(story.repo, "store"));
            story.github.faults(meanwhile);

            Story.Ended ended = story.deliver(event);

            assertThat(meanwhile.done()).isTrue();
            assertThat(ended.output("outcome")).as("%s", ended).isEqualTo("advanced");
            story.github.faults(Faults.NONE);
            story.rings();
            assertThat(issue.labels()).contains("pawl:waiting-on-review");
            assertThat(story.repo.pullRequests()).hasSize(1);
        }
    }

    @Test
    @DisplayName("REL-39: making the repository private changes nothing for the run")
    void rel39_madePrivate() {
        try (var story = new Story(folder)) {
            story.bug();
            WebhookEvent event = planning(story);
            story.github.faults(
                    new Trouble.Meanwhile(Trouble::beginsWork, () -> story.repo.settings(s -> s.isPrivate(true))));
            assertThat(story.deliver(event).output("outcome")).isEqualTo("advanced");
            story.rings();
            assertThat(List.copyOf(story.repo.pullRequests())).hasSize(1);
        }
    }
}
