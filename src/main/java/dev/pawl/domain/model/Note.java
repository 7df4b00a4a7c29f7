package dev.pawl.domain.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A comment of ours other than the state comment: a plan, questions, findings, a reply. Identified by topic and key,
 * not by its id.
 *
 * @param id the forge's comment id
 * @param topic what it is
 * @param key which one of its topic
 * @param run the run that wrote it
 * @param data the machine-readable part, JSON text, where it has one
 * @param hash SHA-256 of the whole comment as it stands, hexadecimal
 * @param edited when it was last changed
 */
public record Note(long id, Topic topic, String key, String run, Optional<String> data, String hash, Instant edited) {
    /** What a comment of ours is about. */
    public enum Topic {
        PLAN("plan"),
        QUESTIONS("questions"),
        VALIDATION("validation"),
        REVIEW("review"),
        RESEARCH("research"),
        REPORT("report"),
        REPLY("reply"),
        NOTICE("notice");

        private final String word;

        Topic(String word) {
            this.word = word;
        }

        /** The word in the comment's first line. */
        public String word() {
            return word;
        }

        /** Reads the word; empty when we write no such comments. */
        public static Optional<Topic> parse(String word) {
            for (Topic topic : values()) {
                if (topic.word.equals(word)) {
                    return Optional.of(topic);
                }
            }
            return Optional.empty();
        }
    }
}
