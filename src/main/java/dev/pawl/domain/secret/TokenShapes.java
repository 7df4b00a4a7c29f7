package dev.pawl.domain.secret;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tokens look like whose makers gave them a shape of their own, so that one can be told from other text (for
 * GitHub's: docs.github.com, "About authentication to GitHub", "GitHub's token formats"; for others: what their makers'
 * documentation shows).
 */
final class TokenShapes {
    /**
     * One shape.
     *
     * @param what what has it, for people
     * @param pattern a fixed beginning, then one class of characters: linear in the text's length
     */
    private record Shape(String what, Pattern pattern) {
        Shape(String what, String pattern) {
            this(what, Pattern.compile(pattern));
        }
    }

    private static final List<Shape> SHAPES = List.of(
            new Shape("a GitHub token", "(?:gh[pousr]_[A-Za-z0-9]{36,255}+|github_pat_[A-Za-z0-9_]{59,255}+)"),
            new Shape("a GitLab token", "glpat-[A-Za-z0-9_-]{20,64}+"),
            new Shape("an Anthropic key", "sk-ant-[a-z0-9]{3,10}+-[A-Za-z0-9_-]{40,200}+"),
            new Shape("an OpenAI key", "sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{40,255}+"),
            new Shape("a Google key", "AIza[A-Za-z0-9_-]{35}"),
            new Shape("an AWS key", "(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])"),
            new Shape("a Slack token", "xox[abeprs]-[0-9]{8,15}+-[A-Za-z0-9-]{16,200}+"),
            new Shape("an npm token", "npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])"),
            new Shape("a PyPI token", "pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,300}+"),
            new Shape("a Stripe key", "[rs]k_live_[A-Za-z0-9]{24,120}+"),
            new Shape("a Hugging Face token", "hf_[A-Za-z0-9]{34}(?![A-Za-z0-9])"),
            new Shape("a private key", "-----BEGIN (?:[A-Z]{2,9} )?PRIVATE KEY(?: BLOCK)?-----"));

    private TokenShapes() {}

    /**
     * What stands in the text and didn't before.
     *
     * @param text the text
     * @param before another text, whose tokens don't count
     */
    static Optional<String> in(String text, String before) {
        for (Shape shape : SHAPES) {
            Set<String> known = before.isEmpty() ? Set.of() : all(shape, before);
            Matcher matcher = shape.pattern.matcher(text);
            while (matcher.find()) {
                if (!isExample(matcher.group()) && !known.contains(matcher.group())) {
                    return Optional.of(shape.what);
                }
            }
        }
        return Optional.empty();
    }

    /** The text with a word in place of each. */
    static String removedFrom(String text, String word) {
        String without = text;
        for (Shape shape : SHAPES) {
            without = shape.pattern
                    .matcher(without)
                    .replaceAll(found -> Matcher.quoteReplacement(isExample(found.group()) ? found.group() : word));
        }
        return without;
    }

    private static Set<String> all(Shape shape, String text) {
        Set<String> found = new HashSet<>();
        shape.pattern.matcher(text).results().forEach(match -> found.add(match.group()));
        return found;
    }

    /** AWS's documentation ends its keys with that word, and many tests have them. */
    private static boolean isExample(String token) {
        return token.endsWith("EXAMPLE");
    }
}
