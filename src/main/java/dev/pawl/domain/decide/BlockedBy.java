package dev.pawl.domain.decide;

import dev.pawl.domain.model.Issue;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which issues an issue's own text says it waits for: a line that says {@code blocked by #12}, also in a list, and with more
 * numbers after it. In quotes and in code it says nothing.
 */
public final class BlockedBy {
    private static final int MOST = 10;
    private static final Pattern LINE = Pattern.compile(
            "^ {0,3}(?:[-*+] )?(?:\\[[ xX]] )?(?:this issue )?(?:is )?blocked by:? +(#[0-9]{1,9}(?:(?:,| and|, and)? *#[0-9]{1,9})*)\\b.*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile("#([1-9][0-9]{0,8})");

    private BlockedBy() {}

    /** Their numbers, the first ten; never its own. */
    public static SortedSet<Integer> of(Issue issue) {
        var numbers = new TreeSet<Integer>();
        boolean isCode = false;
        for (String line : issue.body().raw().lines().toList()) {
            String text = line.strip();
            if (text.startsWith("```") || text.startsWith("~~~")) {
                isCode = !isCode;
            }
            var says = LINE.matcher(line);
            if (isCode || !says.matches()) {
                continue;
            }
            NUMBER.matcher(says.group(1))
                    .results()
                    .map(found -> Integer.valueOf(found.group(1)))
                    .filter(number -> number != issue.number() && numbers.size() < MOST)
                    .forEach(numbers::add);
        }
        return numbers;
    }
}
