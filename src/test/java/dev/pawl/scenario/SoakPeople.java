package dev.pawl.scenario;

import dev.pawl.sandbox.Person;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.SandboxPullRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What people, bots and agents do in a soak, by chance. Nobody in it is careful. */
final class SoakPeople {
    private static final int MOST_UNFINISHED = 4;
    private static final List<String> COMMANDS = List.of(
            "/pawl approve",
            "/pawl retry",
            "/pawl retry implement",
            "/pawl revise Shorter.",
            "/pawl skip",
            "/pawl pause",
            "/pawl resume",
            "/pawl start",
            "/pawl status",
            "/pawl explain",
            "/pawl stop",
            "/pawl answer The one in sum.txt.",
            "/pawl nonsense",
            "Looks good to me.");
    private static final List<String> STAGES =
            List.of("triage", "clarify", "plan", "implement", "review", "open_pr", "research", "summarize");

    private final Story story;
    private final RandomGenerator random;
    private final Person bot;

    SoakPeople(Story story, RandomGenerator random) {
        this.story = story;
        this.random = random;
        this.bot = story.github.app("helpful[bot]");
        wellBehaved();
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Somebody does something; returns what. What GitHub wouldn't let them do isn't done. */
    String act() {
        List<SandboxIssue> open =
                story.repo.issues().stream().filter(SandboxIssue::isOpen).toList();
        long unfinished = open.stream()
                .filter(i -> !i.labels().contains("pawl:waiting-on-review"))
                .count();
        if (open.isEmpty() || (unfinished < MOST_UNFINISHED && random.nextInt(2) == 0)) {
            return opens();
        }
        SandboxIssue issue = any(open);
        try {
            return act(issue) + " " + issue;
        } catch (IllegalStateException impossible) {
            return "nothing, as it is impossible: " + impossible.getMessage();
        }
    }

    private String opens() {
        String kind = any(List.of("bug", "feature", "research", "vague", "unlabelled"));
        int number = story.repo.issues().size() + 1;
        SandboxIssue issue =
                switch (kind) {
                    case "feature" ->
                        story.author.opensIssue(
                                story.repo, "feat: sums " + number, "There should be correct sums only.");
                    case "research" ->
                        story.author.opensIssue(story.repo, "research: sums " + number, "Which of them are right?");
                    case "vague" -> story.author.opensIssue(story.repo, "It is wrong " + number, "");
                    default ->
                        story.author.opensIssue(story.repo, "fix: sum " + number, "The file sum.txt says 5 for 2 + 2.");
                };
        if (!kind.equals("unlabelled")) {
            story.maintainer.labels(issue, "pawl");
        }
        return "opens " + kind + " " + issue;
    }

    private String act(SandboxIssue issue) {
        Optional<SandboxPullRequest> pull = pull(issue);
        switch (random.nextInt(24)) {
            case 0, 1, 2, 3, 4 -> {
                String words = any(COMMANDS);
                story.maintainer.comments(issue, words);
                return "maintainer: " + words;
            }
            case 5, 6, 20, 21, 22, 23 -> {
                if (random.nextInt(3) > 0) {
                    story.author.comments(issue, "The one in sum.txt.");
                    return "author answers";
                }
                String words = any(COMMANDS);
                story.author.comments(issue, words);
                return "author: " + words;
            }
            case 7 -> {
                String words = any(COMMANDS);
                story.stranger.comments(issue, words);
                return "stranger: " + words;
            }
            case 8 -> {
                String words = any(COMMANDS);
                bot.comments(issue, words);
                return "bot: " + words;
            }
            case 9 -> {
                return toggles(issue, "pawl:pause");
            }
            case 10, 11 -> {
                return toggles(issue, "pawl");
            }
            case 12 -> {
                return toggles(issue, "pawl:blocked");
            }
            case 13 -> {
                story.author.edits(issue, issue.title(), issue.body() + "\nPlease, soon.");
                return "edits";
            }
            case 14 -> {
                story.maintainer.closes(issue);
                return "closes";
            }
            case 15 -> {
                SandboxIssue other = any(story.repo.issues());
                story.maintainer.reopens(other);
                return "reopens " + other + ", not";
            }
            case 16 -> {
                pull.ifPresent(story.maintainer::mergesPullRequest);
                return "merges the pull request of";
            }
            case 17 -> {
                pull.ifPresent(story.maintainer::closesPullRequest);
                return "closes the pull request of";
            }
            case 18 -> {
                branch(issue).ifPresent(b -> story.maintainer.pushes(story.repo, b, Map.of("notes.txt", "Noted.\n")));
                return "pushes to the branch of";
            }
            default -> {
                branch(issue).ifPresent(b -> story.maintainer.deletesBranch(story.repo, b));
                return "deletes the branch of";
            }
        }
    }

    private String toggles(SandboxIssue issue, String label) {
        if (issue.labels().contains(label)) {
            story.maintainer.unlabels(issue, label);
            return "takes off " + label;
        }
        story.maintainer.labels(issue, label);
        return "puts on " + label;
    }

    private Optional<String> branch(SandboxIssue issue) {
        return story.repo.branches().stream()
                .filter(b -> b.startsWith("pawl/" + issue.number() + "-"))
                .findFirst();
    }

    private Optional<SandboxPullRequest> pull(SandboxIssue issue) {
        return story.repo.pullRequests().stream()
                .filter(p -> p.head().startsWith("pawl/" + issue.number() + "-"))
                .filter(p -> p.issue().isOpen())
                .findFirst();
    }

    /** From here on agents behave in some way; returns which. */
    String mood() {
        wellBehaved();
        String mood = any(List.of("good", "good", "wrong", "garbage", "crash", "forbidden", "findings", "failing"));
        switch (mood) {
            case "wrong" -> story.agent.runs("implement", "date +%N > sum.txt");
            case "garbage" -> everywhere("echo garbage > \"$PAWL_RESULT\"; exit 0");
            case "crash" -> everywhere("exit 3");
            case "forbidden" -> story.agent.runs("implement", "mkdir -p .github; date +%N > .github/x");
            case "findings" ->
                story.agent.answers("review", "\"findings\":[{\"severity\":\"blocking\",\"text\":\"Not so.\"}]");
            case "failing" -> story.agent.says("plan", """
                        {"version":1,"status":"failed","summary":"no",
                        "error":{"kind":"provider-limit","message":"too many"}}""");
            default -> {}
        }
        return mood;
    }

    private void everywhere(String script) {
        STAGES.forEach(stage -> story.agent.runs(stage, script));
    }

    /** From here on agents do what they are asked. */
    void wellBehaved() {
        everywhere(":");
        story.agent
                .runs(
                        "implement",
                        "echo '2 + 2 = 4' > sum.txt; date +%N > \"note-$(sed -n 's/.*\"number\":\\([0-9]*\\).*/\\1/p'"
                                + " \"$PAWL_REQUEST\" | head -n 1).txt\"")
                .runs(
                        "clarify",
                        "if grep -q '\"kind\":\"answer\"' \"$PAWL_REQUEST\"; then"
                                + " printf '{\"version\":1,\"status\":\"ok\",\"summary\":\"clear\"}' > \"$PAWL_RESULT\"; exit; fi")
                .says("clarify", """
                        {"version":1,"status":"needs_input","summary":"unclear",
                        "questions":[{"text":"Which sum?","about":"scope"}]}""")
                .answers("plan", """
                        "plan":{"approach":"Correct it.","tasks":[{"id":"T1","title":"Correct it","kind":"implement"}],
                        "criteria":["The test passes."]}""")
                .answers("review", "\"findings\":[]");
    }
}
