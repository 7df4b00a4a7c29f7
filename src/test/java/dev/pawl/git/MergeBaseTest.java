package dev.pawl.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.domain.model.Sha;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.PathRules;
import dev.pawl.domain.port.Workspace.Changes;
import dev.pawl.domain.port.Workspace.Conflict;
import dev.pawl.domain.port.Workspace.Merged;
import dev.pawl.domain.port.Workspace.Place;
import dev.pawl.domain.port.Workspace.Pushed;
import dev.pawl.domain.port.Workspace.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The base is merged into the branch in memory: it fits, it conflicts as text, or it takes a person. */
class MergeBaseTest {
    private static final String BRANCH = World.BRANCH.value();

    World world;
    ObjectId start;

    @BeforeEach
    void start(@TempDir Path temp) throws IOException {
        world = new World(temp);
        world.commit("main", f -> f.file(".gitattributes", "* merge=evil filter=evil\n"));
        start = world.commit(
                "main",
                f -> f.file("sum.txt", "one\ntwo\nthree\n")
                        .file("other.txt", "other\n")
                        .file(".github/ci.yml", "old\n")
                        .file("data.bin", "a\0b"));
        world.commit(BRANCH, start, f -> f.file("sum.txt", "one\ntwo of the branch\nthree\n"));
    }

    @AfterEach
    void end() {
        world.close();
    }

    private Tree prepared() {
        return world.workspace().prepare("main", Optional.of(World.BRANCH));
    }

    private Merged merged(Tree tree) {
        return world.workspace().merge(tree, PathRules.DEFAULT);
    }

    private Merged.Conflicts conflicts() {
        return (Merged.Conflicts) merged(prepared());
    }

    private List<String> hopeless(Consumer<World.Draft> onMain) throws IOException {
        world.commit("main", onMain);
        return ((Merged.Unmergeable) merged(prepared())).reasons();
    }

    @Test
    void aBaseThatDidNotMoveHasNothingNew() {
        assertThat(merged(prepared())).isEqualTo(new Merged.Current());
    }

