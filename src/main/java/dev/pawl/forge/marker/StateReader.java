package dev.pawl.forge.marker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.state.AfterPull;
import dev.pawl.domain.state.Approved;
import dev.pawl.domain.state.Document;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.Spending;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.StageStatus;
import dev.pawl.domain.state.Waiting;
import dev.pawl.forge.marker.MarkerJson.Unreadable;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** JSON as a state, strictly: every key that {@link StateWriter} writes, of its type. */
final class StateReader {
    private static final Pattern SHA = Pattern.compile("[0-9a-f]{40}");

    private StateReader() {}

    /**
     * Reads it.
     *
     * @throws Unreadable saying what is wrong
     */
    static RunState read(JsonNode json) {
        try {
            return Fields.read(json, StateReader::state);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Unreadable("it holds a value that can't be");
        }
    }

    private static RunState state(Fields f) {
        var id = new RunState.Identity(f.number("repository"), f.count("issue"), f.text("run"), f.text("workflow"));
        return new RunState(
                id,
                f.word("state", IssueState::parse),
                f.objects("stages", StateReader::stage),
                work(f),
                new RunState.Fence(f.number("epoch"), f.number("seq"), sha(f, "ledger"), sha(f, "tree")),
                f.maybeObject("waiting", StateReader::waiting),
                spending(f),
                people(f),
                f.map("documents", node -> Fields.read(node, d -> new Document(d.number("comment"), d.text("hash")))),
                f.map("sessions", Fields::textOf),
                f.maybeObject("after", StateReader::after).orElse(AfterPull.NONE));
    }

    private static AfterPull after(Fields f) {
        return new AfterPull(
                sha(f, "wish"),
                f.maybeTime("heard"),
                Math.toIntExact(f.maybeNumber("rounds").orElse(0L)),
                Math.toIntExact(f.maybeNumber("conflicts").orElse(0L)),
                new AfterPull.Repairs(
                        f.maybeText("looked"),
                        f.maybeText("rerun"),
                        Math.toIntExact(f.maybeNumber("repairs").orElse(0L))));
    }

    private static StageRecord stage(Fields f) {
        return new StageRecord(
                f.word("kind", StageKind::parse),
                f.word("status", StageStatus::parse),
                f.count("attempts"),
                f.maybeObject("failures", StateReader::failures).orElse(Map.of()),
                f.maybeWord("last", FailureKind::parse),
                f.maybeText("result").orElse(""),
                f.number("seconds"),
                Usd.ofMicros(f.number("cost_micros")),
                new StageRecord.Tokens(
                        f.maybeNumber("input_tokens").orElse(0L),
                        f.maybeNumber("output_tokens").orElse(0L),
                        f.maybeNumber("unpriced_tokens").orElse(0L)));
    }

    private static Map<FailureKind, Integer> failures(Fields f) {
        var counts = new EnumMap<FailureKind, Integer>(FailureKind.class);
        for (FailureKind kind : FailureKind.values()) {
            f.maybeNumber(kind.word()).ifPresent(count -> counts.put(kind, Math.toIntExact(count)));
        }
        return counts;
    }

    private static RunState.Work work(Fields f) {
        Optional<Long> pull = f.maybeNumber("pull_request");
        return new RunState.Work(
                f.maybeShaped("branch", BranchName::parse),
                sha(f, "head"),
                f.maybeText("base"),
                pull.isPresent() ? OptionalInt.of(Math.toIntExact(pull.get())) : OptionalInt.empty(),
                f.maybeText("content"),
                f.count("tasks"),
                Math.toIntExact(f.maybeNumber("tasks_planned").orElse(0L)));
    }

    private static Optional<Sha> sha(Fields f, String name) {
        return f.maybeShaped(name, text -> SHA.matcher(text).matches() ? Optional.of(new Sha(text)) : Optional.empty());
    }

    private static Waiting waiting(Fields f) {
        return new Waiting(
                f.word("reason", Waiting.Reason::parse),
                f.time("since"),
                f.maybeTime("until"),
                f.maybeText("detail").orElse(""));
    }

    private static Spending spending(Fields f) {
        return new Spending(
                f.count("runs"),
                f.count("idle"),
                Usd.ofMicros(f.number("cost_micros")),
                Usd.ofMicros(f.number("cost_lifted_micros")),
                f.number("input_tokens"),
                f.number("output_tokens"),
                f.times("starts"));
    }

    private static RunState.People people(Fields f) {
        record Starter(long id, String login) {}
        Starter starter = f.object("started_by", s -> new Starter(s.number("id"), s.text("login")));
        return new RunState.People(
                starter.id(),
                starter.login(),
                f.numbers("handled"),
                f.maybeObject("approved", a -> new Approved(a.text("text"), a.time("at"), a.maybeTime("heard"))));
    }
}
