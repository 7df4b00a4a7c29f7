package dev.pawl.domain.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A comment of ours other than the state comment: a plan, questions, findings, a reply. Identified by topic and key,
 * not by its id.
 *
 * @param id the forge's comment id
 * @param topic what it is
 * @param key which one of its topic
 * @param run the run that wrote it
 * @param data the machine-readable part, where it has one; believed only where the state names the comment's hash
 * @param hash SHA-256 of the whole comment as it stands, hexadecimal
 * @param dataHash SHA-256 of the machine-readable part as it stands; of nothing where there is none
 * @param edited when it was last changed
 */
public record Note(
        long id,
        Topic topic,
        String key,
        String run,
        Optional<Data> data,
        String hash,
        String dataHash,
        Instant edited) {
    /**
     * The hash that the state remembers: people approve a plan as they see it, and everything else counts by what
     * programs read.
     */
    public String documentHash() {
        return topic == Topic.PLAN ? hash : dataHash;
    }

    /** What programs read in a comment of ours. */
    public sealed interface Data {
        /**
         * A plan.
         *
         * @param plan the plan
         */
        record Planned(Plan plan) implements Data {}

        /**
         * What later stages said of the work.
         *
         * @param feedback at least one
         */
        record Said(List<Feedback> feedback) implements Data {
            public Said {
                feedback = List.copyOf(feedback);
            }
        }

        /**
         * What was found out.
         *
         * @param text Markdown
         */
        record Found(Untrusted text) implements Data {}
    }

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
