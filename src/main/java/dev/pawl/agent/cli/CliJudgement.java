package dev.pawl.agent.cli;

import dev.pawl.agent.cli.Transcript.Ending;
import dev.pawl.agent.process.Ended;
import dev.pawl.agent.result.ProviderSchemas;
import dev.pawl.agent.result.ResultFile;
import dev.pawl.agent.result.ResultReader;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.state.FailureKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a run ended: from who ended it, then from the final event, then from the result, and never from the exit code
 * alone.
 *
 * @param request what was asked
 * @param ran how the process ended
 * @param overLimit whether more tools were called than may be
 * @param now the time
 */
record CliJudgement(AgentRequest request, Ended.Ran ran, boolean overLimit, Instant now) {
    /** What comes of a run. */
    sealed interface Verdict {
        /** It is over. */
        record Final(AgentOutcome outcome) implements Verdict {}

        /**
         * The result isn't valid, and the session can be told so.
         *
         * @param session the session
         * @param complaints what is wrong
         * @param usage what was used so far
         * @param otherwise the outcome when nobody asks again
         */
        record Again(String session, List<String> complaints, Usage usage, AgentOutcome otherwise) implements Verdict {}
    }

    /**
     * Whether a program that should go on with a session ended before the model answered, and for no reason of the
     * provider's: then the session is what it stumbles over.
     */
    boolean neverWentOn(Transcript transcript) {
        boolean odd =
                switch (transcript.ending()) {
                    case Ending.Open _ -> true;
                    case Ending.Broken(Trouble trouble) ->
                        trouble.kind() == FailureKind.AGENT_CRASH || trouble.kind() == FailureKind.AGENT_RESULT;
                    case Ending.Complete _ -> false;
                };
        return odd && !transcript.answered() && !overLimit && ran.cause() == Ended.Cause.ITSELF;
    }

    Verdict of(Transcript transcript, ResultFile.Content content, boolean answers) {
        Usage usage = transcript.usage();
        return switch (ran.cause()) {
            case SHUTDOWN -> end(FailureKind.AGENT_TIMEOUT, "The agent was stopped because this run was ended.", usage);
            case TIME_LIMIT -> timeOver(transcript);
            case ENOUGH -> stopped(transcript);
            case ITSELF ->
                switch (transcript.ending()) {
                    case Ending.Broken(Trouble trouble) -> broken(trouble, usage);
                    case Ending.Open _ -> open(usage);
                    case Ending.Complete complete -> complete(transcript, complete, content, answers);
                };
        };
    }

    private Verdict timeOver(Transcript transcript) {
        long seconds = request.limits().time().toSeconds();
        return transcript.answered()
                ? end(
                        FailureKind.AGENT_TIMEOUT,
                        "The agent was stopped at its time limit of " + seconds + " seconds.",
                        transcript.usage())
                : end(
                        FailureKind.PROVIDER_OUTAGE,
                        "The model gave no answer within " + seconds + " seconds.",
                        transcript.usage());
    }

    private Verdict stopped(Transcript transcript) {
        if (overLimit) {
            return end(
                    FailureKind.TURN_LIMIT,
                    "The agent was stopped at its limit of %d tool calls."
                            .formatted(request.agent().options().toolCalls()),
                    transcript.usage());
        }
        return transcript.ending() instanceof Ending.Broken(Trouble trouble)
                ? broken(trouble, transcript.usage())
                : end(FailureKind.AGENT_RESULT, "The agent was stopped: it printed too much.", transcript.usage());
    }

    private Verdict broken(Trouble trouble, Usage usage) {
        return new Verdict.Final(new AgentOutcome.Failed(
                trouble.kind(),
                trouble.reason(),
                List.of(),
                trouble.retryAfter().map(now::plus),
                usage));
    }

    private Verdict open(Usage usage) {
        if (ran.code() == 0) {
            return end(FailureKind.AGENT_RESULT, "The agent ended without saying that it is done.", usage);
        }
        String how = ran.signal().isPresent() ? "signal " + ran.signal().getAsInt() : "exit code " + ran.code();
        return end(FailureKind.AGENT_CRASH, "The agent broke off without a result (" + how + ").", usage);
    }

    /** The structured answer counts before the file, which an agent may write besides. */
    private Verdict complete(
            Transcript transcript, Ending.Complete complete, ResultFile.Content content, boolean answers) {
        if (complete.answer().isPresent()) {
            return read(
                    transcript,
                    ProviderSchemas.withoutNulls(complete.answer().get()).toString());
        }
        return switch (content) {
            case ResultFile.Content.Text(String text) -> read(transcript, text);
            case ResultFile.Content.Refused(String why) -> malformed(transcript, List.of("/: " + why));
            case ResultFile.Content.Absent _ ->
                malformed(
                        transcript, List.of(answers ? "/: expected a structured answer" : "/: expected a result file"));
        };
    }

    private Verdict read(Transcript transcript, String text) {
        return switch (ResultReader.read(text, request.stage())) {
            case ResultReader.Reading.Malformed m -> malformed(transcript, m.complaints());
            case ResultReader.Reading.WellFormed w ->
                new Verdict.Final(w.failure()
                        .<AgentOutcome>map(f -> gaveUp(f, transcript.usage()))
                        .orElseGet(() -> new AgentOutcome.Finished(w.result(), transcript.usage())));
        };
    }

    private static AgentOutcome gaveUp(ResultReader.Failure failure, Usage usage) {
        // What a model says of its own provider or access is not a field of the program's: it only gave up.
        FailureKind kind =
                failure.kind() == FailureKind.TOOL_DENIED ? FailureKind.TOOL_DENIED : FailureKind.AGENT_RESULT;
        String reason = kind == FailureKind.TOOL_DENIED
                ? "The agent says that it was refused a tool that it needs."
                : "The agent says that it can't be done.";
        return new AgentOutcome.Failed(kind, reason, List.of(), Optional.empty(), usage);
    }

    private static Verdict malformed(Transcript transcript, List<String> complaints) {
        var otherwise = new AgentOutcome.Failed(
                FailureKind.AGENT_RESULT,
                "The agent's result isn't what was asked for.",
                complaints,
                Optional.empty(),
                transcript.usage());
        return transcript
                .session()
                .<Verdict>map(session -> new Verdict.Again(session, complaints, transcript.usage(), otherwise))
                .orElseGet(() -> new Verdict.Final(otherwise));
    }

    private static Verdict end(FailureKind kind, String reason, Usage usage) {
        return new Verdict.Final(new AgentOutcome.Failed(kind, reason, List.of(), Optional.empty(), usage));
    }
}
