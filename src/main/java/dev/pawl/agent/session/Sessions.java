package dev.pawl.agent.session;

import dev.pawl.domain.model.Hash;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.port.AgentSession.Beginning;
import dev.pawl.domain.port.Usage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says whether a conversation goes on or begins anew, and keeps it for the next run. */
public final class Sessions {
    /** The largest conversation that is kept, in bytes. */
    public static final int LARGEST = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final int MOST_FAILED = 2;

    private final Optional<SessionFolder> folder;
    private final InstantSource clock;

    private Sessions(Optional<SessionFolder> folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** Sessions in that folder, which is made where it is missing. */
    public static Sessions in(Path folder, InstantSource clock) {
        return new Sessions(Optional.of(new SessionFolder(folder)), clock);
    }

    /** None: every conversation begins anew. */
    public static Sessions off() {
        return new Sessions(Optional.empty(), () -> Instant.EPOCH);
    }

    /** How an attempt begins. */
    public sealed interface Opening {
        /**
         * The last conversation goes on.
         *
         * @param kept what is known of it
         * @param content its text
         */
        record Resume(Kept kept, String content) implements Opening {}

        /**
         * A new one begins.
         *
         * @param why how that came
         * @param failedResumes how many resumes failed so far
         */
        record Anew(Beginning why, int failedResumes) implements Opening {}
    }

    /** How the attempt begins whose conversation is that one. */
    public Opening open(Slot slot, AgentRequest.Conversation conversation) {
        Opening opening = opening(slot, conversation);
        LOG.info(
                "event=session agent={} stage={} beginning={}",
                slot.agent(),
                slot.stage().word(),
                switch (opening) {
                    case Opening.Resume _ -> Beginning.RESUMED;
                    case Opening.Anew anew -> anew.why();
                });
        return opening;
    }

    private Opening opening(Slot slot, AgentRequest.Conversation conversation) {
        Optional<String> named = conversation.session();
        SessionFolder.Found found = folder.map(f -> f.find(slot)).orElseGet(SessionFolder.Found.Nothing::new);
        if (named.isEmpty()) {
            return new Opening.Anew(
                    found instanceof SessionFolder.Found.Here ? Beginning.FRESH : Beginning.UNTOLD,
                    failed(found, conversation));
        }
        if (folder.isEmpty()) {
            return new Opening.Anew(Beginning.OFF, 0);
        }
        return switch (found) {
            case SessionFolder.Found.Nothing() -> new Opening.Anew(Beginning.GONE, 0);
            case SessionFolder.Found.Damaged() -> new Opening.Anew(Beginning.DAMAGED, 0);
            case SessionFolder.Found.Here(Kept kept, Optional<String> content) ->
                against(kept, conversation.task(), named.get())
                        .<Opening>map(why -> new Opening.Anew(why, failed(found, conversation)))
                        .or(() -> content.map(text -> new Opening.Resume(kept, text)))
                        .orElseGet(() -> new Opening.Anew(Beginning.GONE, kept.failedResumes()));
        };
    }

    private static Optional<Beginning> against(Kept kept, String task, String named) {
        if (!kept.id().equals(named)) {
            return Optional.of(Beginning.OTHER);
        }
        if (!kept.task().equals(task)) {
            return Optional.of(Beginning.CHANGED);
        }
        if (kept.failedResumes() >= MOST_FAILED) {
            return Optional.of(Beginning.GIVEN_UP);
        }
        return kept.content().bytes() > LARGEST ? Optional.of(Beginning.LARGE) : Optional.empty();
    }

    /** What failed with one task says nothing of another. */
    private static int failed(SessionFolder.Found found, AgentRequest.Conversation conversation) {
        return found instanceof SessionFolder.Found.Here(Kept kept, var _)
                        && kept.task().equals(conversation.task())
                ? kept.failedResumes()
                : 0;
    }

    /** Whether any are kept. */
    public boolean areKept() {
        return folder.isPresent();
    }

    /** Notes that the program could not go on with it. */
    public void refused(Slot slot, Kept kept) {
        folder.ifPresent(f -> f.note(slot, kept.failedOnceMore()));
    }

    /**
     * What came of a conversation in an attempt.
     *
     * @param id the program's name for it
     * @param failedResumes how many resumes failed in a row
     * @param counted the program's own numbers at its end
     * @param content its text, or why there is none
     * @param secrets what the text must be without
     */
    public record Talk(String id, int failedResumes, Usage counted, PlainFile.Found content, Secrets secrets) {}

    /**
     * Keeps a conversation in the place of the one before.
     *
     * @return its name for the next attempt; empty where there is nothing to go on with
     */
    public Optional<String> keep(Slot slot, String task, Talk talk) {
        return folder.flatMap(f -> switch (talk.content()) {
            case PlainFile.Found.Text(String said) -> {
                String text = talk.secrets().removedFrom(said);
                var bytes = text.getBytes(StandardCharsets.UTF_8).length;
                var content = new Kept.Content(bytes, bytes > LARGEST ? "" : Hash.sha256(text));
                yield keep(f, slot, kept(task, talk, content), Optional.of(text).filter(_ -> bytes <= LARGEST));
            }
            case PlainFile.Found.TooLarge(long bytes) ->
                keep(f, slot, kept(task, talk, new Kept.Content(bytes, "")), Optional.empty());
            case PlainFile.Found.Nothing _, PlainFile.Found.Odd _ -> {
                LOG.warn("event=session-not-found agent={}", slot.agent());
                yield Optional.empty();
            }
        });
    }

    private Kept kept(String task, Talk talk, Kept.Content content) {
        return new Kept(talk.id(), task, talk.failedResumes(), talk.counted(), content, clock.instant());
    }

    private static Optional<String> keep(SessionFolder folder, Slot slot, Kept kept, Optional<String> content) {
        return folder.keep(slot, kept, content) ? Optional.of(kept.id()) : Optional.empty();
    }
}
