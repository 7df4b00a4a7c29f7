package dev.pawl.domain.text;

import dev.pawl.domain.model.Feedback;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What is said where the base is taken into a pull request's branch. */
public final class UpdateText {
    private static final int LONGEST_SIDE = 1_500;
    private static final int MOST_PLACES = 5;

    private UpdateText() {}

    /** What an agent is told of files in conflict: each with both sides, as far as anybody reads. */
    public static List<Feedback> conflicts(List<Workspace.Conflict> files) {
        var feedback = new ArrayList<Feedback>();
        for (Workspace.Conflict file : files) {
            feedback.add(new Feedback(
                    "conflict-" + (feedback.size() + 1),
                    Feedback.Kind.CONFLICT,
                    new Untrusted(sides(file.places())),
                    Optional.of(file.path()),
                    OptionalInt.empty()));
        }
        return feedback;
    }

    private static String sides(List<Workspace.Place> places) {
        var text = new StringBuilder();
        for (Workspace.Place place : places.subList(0, Math.min(places.size(), MOST_PLACES))) {
            text.append("The pull request has here:\n\n")
                    .append(cut(place.ours().raw()))
                    .append("\nThe base has here:\n\n")
                    .append(cut(place.theirs().raw()))
                    .append('\n');
        }
        return places.size() <= MOST_PLACES
                ? text.toString()
                : text + "There are " + (places.size() - MOST_PLACES) + " more places in this file.\n";
    }

    private static String cut(String lines) {
        if (lines.isEmpty()) {
            return "(nothing)\n";
        }
        return lines.length() <= LONGEST_SIDE ? lines : lines.substring(0, LONGEST_SIDE) + "\n(cut here)\n";
    }

    /** What the commit of a merge says where no agent says it. */
    public static AgentResult.CommitText commit(String base) {
        return new AgentResult.CommitText(
                "chore", Optional.empty(), new Untrusted("take in what " + base + " has"), Optional.empty());
    }

    /**
     * What people are told of a conflict that is left to them.
     *
     * @param reasons one sentence each
     */
    public static String forPeople(List<String> reasons) {
        var text = new StringBuilder("""
                ### The pull request conflicts with its base

                A person has to solve this on the branch: no agent was asked.

                """);
        reasons.forEach(reason -> text.append("- ")
                .append(Sanitizer.line(new Untrusted(reason), 500))
                .append('\n'));
        return text.toString();
    }
}
