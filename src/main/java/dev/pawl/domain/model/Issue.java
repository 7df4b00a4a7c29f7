package dev.pawl.domain.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An issue as the forge shows it now.
 *
 * @param id the forge's own id, which stays when the issue moves
 * @param number the number in its repository, from 1
 * @param title what people wrote
 * @param body what people wrote; empty when there is none
 * @param author who opened it
 * @param open whether it is open
 * @param locked whether commenting is closed
 * @param labels the labels' names, as the forge orders them
 * @param type the forge's issue type, where it has one
 * @param comments how many comments it has
 * @param updated when anything last changed
 * @param blockers how many open issues the forge says that it waits for
 */
public record Issue(
        long id,
        int number,
        Untrusted title,
        Untrusted body,
        Actor author,
        boolean open,
        boolean locked,
        List<String> labels,
        Optional<String> type,
        int comments,
        Instant updated,
        int blockers) {
    public Issue {
        if (number < 1) {
            throw new IllegalArgumentException("issue numbers start at 1: " + number);
        }
        labels = List.copyOf(labels);
    }

    /** One that waits for no other. */
    public Issue(
            long id,
            int number,
            Untrusted title,
            Untrusted body,
            Actor author,
            boolean open,
            boolean locked,
            List<String> labels,
            Optional<String> type,
            int comments,
            Instant updated) {
        this(id, number, title, body, author, open, locked, labels, type, comments, updated, 0);
    }

    /** The hash of title and body as they stand. */
    public String textHash() {
        return textHash(title.raw(), body.raw());
    }

    /**
     * The hash of an issue's text. Web forms and the API differ in line ends.
     *
     * @param title its title
     * @param body its body
     */
    public static String textHash(String title, String body) {
        return Hash.sha256(title.length() + ":" + title + body.replace("\r\n", "\n"));
    }

    /** The same with other labels. */
    public Issue labelled(List<String> others) {
        return new Issue(id, number, title, body, author, open, locked, others, type, comments, updated, blockers);
    }

    /** Whether it carries the label; names are compared as GitHub does, without case. */
    public boolean has(String label) {
        return labels.stream().anyMatch(label::equalsIgnoreCase);
    }
}
