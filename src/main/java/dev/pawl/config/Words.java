package dev.pawl.config;

import java.nio.file.FileSystems;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Readers for the words that GitHub, git and the runner give a form to. */
final class Words {
    /** What our own labels begin with. */
    static final String OURS = "pawl:";

    private static final Pattern TITLE = Pattern.compile("[^:\\s](?:[^:]{0,28}[^:\\s])?:");
    private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
    private static final Pattern ENV = Pattern.compile("[A-Z][A-Z0-9_]{0,99}");
    private static final List<String> RUNNERS_OWN = List.of("GITHUB_", "INPUT_", "ACTIONS_", "RUNNER_");
    private static final Set<String> NEVER = Set.of("GH_TOKEN", "GH_ENTERPRISE_TOKEN", "PAWL_REQUEST", "PAWL_RESULT");
    private static final Pattern GLOB = Pattern.compile("(?!/)(?!.*\\\\)(?!(?:.*/)?\\.\\.(?:/|$)).{1,200}");
    private static final int LONGEST_LABEL = 50;

    private Words() {}

    /** A label of the repository's own. */
    static Value.Reader<String> label() {
        return value -> anyLabel().read(value).filter(label -> {
            if (label.startsWith(OURS)) {
                value.refused("labels that begin with \"pawl:\" belong to Pawl", "Choose another name.");
            }
            return !label.startsWith(OURS);
        });
    }

    /** A label, also one that begins with {@code pawl:}. */
    static Value.Reader<String> anyLabel() {
        String expected = "a label of at most 50 characters";
        return value -> value.text(expected).flatMap(label -> {
            if (label.isBlank()
                    || label.length() > LONGEST_LABEL
                    || !label.equals(label.strip())
                    || Shown.hasInvisible(label)) {
                return value.wrong(expected);
            }
            return label.contains("/") ? value.wrong("a label without /") : Optional.of(label);
        });
    }

    /** Labels of the repository's own. */
    static Value.Reader<List<String>> labels() {
        return Scalars.list("a list of labels", label());
    }

    /** A prefix of titles. */
    static Value.Reader<String> title() {
        return value -> {
            String expected = "a title prefix that ends in a colon, such as \"fix:\"";
            if (value.yaml() instanceof Yaml.Mapping m && m.entries().size() == 1) {
                String key = m.entries().getFirst().key();
                return value.wrong(expected, "Put it in quotes: " + Shown.quoted(key + ":") + ".");
            }
            return Scalars.text(TITLE, expected).read(value);
        };
    }

    /** An account's name. */
    static Value.Reader<String> login() {
        return Scalars.text(LOGIN, "the login of an account, without @");
    }

    /** The name of an environment variable that may reach an agent. */
    static Value.Reader<String> env() {
        String expected = "the name of an environment variable, such as ANTHROPIC_API_KEY";
        return value -> Scalars.text(ENV, expected).read(value).filter(name -> {
            boolean refused = NEVER.contains(name) || RUNNERS_OWN.stream().anyMatch(name::startsWith);
            if (refused) {
                value.refused(
                        name + " never reaches an agent",
                        "Tokens for GitHub and the runner's own variables stay with Pawl.");
            }
            return !refused;
        });
    }

    /** A glob for paths inside the repository. */
    static Value.Reader<String> glob() {
        String expected = "a glob inside the repository, such as \"docs/**\"";
        return value -> Scalars.text(GLOB, expected).read(value).filter(glob -> {
            if (!compiles(glob)) {
                value.wrong(expected);
            }
            return compiles(glob);
        });
    }

    private static boolean compiles(String glob) {
        try {
            return !Shown.hasInvisible(glob) && FileSystems.getDefault().getPathMatcher("glob:" + glob) != null;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
