package dev.pawl.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.agent.prompt.VisibleText;
import dev.pawl.domain.model.Untrusted;
import java.util.Optional;

/** What a tool gave back, as text: what isn't text is named and left out. */
final class Content {
    private static final int MOST_PARTS = 200;
    private static final int MOST_CHARACTERS = 24_000;
    private static final int LONGEST_NAME = 300;

    private Content() {}

    /** The text; empty where this is no result of a tool. */
    static Optional<String> of(JsonNode result) {
        JsonNode parts = result.path("content");
        JsonNode structured = result.path("structuredContent");
        if (!parts.isArray() && !structured.isObject()) {
            return Optional.empty();
        }
        var text = new StringBuilder();
        int count = 0;
        for (JsonNode part : parts) {
            if (++count > MOST_PARTS) {
                text.append("(more parts are left out)\n");
                break;
            }
            String shown = part(part);
            text.append(shown).append(shown.endsWith("\n") ? "" : "\n");
        }
        if (parts.isEmpty() && structured.isObject()) {
            text.append(structured);
        }
        String shown = VisibleText.ofPlain(new Untrusted(text.toString())).text();
        return Optional.of(shown.isBlank() ? "(nothing)" : middleCut(shown));
    }

    private static String part(JsonNode part) {
        return switch (part.path("type").asText()) {
            case "text" -> part.path("text").asText();
            case "resource" ->
                part.at("/resource/text").isTextual()
                        ? part.at("/resource/text").asText()
                        : "(left out: " + name(part.at("/resource/uri")) + ", which is no text)";
            case "resource_link" -> "(a link: " + name(part.path("uri")) + " " + name(part.path("name")) + ")";
            case "image" -> "(left out: an image)";
            case "audio" -> "(left out: a sound)";
            default -> "(left out: something of a kind that isn't known)";
        };
    }

    private static String name(JsonNode name) {
        return UntrustedText.line(name.asText(), LONGEST_NAME);
    }

    /** What matters mostly stands at one of the two ends. */
    private static String middleCut(String text) {
        if (text.length() <= MOST_CHARACTERS) {
            return text;
        }
        int half = MOST_CHARACTERS / 2;
        return text.substring(0, half) + "\n… " + (text.length() - 2 * half) + " characters are left out here …\n"
                + text.substring(text.length() - half);
    }
}
