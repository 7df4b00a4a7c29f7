package dev.pawl.domain.text;

import dev.pawl.domain.decide.Gate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a merge waits for, in people's words. Names of checks and accounts are other people's, and aren't among them. */
public final class MergeText {
    private MergeText() {}

    /** The gates that are closed, as the end of a sentence that begins with what they hold up. */
    public static String closed(List<Gate> gates) {
        return gates.stream().map(MergeText::closed).collect(Collectors.joining("; "));
    }

    private static String closed(Gate gate) {
        return switch (gate) {
            case Gate.Signed() -> "a key that signs Pawl's states (the input `state-key`)";
            case Gate.Seen() ->
                "a person, because not all of its reviews and checks can be seen: there are too many, or the token lacks `checks: read` or `statuses: read`";
            case Gate.Ready() -> "somebody who marks it as ready for review";
            case Gate.OnItsBase() -> "its own base, because it goes to another branch than it was made for";
            case Gate.Allowed(var method) ->
                "a setting, because the repository doesn't allow `" + method.word() + "` as a way of merging";
            case Gate.Fitting() -> "a branch without conflicts with its base";
            case Gate.Current() -> "a branch that has what its base has, which the base's rules ask for";
            case Gate.Approved(int missing) -> approvals(missing);
            case Gate.Unopposed(int people) ->
                people == 1 ? "a person who asked for changes" : people + " people who asked for changes";
            case Gate.Green(int due, int failed) -> checks(due, failed);
            case Gate.Unstarted() ->
                "checks that nothing started, because what `GITHUB_TOKEN` pushes starts no workflow: somebody approves their runs on"
                        + " the pull request, or closes it and opens it again; `validation.workflow` in the policy or an App's token does it for good";
            case Gate.Resolved(int open) ->
                open == 1 ? "a conversation that isn't resolved" : open + " conversations that aren't resolved";
            case Gate.Wished(Optional<String> label) ->
                "somebody who asks for it: `/pawl merge`"
                        + label.map(l -> ", or the label " + code(l)).orElse("");
        };
    }

    private static String approvals(int missing) {
        return (missing == 1 ? "an approval" : missing + " approvals")
                + " of its newest commit by people who may, other than who asked for the work";
    }

    private static String checks(int due, int failed) {
        String late = due == 1 ? "a check that hasn't ended" : due + " checks that haven't ended";
        String red = failed == 1 ? "a check that failed" : failed + " checks that failed";
        return due == 0 ? red : failed == 0 ? late : late + ", and " + red;
    }

    /** A label is the policy's word; a backtick in it would end the code. */
    private static String code(String label) {
        return "`" + label.replace('`', '\'') + "`";
    }

    /** That GitHub refused a merge whose gates were open. */
    public static String refused() {
        return "GitHub, which refused it a moment ago: its rules for the base ask for more than Pawl can see";
    }

    /** That somebody pushed just before the merge. */
    public static String moved() {
        return "a look at what was pushed just before the merge";
    }
}
