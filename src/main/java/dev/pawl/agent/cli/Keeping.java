package dev.pawl.agent.cli;

import dev.pawl.agent.session.PlainFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where a program keeps a conversation, and how it comes from one home into the next: always as one text. */
interface Keeping {
    /** The conversation, after a run in that home. */
    PlainFile.Found take(Home home, String session);

    /** Puts it into a new home; whether the program can go on with it there. */
    boolean put(Home home, String session, String content);

    /**
     * A program's home.
     *
     * @param folder the folder
     * @param workTree where the program works
     * @param program the program itself, for what only it can do
     */
    record Home(Path folder, Path workTree, Program program) {
        Path file(String path) {
            return folder.resolve(path);
        }
    }

    /** Runs the program in its home, apart from any work. */
    @FunctionalInterface
    interface Program {
        /**
         * What it printed; empty when it failed.
         *
         * @param arguments its arguments
         */
        Optional<String> prints(List<String> arguments);
    }
}
