package dev.pawl.domain.text;

import dev.pawl.domain.model.Actor;
import dev.pawl.domain.report.Diagnosis;
import dev.pawl.domain.report.Diagnosis.End;
import dev.pawl.domain.report.Diagnosis.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code pawl repair} says. */
public final class RepairText {
    private RepairText() {}

    /** The diagnosis, a line for each thing, the way out last. */
    public static List<String> of(Diagnosis diagnosis) {
        var lines = new ArrayList<String>();
        lines.add("#" + diagnosis.issue() + ": " + found(diagnosis));
        diagnosis
                .state()
                .ifPresent(
                        state -> lines.add((diagnosis.found() == Found.FINE ? "Its run: " : "What is left of its run: ")
                                + LostText.position(state) + "."));
        doubles(diagnosis, lines);
        claimants(diagnosis, lines);
        lines.add(wayOut(diagnosis));
        return lines.stream().filter(line -> !line.isEmpty()).toList();
    }

    private static String found(Diagnosis diagnosis) {
        String detail = diagnosis.detail().isEmpty() ? "" : ": " + withoutStop(diagnosis.detail());
        return switch (diagnosis.found()) {
            case FINE -> "the state comment can be believed.";
            case NONE -> "there is no state, and no sign that there ever was one" + detail + ".";
            case GONE -> "the state comment is gone" + detail + ".";
            case OLDER -> "the state comment was put back to an older one" + detail + ".";
            case BROKEN -> "the state comment can't be trusted" + detail + ".";
            case NEWER -> "the state was written by a newer version of Pawl (" + withoutStop(diagnosis.detail()) + ").";
        };
    }

    private static void doubles(Diagnosis diagnosis, List<String> lines) {
        List<Long> doubles = diagnosis.oddities().doubles();
        if (!doubles.isEmpty()) {
            lines.add("Beside the one that counts, these comments of Pawl's account claim to be the state"
                    + (diagnosis.end() == End.WRITTEN ? ", and were deleted: " : ": ")
                    + doubles.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ".");
        }
    }

    private static void claimants(Diagnosis diagnosis, List<String> lines) {
        List<Actor> claimants = diagnosis.oddities().claimants();
        if (!claimants.isEmpty()) {
            lines.add("Comments by " + claimants.stream().map(Actor::login).collect(Collectors.joining(", "))
                    + " claim to be the state, too. They don't count, unless Pawl runs under that account: then say so"
                    + " with --bot-id " + claimants.getFirst().id() + ".");
        }
    }

    private static String wayOut(Diagnosis diagnosis) {
        if (diagnosis.end() == End.WRITTEN) {
            return "Mended. The next event or sweep goes on.";
        }
        if (diagnosis.end() == End.LATER) {
            return "Nothing was written. Try again in a minute.";
        }
        boolean doubled = !diagnosis.oddities().doubles().isEmpty();
        if (diagnosis.found() == Found.NEWER) {
            return "Use that version: this one changes nothing.";
        }
        if (diagnosis.found() == Found.NONE || (diagnosis.found() == Found.FINE && !doubled)) {
            return "";
        }
        if (diagnosis.oddities().unsignable()) {
            return "It is signed, and without the key the next one wouldn't be: give the key as INPUT_STATE-KEY.";
        }
        if (diagnosis.found() == Found.FINE) {
            return "pawl repair --write deletes them.";
        }
        return diagnosis.state().isPresent()
                ? "pawl repair --write writes the state anew from there. `/pawl reset` on the issue forgets the run."
                : "What is left doesn't tell how far it was: `/pawl reset` on the issue, by a maintainer, forgets the run.";
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
