package dev.pawl.config;

import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.Policy.Author;
import dev.pawl.domain.policy.Policy.Branch;
import dev.pawl.domain.policy.Policy.PullRequests;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code branch}, {@code commit}, {@code pull_request} and {@code ledger}: what is written to git and GitHub, and where. */
final class GitSections {
    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9-]{0,19}");
    private static final Pattern SLASH = Pattern.compile("/");
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");
    private static final Pattern LEDGER = Pattern.compile("refs/.{1,100}");
    private static final Pattern AUTHOR = Pattern.compile("([^<>\"]{1,100}?) <([^<>@\\s]{1,100}@[^<>@\\s]{1,100})>");
    private static final int LONGEST_BRANCH = 200;

    private GitSections() {}

    static Branch branch(Section section) {
        return new Branch(
                section.read(
                        "prefix",
                        Scalars.text(
                                PREFIX, "a prefix of a-z, 0-9 and -, beginning with a letter, at most 20 characters"),
                        Branch.DEFAULT.prefix()),
                section.read("base", GitSections::base).or(Branch.DEFAULT::base));
    }

    private static Optional<String> base(Value value) {
        String expected = "the name of a branch, such as main";
        return value.text(expected)
                .flatMap(name -> name.length() <= LONGEST_BRANCH && isRef(name) && !name.startsWith("refs/")
                        ? Optional.of(name)
                        : value.wrong(expected));
    }

    /** A conservative half of git's rules (git-check-ref-format): what it takes is a ref everywhere. */
    private static boolean isRef(String name) {
        return Stream.of(SLASH.split(name, -1)).allMatch(GitSections::isPart);
    }

    private static boolean isPart(String part) {
        return PART.matcher(part).matches() && !part.contains("..") && !part.endsWith(".") && !part.endsWith(".lock");
    }

    static Author author(Section section) {
        return section.read("author", GitSections::author, Author.DEFAULT);
    }

    private static Optional<Author> author(Value value) {
        String expected = "an author such as \"Name <mail@example.org>\"";
        return value.text(expected).flatMap(text -> {
            Matcher m = AUTHOR.matcher(text);
            return m.matches() && !Shown.hasInvisible(text) && !m.group(1).isBlank()
                    ? Optional.of(new Author(m.group(1).strip(), m.group(2)))
                    : value.wrong(expected);
        });
    }

    static PullRequests pullRequest(Section section) {
        return new PullRequests(
                section.read("draft", Scalars.flag(), false),
                section.read("reviewers", Scalars.list("a list of logins", Words.login()), List.of()),
                section.read("labels", Words.labels(), List.of()),
                section.read("resolve_threads", Scalars.flag(), false),
                section.read("rerun_checks", Scalars.flag(), false));
    }

    /** The ledger's prefix; it must not lie among the branches that carry work. */
    static String ledger(Section section, String branchPrefix) {
        return section.read("prefix", value -> ledger(value, branchPrefix), Policy.DEFAULT_LEDGER);
    }

    private static Optional<String> ledger(Value value, String branchPrefix) {
        String expected = "a place for refs, such as refs/pawl";
        return Scalars.text(LEDGER, expected).read(value).flatMap(ref -> {
            if (!isRef(ref) || ref.equals("refs/heads")) {
                return value.wrong(expected);
            }
            String slashed = ref + "/";
            if (slashed.startsWith("refs/heads/" + branchPrefix + "/")) {
                return value.refused("this is where the branches with work are", "Such as refs/heads/pawl-ledger.");
            }
            return slashed.startsWith("refs/pull/") || slashed.startsWith("refs/tags/")
                    ? value.refused("GitHub has its own use for these refs", "Such as refs/pawl.")
                    : Optional.of(ref);
        });
    }
}
