package dev.pawl.app.rehearsal;

import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.SandboxPullRequest;
import dev.pawl.sandbox.git.FileChange;
import dev.pawl.sandbox.world.Comment;
import java.util.ArrayList;
import java.util.List;

/**
 * Issues and pull requests as people see them.
 *
 * @param ink how text looks
 */
record ThreadView(Ink ink) {
    private static final int WIDTH = 78;

    /** An issue with all that was said on it. */
    List<String> issue(SandboxIssue issue) {
        var lines = new ArrayList<String>();
        String state = issue.isOpen() ? "open" : "closed";
        lines.add(ink.rule(WIDTH));
        lines.add(ink.bold("#" + issue.number() + " " + ink.clean(issue.title())));
        lines.add(ink.dim(state + (issue.labels().isEmpty() ? "" : ", labels: " + String.join(", ", issue.labels()))));
        lines.add("");
        lines.addAll(said(issue.author(), issue.body()));
        for (Comment comment : issue.comments()) {
            lines.add("");
            lines.addAll(said(comment.author(), comment.body()));
        }
        return lines;
    }

    /** A pull request with its diff. */
    List<String> pull(SandboxPullRequest pull) {
        var lines = new ArrayList<String>();
        SandboxIssue issue = pull.issue();
        lines.add(ink.rule(WIDTH));
        lines.add(ink.bold("Pull request #" + pull.number() + " " + ink.clean(issue.title())));
        lines.add(ink.dim(ink.clean(pull.head()) + " into " + pull.base() + (pull.isDraft() ? ", draft" : "")));
        lines.add("");
        lines.addAll(said(issue.author(), issue.body()));
        for (String message : pull.commits()) {
            lines.add("");
            message.strip()
                    .lines()
                    .map(line -> ink.clean("  " + line).stripTrailing())
                    .forEach(lines::add);
        }
        for (FileChange change : pull.changes()) {
            lines.add("");
            lines.addAll(diff(change));
        }
        return lines;
    }

    private List<String> said(String author, String text) {
        var lines = new ArrayList<String>();
        lines.add(ink.cyan("@" + author));
        MarkdownText.lines(text, ink).forEach(line -> lines.add(line.isEmpty() ? "" : "  " + line));
        return lines;
    }

    /** The change of one file in unified form. */
    private List<String> diff(FileChange change) {
        var lines = new ArrayList<String>();
        lines.add(ink.bold(ink.clean(change.path()) + " (" + change.status() + ", +" + change.additions() + " -"
                + change.deletions() + ")"));
        String patch = change.patch();
        if (patch != null) {
            patch.lines().map(ink::clean).map(this::coloured).forEach(lines::add);
        }
        return lines;
    }

    private String coloured(String line) {
        if (line.startsWith("+")) {
            return ink.green(line);
        }
        if (line.startsWith("-")) {
            return ink.red(line);
        }
        return line.startsWith("@@") ? ink.cyan(line) : line;
    }
}
