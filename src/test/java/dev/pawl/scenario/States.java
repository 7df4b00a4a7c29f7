package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.decide.StateFound;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.forge.marker.StateMarker;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.world.Comment;
import java.util.List;
import java.util.Optional;

/** The state comments of a story's issue, and what people did to them. */
record States(Story story, SandboxIssue issue) {
    static final String OURS = "github-actions[bot]";

    /** All comments that claim to be states, whoever wrote them. */
    List<Comment> all() {
        return issue.comments().stream()
                .filter(c -> StateMarker.isClaimed(c.body()))
                .toList();
    }

    /** The only one. */
    Comment only() {
        assertThat(all()).as("state comments").hasSize(1);
        return all().getFirst();
    }

    /** What the only one says, read as Pawl reads it, with or without a key. */
    RunState state() {
        return read(only());
    }

    RunState read(Comment comment) {
        Optional<String> key = Optional.ofNullable(story.inputs.get("STATE-KEY"));
        StateFound found = new StateMarker(key)
                .read(comment.id(), comment.body(), story.repo.id(), issue.number())
                .orElseThrow();
        assertThat(found).isInstanceOf(StateFound.Found.class);
        return ((StateFound.Found) found).state();
    }

    /** How many stages a run has behind it. */
    static long passed(RunState state) {
        return state.stages().stream()
                .takeWhile(s -> s.status().passed())
                .map(StageRecord::kind)
                .count();
    }

    void deleted() {
        story.maintainer.deletesComment(issue, only().id());
    }

    void edited(String pattern, String replacement) {
        Comment state = only();
        String changed = state.body().replaceFirst(pattern, replacement);
        assertThat(changed).as("the edit changes something").isNotEqualTo(state.body());
        story.maintainer.editsComment(issue, state.id(), changed);
    }

    /** Somebody puts an older text back, or any other. */
    void is(String body) {
        story.maintainer.editsComment(issue, only().id(), body);
    }

    /** Our notices with that beginning of their keys. */
    List<String> notices(String key) {
        return issue.comments().stream()
                .filter(c -> c.author().equals(OURS))
                .map(Comment::body)
                .filter(b -> b.startsWith("<!-- pawl:notice v1 ") && b.contains(" key=" + key))
                .map(b -> b.substring(b.indexOf('\n') + 1).strip())
                .toList();
    }
}
