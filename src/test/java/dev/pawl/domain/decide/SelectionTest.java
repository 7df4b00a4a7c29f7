package dev.pawl.domain.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.Examples;
import dev.pawl.domain.model.Issue;
import dev.pawl.domain.policy.Policy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which issues a sweep looks at. */
class SelectionTest {
    private static List<Issue> order(Issue... issues) {
        return Selection.order(List.of(issues), Policy.DEFAULT);
    }

    private static Issue labelled(String... labels) {
        return Examples.issue("Login times out", "Wait for five minutes.", labels);
    }

    @Test
    void whatIsOverIsPassedBy() {
        assertThat(order(labelled("pawl", "pawl:completed"), labelled("pawl", "pawl:closed-unresolved")))
                .isEmpty();
    }

    @Test
    void whoeverDiedBetweenTwoLabelsIsStillLookedAt() {
        Issue both = labelled("pawl", "pawl:completed", "pawl:planning");

        assertThat(order(both)).containsExactly(both);
    }

    @Test
    void pausedAndExcludedIssuesArePassedBy() {
        assertThat(order(labelled("pawl", "pawl:pause"), labelled("pawl", "needs-design")))
                .isEmpty();
    }

    @Test
    void aPriorityComesFirst() {
        Issue plain = labelled("pawl", "bug");
        Issue urgent = labelled("pawl", "priority: high");

        assertThat(order(plain, urgent)).containsExactly(urgent, plain);
    }
}
