package dev.pawl.agent.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.agent.process.Within;
import dev.pawl.agent.session.PlainFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** opencode's conversations, which lie in a database: the program itself takes one out, as JSON, and puts it back. */
final class OpencodeKeeping implements Keeping {
    @Override
    public PlainFile.Found take(Home home, String session) {
        return home.program()
                .prints(List.of("export", session, "--pure"))
                .flatMap(text -> plain(text, session))
                .<PlainFile.Found>map(PlainFile.Found.Text::new)
                .orElseGet(PlainFile.Found.Nothing::new);
    }

    @Override
    public boolean put(Home home, String session, String content) {
        Optional<String> plain = plain(content, session);
        if (plain.isEmpty()) {
            return false;
        }
        Path file = home.file("pawl/session.json");
        try {
            Within.write(home.folder(), file, plain.get().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("a conversation can't be put back", e);
        }
        return home.program()
                .prints(List.of("import", file.toString(), "--pure"))
                .isPresent();
    }

    /** The session of that name, without what it may do: that is the configuration's to say. */
    private static Optional<String> plain(String text, String session) {
        try {
            if (!(EventListener.MAPPER.readTree(text) instanceof ObjectNode json)
                    || !(json.path("info") instanceof ObjectNode info)
                    || !info.path("id").asText().equals(session)
                    || !json.path("messages").isArray()) {
                return Optional.empty();
            }
            info.remove(List.of("permission", "share"));
            return Optional.of(json.toString());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
