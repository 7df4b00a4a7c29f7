package dev.pawl.app.rehearsal;

import dev.pawl.sandbox.SandboxIssue;
import java.util.List;
import java.util.Optional;

/** What people do in a walk, each time that the engine has nothing more to do by itself. */
final class People {
    private static final int MOST_ANSWERS = 3;

    private final Scene scene;
    private final Project project;
    private final Scenario scenario;
    private Optional<SandboxIssue> issue = Optional.empty();
    private boolean started;
    private boolean approved;
    private int answers;

    People(Scene scene, Project project, Scenario scenario) {
        this.scene = scene;
        this.project = project;
        this.scenario = scenario;
    }

    /**
     * What somebody did.
     *
     * @param who the login
     * @param what in words
     */
    record Deed(String who, String what) {}

    /** The issue that they opened. */
    SandboxIssue issue() {
        return issue.orElseThrow();
    }

    /** The next thing that people do; empty when they wait, too. */
    Optional<Deed> act(List<Invocation> past) {
        if (issue.isEmpty()) {
            SandboxIssue opened = scene.author()
                    .opensIssue(
                            scene.repository(),
                            project.story().title(),
                            project.story().body());
            issue = Optional.of(opened);
            return deed(scene.author().login(), "opens issue #" + opened.number() + ": " + opened.title());
        }
        if (!started) {
            started = true;
            return label();
        }
        Optional<Invocation> last = past.reversed().stream()
                .filter(invocation -> !invocation.output("state").isEmpty())
                .findFirst();
        return last.filter(invocation -> invocation.output("outcome").equals("waiting"))
                .flatMap(this::answer);
    }

    private Optional<Deed> label() {
        String start = project.policy().startLabel();
        project.policy()
                .typeLabel(scenario.workflow(), issue().title())
                .filter(type -> scenario != Scenario.VAGUE && !type.equals(start))
                .ifPresent(type -> scene.maintainer().labels(issue(), type));
        scene.maintainer().labels(issue(), start);
        return deed(scene.maintainer().login(), "adds the label " + start);
    }

    private Optional<Deed> answer(Invocation last) {
        if (last.output("state").equals("needs-clarification") && answers < MOST_ANSWERS) {
            answers++;
            scene.author().comments(issue(), project.story().answer());
            return deed(scene.author().login(), "answers the questions");
        }
        boolean planned =
                last.output("stage").equals("plan") && last.output("state").equals("waiting-on-human");
        if (planned && !approved) {
            approved = true;
            scene.maintainer().comments(issue(), "/pawl approve");
            return deed(scene.maintainer().login(), "comments /pawl approve");
        }
        return Optional.empty();
    }

    private static Optional<Deed> deed(String who, String what) {
        return Optional.of(new Deed(who, what));
    }
}
