package dev.pawl.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.actions.EventReader;
import dev.pawl.actions.LogCommands;
import dev.pawl.agent.prompt.VisibleText;
import dev.pawl.config.PolicyFile;
import dev.pawl.config.PolicyReading;
import dev.pawl.domain.decide.StateFound;
import dev.pawl.domain.decide.Trigger;
import dev.pawl.domain.model.Command;
import dev.pawl.domain.model.Comment;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.state.Daybook;
import dev.pawl.domain.text.Invisible;
import dev.pawl.domain.text.Sanitizer;
import dev.pawl.forge.marker.CommandLines;
import dev.pawl.forge.marker.NoteMarker;
import dev.pawl.forge.marker.StateMarker;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What reads strangers' text, each with what must hold for every text, and with texts that it is made for. */
enum Readers {
    STATE_MARKER(Honest.STATES) {
        @Override
        void read(String text) {
            for (StateMarker marker : List.of(new StateMarker(Optional.empty()), SIGNING)) {
                Optional<StateFound> found = marker.read(1, text, 1296269, 42);
                if (found.isPresent() && found.get() instanceof StateFound.Found(long _, var state)) {
                    assertThat(marker.read(1, marker.write(state, ""), 1296269, 42))
                            .get()
                            .isInstanceOf(StateFound.Found.class);
                    assertThat(marker).as("nobody else has the key").isNotSameAs(SIGNING);
                }
            }
        }
    },
    NOTE_MARKER(List.of(
            "<!-- pawl:plan v1 issue=42 run=r-1 key=plan -->\n# Plan\n\n<!-- pawl:data v1 {\"plan\":{\"approach\":\"A\","
                    + "\"tasks\":[],\"risks\":[],\"criteria\":[\"C\"]}} -->\n",
            "<!-- pawl:reply v1 issue=42 run=none key=900%2F1 -->\nDone.\n")) {
        @Override
        void read(String text) {
            NoteMarker.read(1, text, 42, Instant.EPOCH)
                    .ifPresent(note -> assertThat(note.hash()).hasSize(64));
        }
    },
    SANITIZER(List.of(
            "Fixes #1, says @octocat. ![x](https://evil.example) [skip ci]\n\n```java\nint a;\n```\n",
            "<!-- pawl:state v1 {} -->\n/merge\n***NO_CI***")) {
        @Override
        void read(String text) {
            var untrusted = new Untrusted(text);
            Stream.of(Sanitizer.markdown(untrusted, 500), Sanitizer.line(untrusted, 500))
                    .forEach(safe -> {
                        assertHarmless(safe);
                        assertThat(safe).doesNotContain("![");
                    });
            Stream.of(Sanitizer.plain(untrusted, 500), Sanitizer.code(untrusted, 500))
                    .forEach(Readers::assertHarmless);
        }
    },
    PROMPT_TEXT(List.of("See <!-- hidden --> here, <!-<!-- -->- twice -->", "a\u200bb<!-- open")) {
        @Override
        void read(String text) {
            String seen = VisibleText.of(new Untrusted(text)).text();
            assertThat(seen).doesNotContain("<!--");
            assertThat(seen.codePoints()
                            .filter(c -> c != '\n' && Invisible.is(c))
                            .toArray())
                    .isEmpty();
        }
    },
    COMMANDS(List.of(
            "/pawl approve\n", "Fine.\n\n/pawl revise In words\nnot digits.\n> /pawl stop\n", "```\n/pawl stop\n```")) {
        @Override
        void read(String text) {
            // Without a call it isn't read at all.
            List<Comment.CommandLine> lines = CommandLines.of(text.contains("/pawl") ? text : "/pawl\n" + text);
            assertThat(lines.size()).isLessThanOrEqualTo(1 + (int) text.lines().count());
            for (Comment.CommandLine line : lines) {
                assertThat(line.words()).doesNotContain("\n");
                assertThat(Command.parse(line)).isNotNull();
            }
        }
    },
    POLICY(List.of(
            "version: 1\nagents:\n  a: {kind: command, run: [./a]}\nroles: {default: a}\n",
            "limits: {attempts: 2, cost_usd_per_day: 0.5, lease: 1h30m}\npaths: {protected: ['a/**'], max_bytes: 4MiB}\n",
            "workflows:\n  bug: {stages: [triage, {plan: {approval: required}}, implement, open_pr]}\n")) {
        @Override
        void read(String text) {
            if (PolicyFile.read(text, "p") instanceof PolicyReading.Invalid(var errors)) {
                assertThat(errors).hasSizeBetween(1, 101);
            }
        }
    },
    EVENTS(
            List.of(
                    "{\"action\":\"labeled\",\"issue\":{\"number\":42,\"title\":\"T\",\"body\":null,\"updated_at\":\"2026-03-01T12:00:00Z\","
                            + "\"labels\":[{\"name\":\"pawl\"}]},\"label\":{\"name\":\"pawl\"},\"sender\":{\"id\":7,\"login\":\"mona\","
                            + "\"type\":\"User\"},\"repository\":{\"id\":99}}",
                    "{\"action\":\"pawl\",\"client_payload\":{\"issue\":42,\"hop\":3}}",
                    "{\"inputs\":{\"issue\":\"42\",\"stage\":\"plan\"},\"sender\":{\"id\":7,\"login\":\"mona\",\"type\":\"User\"}}")) {
        @Override
        void read(String text) {
            var reader = new EventReader(OptionalLong.of(99), Optional.empty(), Optional.empty());
            for (String event : EVENT_NAMES) {
                Trigger trigger = reader.read(event, text);
                if (trigger instanceof Trigger.IssueTouched touched) {
                    assertThat(touched.issue()).isPositive();
                    assertThat(touched.actor().id()).isPositive();
                }
            }
        }
    },
    LOG(List.of("fine\n::error::x", "##[add-mask]a", "  ::stop-commands::x\r::set-output name=a::b")) {
        @Override
        void read(String text) {
            assertThat(LogCommands.plain(text).split("\n|\r", -1)).noneMatch(Readers::isCommand);
        }
    },
    DAYBOOK(List.of(
            "pawl-daybook v1\nspent 2026-03-01T12:00:00Z 7\nopen 1 2 2026-03-01T12:00:00Z 2026-03-01T13:00:00Z 5\n")) {
        @Override
        void read(String text) {
            Daybook.parse(text)
                    .ifPresent(book -> assertThat(Daybook.parse(book.text())).contains(book));
        }
    };