    @Test
    void whatFitsBecomesAMergeCommitAndComesFromTheBaseAsItIs() throws IOException {
        ObjectId base =
                world.commit("main", f -> f.file(".github/ci.yml", "new\n").script("tool", "run\n"));
        ObjectId head = world.head(BRANCH);
        Tree tree = prepared();

        Tree fits = ((Merged.Fits) merged(tree)).tree();
        Sha commit = world.workspace().commit(fits, World.message("merge"));

        assertThat(world.workspace().push(tree, commit, World.BRANCH)).isEqualTo(new Pushed.Done());
        assertThat(world.origin.parseCommit(world.head(BRANCH)).getParents())
                .extracting(ObjectId::name)
                .containsExactly(head.name(), base.name());
        assertThat(world.blob(world.head(BRANCH), ".github/ci.yml")).isEqualTo("new\n");
        assertThat(world.mode(world.head(BRANCH), "tool")).isEqualTo(FileMode.EXECUTABLE_FILE);
        assertThat(world.blob(world.head(BRANCH), "sum.txt")).contains("two of the branch");
        assertThat(merged(prepared())).isEqualTo(new Merged.Current());
        assertThatThrownBy(() -> world.workspace().commit(tree, World.message("no merge")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void linesInConflictAreLaidOutWithMarkersAndToldFromBothSides() throws IOException {
        world.commit("main", f -> f.file("sum.txt", "one\ntwo of main\nthree\n").file("new.txt", "new\n"));

        Merged.Conflicts conflicts = conflicts();

        assertThat(conflicts.files())
                .containsExactly(new Conflict(
                        "sum.txt",
                        List.of(new Place(new Untrusted("two of the branch\n"), new Untrusted("two of main\n")))));
        Path folder = conflicts.tree().folder();
        assertThat(folder.resolve("sum.txt")).hasContent("""
                one
                <<<<<<< pull request
                two of the branch
                =======
                two of main
                >>>>>>> base
                three
                """);
        assertThat(folder.resolve("new.txt")).hasContent("new\n");
        assertThat(folder.resolve(".git/HEAD")).exists();
    }

    @Test
    void markersThatAreLeftRefuseTheChange() throws IOException {
        world.commit("main", f -> f.file("sum.txt", "one\ntwo of main\nthree\n"));
        Tree tree = conflicts().tree();
        var refused = new Changes.Refused(List.of("`sum.txt` still has markers of a conflict."));

        assertThat(world.changes(tree)).as("nothing was done").isEqualTo(refused);
        World.write(tree, "other.txt", "changed\n");
        assertThat(world.changes(tree)).as("something else").isEqualTo(refused);
        World.write(tree, "sum.txt", "one\ntwo\n=======\nthree\n");
        assertThat(world.changes(tree)).as("a part of it").isEqualTo(refused);
    }

    @Test
    void aSolvedConflictIsAMergeWhateverTheBaseBroughtBesides() throws IOException {
        ObjectId base = world.commit(
                "main", f -> f.file("sum.txt", "one\ntwo of main\nthree\n").file(".github/ci.yml", "new\n"));
        Tree tree = conflicts().tree();
        World.write(tree, "sum.txt", "one\ntwo of both\nthree\n");

        var accepted = (Changes.Accepted) world.changes(tree);
        Sha commit = world.workspace().commit(tree, accepted, World.message("solved"));

        assertThat(accepted.files()).containsExactly("sum.txt");
        assertThat(world.workspace().push(tree, commit, World.BRANCH)).isEqualTo(new Pushed.Done());
        assertThat(world.origin.parseCommit(world.head(BRANCH)).getParent(1)).isEqualTo(base);
        assertThat(world.blob(world.head(BRANCH), "sum.txt")).isEqualTo("one\ntwo of both\nthree\n");
        assertThat(world.blob(world.head(BRANCH), ".github/ci.yml")).isEqualTo("new\n");
    }

    @Test
    void theSameMergeIsTheSameDraftAndTakesAKeptSolution() throws IOException {
        world.commit("main", f -> f.file("sum.txt", "one\ntwo of main\nthree\n"));
        Tree first = conflicts().tree();
        World.write(first, "sum.txt", "solved\n");
        Sha work = world.workspace().commit(first, (Changes.Accepted) world.changes(first), World.message("solved"));

        Tree again = conflicts().tree();
        world.workspace().replay(again, work);

        assertThat(again.start()).isEqualTo(first.start());
        assertThat(Files.readString(again.folder().resolve("sum.txt"))).isEqualTo("solved\n");
        assertThat(world.changes(again)).isEqualTo(new Changes.Accepted(List.of("sum.txt")));
    }

    @Test
    void anAgentMayNotTouchWhatIsProtectedWhileItSolves() throws IOException {
        world.commit("main", f -> f.file("sum.txt", "one\ntwo of main\nthree\n"));
        Tree tree = conflicts().tree();
        World.write(tree, "sum.txt", "solved\n");
        World.write(tree, ".github/ci.yml", "mine\n");

        assertThat(world.changes(tree))
                .isEqualTo(new Changes.Refused(List.of("`.github/ci.yml` is protected: a person has to change it.")));
    }

    @Test
    void aConflictInAProtectedFileTakesAPerson() throws IOException {
        world.commit(BRANCH, f -> f.file(".github/ci.yml", "of a person\n"));

        assertThat(hopeless(f -> f.file(".github/ci.yml", "new\n")))
                .containsExactly("`.github/ci.yml` is protected: a person has to change it.");
    }

    @Test
    void whatIsNoTextTakesAPerson() throws IOException {
        String sentence = " conflicts in a way that can't be shown as text: a person has to solve it.";
        world.commit(BRANCH, f -> f.file("data.bin", "a\0c"));
        assertThat(hopeless(f -> f.file("data.bin", "a\0d"))).containsExactly("`data.bin`" + sentence);
        assertThat(hopeless(f -> f.paths.add("sum.txt")))
                .containsExactly("`data.bin`" + sentence, "`sum.txt`" + sentence);
        world.point("refs/heads/" + BRANCH, world.commit(BRANCH, start, f -> f.link("other.txt", "sum.txt")));
        assertThat(hopeless(f -> f.file("other.txt", "changed\n"))).containsExactly("`other.txt`" + sentence);
    }

    @Test
    void aFileThatBothAddedIsSolvedLikeAnyOther() throws IOException {
        world.commit(BRANCH, f -> f.file("added.txt", "by the branch\n"));
        world.commit("main", f -> f.file("added.txt", "by main\n"));

        assertThat(conflicts().files()).extracting(Conflict::path).containsExactly("added.txt");
    }

    @Test
    void historiesWithoutAStartInCommonTakeAPerson() throws IOException {
        world.commit(BRANCH, null, f -> f.file("sum.txt", "one\n"));

        assertThat(merged(prepared())).isInstanceOf(Merged.Unmergeable.class);
    }
}
