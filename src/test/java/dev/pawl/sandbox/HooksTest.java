package dev.pawl.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Exchange;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.http.Incoming;
import dev.pawl.sandbox.http.RequestCount;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HooksTest {
    private static final String COMMENTS = World.REPO + "/issues/1/comments";

    private World world;
    private SandboxIssue issue;

    @BeforeEach
    void open(@TempDir Path folder) {
        world = new World(folder);
        issue = world.alice.opensIssue(world.repo, "Bug", "");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void everyExchangeIsShownWithItsAccount() {
        List<Exchange> seen = Collections.synchronizedList(new ArrayList<>());
        world.github.observe(seen::add);
        world.asActions().post(COMMENTS, "{'body':'hi'}");
        new Client(world.github, "wrong").get(World.REPO);

        assertThat(seen).hasSize(2);
        assertThat(seen.getFirst().path()).isEqualTo(COMMENTS);
        assertThat(seen.getFirst().requestBody()).isEqualTo("{\"body\":\"hi\"}");
        assertThat(seen.getFirst().status()).isEqualTo(201);
        assertThat(seen.getFirst().byAccount()).isEqualTo("github-actions[bot]");
        assertThat(seen.getLast().status()).isEqualTo(401);
        assertThat(seen.getLast().byAccount()).isEmpty();
    }

    @Test
    void requestsAreCounted() {
        RequestCount before = world.github.requests();
        world.asActions().get(World.REPO);
        world.asActions().post(COMMENTS, "{'body':'hi'}");
        assertThat(world.github.requests().since(before)).isEqualTo(new RequestCount(2, 1, 0));
    }

    @Test
    void aWriteCutOffBeforeItIsAppliedChangesNothing() {
        world.github.faults(new Faults() {
            @Override
            public Fate beforeApplied(Incoming request) {
                return request.isWrite() ? new Fate.Abort() : new Fate.Proceed();
            }
        });
        assertThatThrownBy(() -> world.asActions().post(COMMENTS, "{'body':'hi'}"))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(issue.comments()).isEmpty();
        assertThat(world.asActions().get(World.REPO).status()).isEqualTo(200);
    }

    @Test
    void aWriteCutOffAfterItWasAppliedHasHappened() {
        world.github.faults(new Faults() {
            @Override
            public Fate beforeAnswered(Incoming request, Answer answer) {
                assertThat(answer.status()).isEqualTo(201);
                return new Fate.Abort();
            }
        });
        assertThatThrownBy(() -> world.asActions().post(COMMENTS, "{'body':'hi'}"))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(issue.comments()).hasSize(1);
    }

    @Test
    void anotherAnswerCanBeGivenAndSomebodyCanActInBetween() {
        world.github.faults(new Faults() {
            @Override
            public Fate beforeApplied(Incoming request) {
                world.alice.labels(issue, "pawl:pause");
                return new Fate.AnswerWith(Answer.of(502, "{\"message\":\"Bad Gateway\"}"));
            }
        });
        assertThat(world.asActions().get(World.REPO).status()).isEqualTo(502);
        assertThat(issue.labels()).containsExactly("pawl:pause");
    }

    @Test
    void theDateIsTheWorldsOwn() {
        assertThat(date()).isEqualTo("Sat, 21 Nov 2026 10:00:00 GMT");
        world.pass(Duration.ofHours(2));
        assertThat(date()).isEqualTo("Sat, 21 Nov 2026 12:00:00 GMT");
    }

    private String date() {
        return world.asActions()
                .get(World.REPO)
                .raw()
                .headers()
                .firstValue("Date")
                .orElse("");
    }
}
