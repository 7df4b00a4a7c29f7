package dev.pawl.agent.mcp;

import dev.pawl.agent.process.Scripts;
import java.nio.file.Path;

/** A server of tools as a program: a shell script that answers by the method that it is asked. */
public final class ScriptedServer {
    /** What a server says that is fine. */
    public static final String GREETING =
            "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{}},\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}";

    private String before = "";
    private String initialize = answer(GREETING);
    private String list = answer("{\"tools\":[]}");
    private String call = answer(text("done"));
    private String otherwise = ":";

    /** A tool without arguments, as a server lists it. */
    public static String tool(String name) {
        return "{\"name\":\"%s\",\"description\":\"Does %s.\",\"inputSchema\":{\"type\":\"object\"}}"
                .formatted(name, name);
    }

    /** Several of them. */
    public static String tools(String... names) {
        var listed = new StringBuilder();
        for (String name : names) {
            listed.append(listed.isEmpty() ? "" : ",").append(tool(name));
        }
        return "{\"tools\":[" + listed + "]}";
    }

    /** A result that is a text. */
    public static String text(String text) {
        return "{\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}";
    }

    /** The command that answers with a result. */
    public static String answer(String result) {
        return say("{\"jsonrpc\":\"2.0\",\"id\":'\"$id\"',\"result\":" + result + "}");
    }

    /** The command that prints a line. In it, {@code '"$id"'} is the question's id. */
    public static String say(String line) {
        return "printf '%s\\n' '" + line + "'";
    }

    /** What it does first. */
    public ScriptedServer before(String commands) {
        before = commands;
        return this;
    }

    /** What it does when it is greeted. */
    public ScriptedServer initialize(String commands) {
        initialize = commands;
        return this;
    }

    /** What it does when it is asked for its tools. */
    public ScriptedServer list(String commands) {
        list = commands;
        return this;
    }

    /** What it does when a tool is called. */
    public ScriptedServer call(String commands) {
        call = commands;
        return this;
    }

    /** What it does with all else, such as our answers. */
    public ScriptedServer otherwise(String commands) {
        otherwise = commands;
        return this;
    }

    /** Writes it. */
    public Path in(Path file) {
        return Scripts.script(file, """
                %s
                while read -r line; do
                  id=$(printf '%%s' "$line" | sed -n 's/.*"id":\\([0-9]*\\).*/\\1/p')
                  case "$line" in
                    *'"method":"initialize"'*) %s ;;
                    *'"method":"tools/list"'*) %s ;;
                    *'"method":"tools/call"'*) %s ;;
                    *) %s ;;
                  esac
                done
                """.formatted(before, initialize, list, call, otherwise));
    }
}
