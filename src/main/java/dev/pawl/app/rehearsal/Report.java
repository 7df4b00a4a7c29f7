package dev.pawl.app.rehearsal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Tells the user what happens. */
interface Report {
    /** The walk begins. */
    void opening(Options options, Project project);

    /** Somebody did something. */
    void person(People.Deed deed);

    /** An invocation is about to start. */
    void starting(Bell bell);

    /** An invocation is over. */
    void ended(Invocation invocation);

    /** The walk is over. */
    void closing(Result result);

    /**
     * All that came of a walk.
     *
     * @param options what was rehearsed
     * @param scene where it took place
     * @param people who acted
     * @param ending how it ended
     * @param invocations all of them, oldest first
     * @param kept where its folder is, where it stays
     */
    record Result(
            Options options,
            Scene scene,
            People people,
            Ending ending,
            List<Invocation> invocations,
            Optional<Path> kept) {
        public Result {
            invocations = List.copyOf(invocations);
        }
    }
}
