package dev.pawl.agent.prompt;

import dev.pawl.domain.model.Feedback;
import dev.pawl.domain.model.Plan;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.port.AgentRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The parts of a prompt that others wrote, each within its bound; what is cut or left out is said. */
final class FramedParts {
    static final int LONGEST_BODY = 64 << 10;
    static final int LONGEST_ITEM = 16 << 10;
    static final int LONGEST_LIST = 64 << 10;
    static final int LONGEST_DIFF = 256 << 10;
    static final int LONGEST_CONVENTION = 32 << 10;

    private final Fence fence;

    FramedParts(Fence fence) {
        this.fence = fence;
    }

    String issue(AgentRequest.IssueText issue) {
        var head = new StringBuilder("Title: ").append(fence.line(issue.title()));
        issue.type().ifPresent(t -> head.append("\nType: ").append(fence.line(new Untrusted(t))));
        if (!issue.labels().isEmpty()) {
            head.append("\nLabels: ").append(fence.line(new Untrusted(String.join(", ", issue.labels()))));
        }
        return fence.frame(
                        "issue #" + issue.number(), (head + "\n\n" + fence.visible(issue.body())).strip(), LONGEST_BODY)
                .strip();
    }

    /** The newest comments that fit, oldest first. */
    String comments(List<AgentRequest.Said> comments) {
        var framed = new ArrayList<String>();
        int length = 0;
        int left = comments.size();
        for (AgentRequest.Said said : comments.reversed()) {
            var one = fence.frame(
                    "comment " + said.id() + " by " + said.author().login(), fence.visible(said.body()), LONGEST_ITEM);
            length += one.length();
            if (length > LONGEST_LIST) {
                framed.addFirst("(" + left + " older comments are left out.)\n");
                break;
            }
            framed.addFirst(one);
            left--;
        }
        return String.join("\n", framed).strip();
    }

    String plan(Plan plan) {
        var text = new StringBuilder("Approach: ").append(fence.visible(plan.approach()));
        plan.tasks().forEach(task -> text.append("\n\n").append(describe(task)));
        list(text, "Risks", plan.risks());
        list(text, "Done when", plan.criteria());
        return fence.frame("plan", text.toString(), LONGEST_BODY).strip();
    }

    String task(Plan.Task task) {
        return fence.frame("task", describe(task), LONGEST_ITEM).strip();
    }

    /** Tasks by id and title; nothing for none. */
    String tasks(String label, List<Plan.Task> tasks) {
        if (tasks.isEmpty()) {
            return "";
        }
        String lines = tasks.stream()
                .map(t -> fence.line(new Untrusted(t.id())) + ": " + fence.line(t.title()))
                .collect(Collectors.joining("\n"));
        return fence.frame(label, lines, LONGEST_ITEM).strip();
    }

    String feedback(List<Feedback> feedback) {
        var framed = new ArrayList<String>();
        int length = 0;
        int left = feedback.size();
        for (Feedback one : feedback) {
            var label = new StringBuilder(one.id()).append(", ").append(word(one.kind()));
            one.file().ifPresent(file -> label.append(", ").append(file));
            one.line().ifPresent(line -> label.append(", line ").append(line));
            String text = fence.frame(
                    label.toString(), Fence.ends(fence.visible(one.text()), LONGEST_ITEM), Integer.MAX_VALUE);
            length += text.length();
            if (length > LONGEST_LIST) {
                framed.add("(" + left + " more are left out.)");
                break;
            }
            framed.add(text);
            left--;
        }
        return String.join("\n", framed).strip();
    }

    String diff(Optional<Untrusted> diff) {
        return diff.filter(d -> !d.isBlank())
                .map(d -> fence.frame("diff", fence.code(d).stripTrailing(), LONGEST_DIFF)
                        .strip())
                .orElse("");
    }

    String conventions(List<Convention> conventions) {
        return conventions.stream()
                .map(c -> fence.frame(c.file(), fence.visible(c.text()), LONGEST_CONVENTION))
                .collect(Collectors.joining("\n"))
                .strip();
    }

    static String word(Feedback.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private String describe(Plan.Task task) {
        var text = new StringBuilder("Task ")
                .append(fence.line(new Untrusted(task.id())))
                .append(" (")
                .append(fence.line(new Untrusted(task.kind())))
                .append("): ")
                .append(fence.line(task.title()));
        if (!task.files().isEmpty()) {
            text.append("\nFiles: ").append(fence.line(new Untrusted(String.join(", ", task.files()))));
        }
        task.detail().ifPresent(detail -> text.append('\n').append(fence.visible(detail)));
        return text.toString();
    }

    private void list(StringBuilder text, String name, List<Untrusted> items) {
        if (!items.isEmpty()) {
            text.append("\n\n").append(name).append(':');
            items.forEach(item -> text.append("\n- ").append(fence.line(item)));
        }
    }
}
