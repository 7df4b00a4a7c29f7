package dev.pawl.app.rehearsal;

import dev.pawl.git.IsolatedSystemReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A whole walk on an embedded GitHub, from the issue to where its workflow ends. */
public final class Rehearsal {
    private final EngineProcess engine;
    private final Screen screen;
    private final Map<String, String> environment;

    /**
     * A rehearsal.
     *
     * @param engine starts the engine
     * @param screen where the user reads and types
     * @param environment the user's environment, of which the engine gets next to nothing
     */
    public Rehearsal(EngineProcess engine, Screen screen, Map<String, String> environment) {
        this.engine = engine;
        this.screen = screen;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Rehearses, and tells of it.
     *
     * @param json whether programs read along
     * @return whether the walk ended where its workflow ends
     * @throws UnreadableProject when the user's own project or policy can't be read
     */
    public boolean run(Options options, boolean json) {
        Report report = json ? new JsonReport(screen) : new TextReport(screen);
        IsolatedSystemReader.install();
        try (var temporary = new TemporaryFolder(options.keep())) {
            Path folder = temporary.open();
            Project project = Projects.of(options, folder);
            try (Scene scene = Scene.of(project, folder.resolve("github"))) {
                return walk(options, project, scene, new Stage(folder, report));
            }
        }
    }

    /** Where it happens, and who tells of it. */
    private record Stage(Path folder, Report report) {}

    private boolean walk(Options options, Project project, Scene scene, Stage stage) {
        Report report = stage.report();
        var variables = new RunnerEnvironment(scene, project.agent(), environment, project.environment());
        var people = new People(scene, project, options.scenario());
        var walk = new Walk(scene, people, new Runner(scene, variables, engine, stage.folder()), report);
        report.opening(options, project);
        Ending ending = walk.go(options.scenario());
        Optional<Path> kept = options.keep() ? Optional.of(stage.folder()) : Optional.empty();
        report.closing(new Report.Result(options, scene, people, ending, walk.past(), kept));
        return ending.reached();
    }
}
