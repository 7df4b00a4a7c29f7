package dev.pawl.agent.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.agent.session.PlainFile;

/**
 * Qwen Code's conversations. It goes on only with one of the same work tree, by the folder that the file lies in and by the
 * first line's {@code cwd}; work trees of ours are somewhere else each time.
 */
final class QwenKeeping implements Keeping {
    private static final String PROJECTS = ".qwen/projects";

    @Override
    public PlainFile.Found take(Home home, String session) {
        return file(home).take(home, session);
    }

    @Override
    public boolean put(Home home, String session, String content) {
        int end = content.indexOf('\n');
        if (end < 0) {
            return false;
        }
        try {
            JsonNode first = EventListener.MAPPER.readTree(content.substring(0, end));
            if (!(first instanceof ObjectNode line) || !line.path("cwd").isTextual()) {
                return false;
            }
            line.put("cwd", home.workTree().toString());
            return file(home).put(home, session, line + content.substring(end));
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static KeptFile file(Home home) {
        String project = home.workTree().toString().replaceAll("[^a-zA-Z0-9]", "-");
        return new KeptFile(
                PROJECTS, id -> "/" + id + ".jsonl", id -> PROJECTS + "/" + project + "/chats/" + id + ".jsonl");
    }
}
