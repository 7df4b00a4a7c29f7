package dev.pawl.forge.marker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.domain.decide.StateFound;
import dev.pawl.domain.state.RunState;
import dev.pawl.forge.marker.MarkerJson.UnknownWord;
import dev.pawl.forge.marker.MarkerJson.Unreadable;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The state comment: its first line holds the state, the rest is for people. Whoever reads one has checked its author
 * by numeric id before.
 */
public final class StateMarker {
    /** How a state comment begins. */
    public static final String PREFIX = "<!-- pawl:state ";

    private static final int MOST_JSON = 16 * 1024;
    private static final int VERSION = 1;
    private static final Pattern LINE = Pattern.compile("<!-- pawl:state v([1-9][0-9]{0,5}) (.*) -->", Pattern.DOTALL);
    private static final Pattern SIGNED = Pattern.compile("(.*) sig=([0-9a-f]{64})", Pattern.DOTALL);

    private final Optional<Signature> signature;

    /**
     * Markers, signed or not.
     *
     * @param stateKey the secret to sign with
     */
    public StateMarker(Optional<String> stateKey) {
        this.signature = stateKey.map(Signature::new);
    }

    /** Whether a comment claims to be a state, whoever wrote it. */
    public static boolean isClaimed(String body) {
        return body.startsWith(PREFIX);
    }

    /** Whether a comment that claims to be a state carries a signature, right or wrong. */
    public static boolean isSigned(String body) {
        Matcher line = LINE.matcher(NoteMarker.firstLine(body));
        return line.matches() && SIGNED.matcher(line.group(2)).matches();
    }

    /**
     * The whole comment.
     *
     * @param state what programs read; compacted where it is too long
     * @param text what people read
     */
    public String write(RunState state, String text) {
        ObjectNode json = bounded(state);
        String signed = signature.map(s -> " sig=" + s.of(json)).orElse("");
        String line = PREFIX + "v" + VERSION + " " + MarkerJson.inComment(json) + signed + " -->\n";
        return line + Cut.bytes(text, NoteMarker.MOST_COMMENT - Cut.size(line));
    }

    private static ObjectNode bounded(RunState state) {
        RunState shorter = state;
        ObjectNode json = StateWriter.write(shorter);
        for (UnaryOperator<RunState> step : Compaction.STEPS) {
            if (fits(json)) {
                return json;
            }
            shorter = step.apply(shorter);
            json = StateWriter.write(shorter);
        }
        if (!fits(json)) {
            throw new IllegalArgumentException("a state that can't be made short enough");
        }
        return json;
    }

    private static boolean fits(ObjectNode json) {
        return Cut.size(MarkerJson.inComment(json)) <= MOST_JSON;
    }

    /**
     * Reads a comment of our account.
     *
     * @param comment its id
     * @param body the comment
     * @param repository the repository that it was found in
     * @param issue the issue that it was found on
     * @return empty when it doesn't claim to be a state
     */
    public Optional<StateFound> read(long comment, String body, long repository, int issue) {
        if (!isClaimed(body)) {
            return Optional.empty();
        }
        Matcher line = LINE.matcher(NoteMarker.firstLine(body));
        if (!line.matches()) {
            return broken(comment, "its first line is damaged");
        }
        int version = Integer.parseInt(line.group(1));
        if (version > VERSION) {
            return Optional.of(new StateFound.Newer(comment, "v" + version));
        }
        try {
            RunState state = StateReader.read(verified(line.group(2)));
            boolean here = state.id().repository() == repository && state.id().issue() == issue;
            return Optional.of(here ? new StateFound.Found(comment, state) : new StateFound.Elsewhere(comment));
        } catch (UnknownWord e) {
            return Optional.of(new StateFound.Newer(comment, "v" + version + ", and " + e.why()));
        } catch (Unreadable e) {
            return broken(comment, e.why());
        }
    }

    private JsonNode verified(String content) {
        Matcher signed = SIGNED.matcher(content);
        boolean hasSignature = signed.matches();
        JsonNode json = MarkerJson.read(hasSignature ? signed.group(1) : content, MOST_JSON);
        signature.ifPresent(key -> {
            if (!hasSignature) {
                throw new Unreadable("its signature is missing");
            }
            if (!key.matches(json, signed.group(2))) {
                throw new Unreadable("its signature is wrong");
            }
        });
        return json;
    }

    private static Optional<StateFound> broken(long comment, String why) {
        return Optional.of(new StateFound.Broken(comment, why));
    }
}
