package dev.pawl.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An agent that answers each stage from a file, and runs a script first where the story wrote one. */
final class ScriptedAgent {
    private static final String PROGRAM = """
            stage=$(tr ',' '\\n' < "$PAWL_REQUEST" | sed -n 's/.*"stage":"\\([a-z_]*\\)".*/\\1/p' | head -n 1)
            echo "$stage" >> DIR/log
            cp "$PAWL_REQUEST" "DIR/asked-$stage.json"
            trap 'if [ -f DIR/kill-last ]; then kill -9 "$PPID"; fi' EXIT
            if [ -f DIR/kill-first ]; then kill -9 "$PPID"; fi
            if [ -f "DIR/$stage.sh" ]; then . "DIR/$stage.sh"; fi
            cat "DIR/$stage.json" > "$PAWL_RESULT"
            """;

    private final Path folder;

    ScriptedAgent(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            Files.writeString(program(), PROGRAM.replace("DIR", folder.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answers("triage", """
                "verdict":{"readiness":"ready","type":"bug","reason":"plain enough"}""");
        answers("clarify", "");
        answers("plan", """
                "plan":{"approach":"Correct the sum.","tasks":[{"id":"T1","title":"Correct sum.txt","kind":"implement"}],
                "criteria":["The test passes."]}""");
        answers("implement", """
                "commit":{"type":"fix","subject":"correct the sum"}""");
        runs("implement", "echo '2 + 2 = 4' > sum.txt");
        answers("review", "\"findings\":[]");
        answers("open_pr", """
                "pull_request":{"title":"Correct the sum","body":"It was off by one.","risk":"low"}""");
        answers("fix_ci", """
                "commit":{"type":"fix","subject":"repair what the checks found"}""");
        answers("research", "\"report\":\"Both are fine.\"");
        answers("summarize", "\"report\":\"Take the first one.\"");
    }

    Path program() {
        return folder.resolve("agent.sh");
    }

    /** The stage's answer is {@code ok} with these fields. */
    ScriptedAgent answers(String stage, String fields) {
        return says(
                stage,
                "{\"version\":1,\"status\":\"ok\",\"summary\":\"done\"" + (fields.isBlank() ? "" : ",") + fields
                        + ",\"usage\":{\"cost_usd\":0.01,\"input_tokens\":10,\"output_tokens\":5}}");
    }

    /** The stage's answer is this text. */
    ScriptedAgent says(String stage, String json) {
        return write(stage + ".json", json);
    }

    /** The stage does this first, in the work tree. */
    ScriptedAgent runs(String stage, String script) {
        return write(stage + ".sh", script + "\n");
    }

    /** From here on it kills who started it: before it does anything, or when it is done. */
    ScriptedAgent kills(boolean first) {
        return write(first ? "kill-first" : "kill-last", "");
    }

    /** What another script that Pawl starts begins with, to be counted, and to kill in its turn. */
    String ally() {
        return ("echo >> DIR/allies; if [ -f DIR/kill-first ] || [ -f DIR/kill-last ]; then kill -9 \"$PPID\"; fi\n"
                        + "if [ -f DIR/ally.sh ]; then . DIR/ally.sh; fi\n")
                .replace("DIR", folder.toString());
    }

    /** Scripts with that beginning do this first. */
    ScriptedAgent alsoRuns(String script) {
        return write("ally.sh", script + "\n");
    }

    /** How often scripts with that beginning ran. */
    int allies() {
        return lines("allies").size();
    }

    /** It kills nobody any more. */
    void spares() {
        try {
            Files.deleteIfExists(folder.resolve("kill-first"));
            Files.deleteIfExists(folder.resolve("kill-last"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ScriptedAgent write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The stages that it was asked for, in order. */
    List<String> asked() {
        return lines("log");
    }

    private List<String> lines(String name) {
        try {
            Path log = folder.resolve(name);
            return Files.exists(log) ? Files.readAllLines(log) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last request for a stage. */
    String request(String stage) {
        try {
            return Files.readString(folder.resolve("asked-" + stage + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
