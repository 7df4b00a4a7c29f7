package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.Security;
import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an agent leaves in the place of its result, and in the tree, for Pawl to stumble over: as root, where the agent is
 * somebody else, and as an ordinary user, where it is the same one and can take more for it.
 */
@Tag(Program.TAG)
@Timeout(240)
@Security
class ResultTrapsTest {
    private final Canaries canaries = new Canaries();
    private final List<String> outgoing = new CopyOnWriteArrayList<>();
    private Path folder = Path.of("");
    private Path secret = Path.of("");
    private Object owner = "";
    private Story story;

    @BeforeEach
    void aSecretThatOnlyPawlMayRead() throws IOException {
        folder = OpenFolder.create();
        story = new Story(folder);
        story.github.observe(exchange -> outgoing.add(exchange.path() + exchange.query() + exchange.requestBody()));
        OpenFolder.open(folder.resolve("agent"), "rwxrwxrwx");
        secret = Files.writeString(folder.resolve("secret"), canaries.in("behind a link"));
        OpenFolder.open(secret, "rw-------");
        owner = Files.getAttribute(secret, "unix:uid");
    }

    @AfterEach
    void close() throws IOException {
        story.close();
        OpenFolder.remove(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ln -s /etc/shadow \"$PAWL_RESULT\"",
                "ln -s SECRET \"$PAWL_RESULT\"",
                "ln SECRET \"$PAWL_RESULT\" || echo '{}' >\"$PAWL_RESULT\"",
                "mkfifo \"$PAWL_RESULT\"",
                "truncate -s 10G \"$PAWL_RESULT\"",
                "truncate -s 3G \"$PAWL_RESULT\"",
                "rm -rf \"$(dirname \"$PAWL_RESULT\")\"; ln -s /etc \"$(dirname \"$PAWL_RESULT\")\""
            })
    void sec15AResultThatIsATrapIsNotRead(String trap) throws IOException {
        story.agent.runs("plan", trap.replace("SECRET", secret.toString()) + "\nexit 0");
        SandboxIssue issue = story.bug();

        var ended = story.rings();

        assertThat(Story.moves(ended)).as("%s", ended).contains("plan failed").doesNotContain("plan advanced");
        assertThat(canaries.foundIn(String.join("\n", outgoing) + story.saidOn(issue) + ended))
                .isEmpty();
        theSecretIsAsItWas();
    }

    /** Links, pipes and closed folders in the tree: they are refused or left out, and nothing is followed. */
    @Test
    void sec15ATreeThatIsATrapIsRefused() throws IOException {
        story.agent.runs(
                "implement",
                "ln -s " + secret
                        + " stolen.txt; mkfifo pipe; mkdir closed; echo x > closed/file; chmod 0 closed/file closed;"
                        + " echo '2 + 2 = 4' > sum.txt");
        story.bug();

        var ended = story.rings();

        assertThat(Story.moves(ended))
                .as("%s", ended)
                .contains("implement failed")
                .doesNotContain("implement advanced");
        assertThat(story.repo.pullRequests()).isEmpty();
        assertThat(canaries.foundIn(String.join("\n", outgoing) + ended)).isEmpty();
        theSecretIsAsItWas();
    }

    private void theSecretIsAsItWas() throws IOException {
        assertThat(Files.readString(secret)).isEqualTo(canaries.in("behind a link"));
        assertThat(Files.getPosixFilePermissions(secret)).hasSize(2);
        assertThat(Files.getAttribute(secret, "unix:uid")).isEqualTo(owner);
    }
}