    private static final List<String> EVENT_NAMES = List.of(
            "issues",
            "issue_comment",
            "pull_request",
            "pull_request_review",
            "workflow_run",
            "check_run",
            "status",
            "push",
            "workflow_dispatch",
            "repository_dispatch",
            "nonsense");
    private static final StateMarker SIGNING = new StateMarker(Optional.of("a key that no text here is signed with"));
    private static final Pattern SKIP_CI = Pattern.compile(
            "\\[(skip ci|ci skip|no ci|skip actions|actions skip)]|\\*\\*\\*no_ci\\*\\*\\*|skip-checks:");

    private final List<String> honest;

    Readers(List<String> honest) {
        this.honest = honest;
    }

    /** Texts that it is made for. */
    List<String> honest() {
        return honest;
    }

    /** Reads a text, and checks what must hold for every one. */
    abstract void read(String text);

    private static void assertHarmless(String safe) {
        assertThat(safe).doesNotContain("<!--", "-->").doesNotContainPattern("(^|[^\\p{L}\\p{Nd}_])@[\\p{L}\\p{Nd}_]");
        assertThat(SKIP_CI.matcher(safe.toLowerCase(Locale.ROOT)).find())
                .as(safe)
                .isFalse();
        assertThat(safe.codePoints().filter(Invisible::is).toArray()).isEmpty();
        assertThat(safe.length()).isLessThan(4_000);
    }

    /** What the runner takes for a command: the line begins with two colons behind blanks, or has {@code ##[} anywhere. */
    private static boolean isCommand(String line) {
        return line.strip().startsWith("::") || line.contains("##[");
    }

    /** Texts that must be there before the readers are. */
    private static final class Honest {
        static final List<String> STATES = List.of(
                "<!-- pawl:state v1 {\"repository\":1296269,\"issue\":42,\"run\":\"r-7f3a\",\"workflow\":\"bug\",\"state\":\"triaging\","
                        + "\"stages\":[{\"kind\":\"triage\",\"status\":\"pending\",\"attempts\":0,\"seconds\":0,\"cost_micros\":0}],"
                        + "\"branch\":null,\"head\":null,\"pull_request\":null,\"tasks\":0,\"epoch\":9,\"seq\":17,\"runs\":0,\"idle\":0,"
                        + "\"cost_micros\":0,\"cost_lifted_micros\":0,\"input_tokens\":0,\"output_tokens\":0,\"starts\":[],"
                        + "\"started_by\":{\"id\":583231,\"login\":\"octocat\"},\"handled\":[11],\"documents\":{},\"sessions\":{}} -->\nText\n");
    }
}
