package dev.pawl.domain.policy;

import java.util.List;

/**
 * How issues of one type are recognised, and how soon they are taken.
 *
 * @param name the type's name, and its workflow's
 * @param labels labels that mean this type
 * @param titles title prefixes that mean this type, each ending in a colon
 * @param priority 1 is first
 */
public record IssueType(String name, List<String> labels, List<String> titles, int priority) {
    public IssueType {
        labels = List.copyOf(labels);
        titles = List.copyOf(titles);
        if (priority < 1) {
            throw new IllegalArgumentException("priorities start at 1: " + name);
        }
    }
}
