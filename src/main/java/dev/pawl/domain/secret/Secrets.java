package dev.pawl.domain.secret;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Finds secrets in what is about to leave the machine: the values that we hold ourselves, in the usual forms, and texts
 * that have the shape of a well-known kind of token. It is a net, not a wall: whoever encodes a value in a way of their
 * own gets it through. What it says of a secret is its variable's name, never its value.
 */
public final class Secrets {
    /** None of ours; what looks like a token is found all the same. */
    public static final Secrets NONE = new Secrets(Map.of());

    /** What stands in the place of a secret that was taken out. */
    public static final String REMOVED = "[secret removed]";

    private static final Pattern NAME =
            Pattern.compile(".*(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL).*");
    private static final Pattern NO_VALUE =
            Pattern.compile(".*(?:_FILE|_PATH|_DIR|_URL|_URI|_ID|_NAME|_TYPE|_VERSION)");
    private static final Pattern PLAIN_WORD = Pattern.compile("[a-z]+|[A-Z]+|[0-9]+");
    private static final int LONG_WORD = 16;

    private final Needles needles = new Needles();
    private final Set<String> forms = new LinkedHashSet<>();

    private Secrets(Map<String, String> values) {
        values.forEach((name, value) -> Forms.of(value).forEach((form, as) -> {
            if (forms.add(form)) {
                needles.add(form, "the value of " + name + (as.equals("as it is") ? "" : ", " + as));
            }
        }));
    }

    /**
     * The secrets among the variables of an environment, as far as their names say so. A value of less than eight
     * characters, or a short plain word, isn't looked for: it stands in honest text, too.
     */
    public static Secrets of(Map<String, String> environment) {
        var values = new TreeMap<String, String>();
        environment.forEach((name, given) -> {
            String value = given.strip();
            if (named(name) && tellable(value)) {
                values.put(name, value);
            }
        });
        return new Secrets(values);
    }

    /** Whether a variable of that name holds a secret, as names go. */
    static boolean named(String variable) {
        String name = variable.toUpperCase(Locale.ROOT);
        return NAME.matcher(name).matches() && !NO_VALUE.matcher(name).matches();
    }

    private static boolean tellable(String value) {
        return value.length() >= Forms.SHORTEST
                && (value.length() >= LONG_WORD || !PLAIN_WORD.matcher(value).matches());
    }

    /** What secret stands in the text, for people; empty where there is none. */
    public Optional<String> in(String text) {
        return in(text.getBytes(StandardCharsets.UTF_8), new byte[0]);
    }

    /**
     * What secret stands in a file and wasn't in it before, for people; empty where there is none. Our own are found
     * whether they are new or not, also with a character between each two of theirs, and across line breaks.
     *
     * @param now the file's bytes
     * @param before what it was; empty for a new file
     */
    public Optional<String> in(byte[] now, byte[] before) {
        byte[] piece = new byte[now.length];
        return needles.in(now, now.length)
                .or(() -> needles.in(piece, unbroken(now, piece)))
                .or(() -> needles.in(piece, everySecond(now, 0, piece)))
                .or(() -> needles.in(piece, everySecond(now, 1, piece)))
                .or(() -> TokenShapes.in(
                        new String(now, StandardCharsets.ISO_8859_1), new String(before, StandardCharsets.ISO_8859_1)));
    }

    /** The text with a word in the place of each secret that stands in it in one piece. */
    public String removedFrom(String text) {
        String without = text;
        for (String form : forms) {
            without = without.replace(form, REMOVED);
        }
        return TokenShapes.removedFrom(without, REMOVED);
    }

    private static int unbroken(byte[] bytes, byte[] into) {
        int length = 0;
        for (byte b : bytes) {
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                into[length++] = b;
            }
        }
        return length;
    }

    private static int everySecond(byte[] bytes, int from, byte[] into) {
        int length = 0;
        for (int at = from; at < bytes.length; at += 2) {
            into[length++] = bytes[at];
        }
        return length;
    }

    /** Without the values. */
    @Override
    public String toString() {
        return "Secrets[" + forms.size() + " forms]";
    }
}
