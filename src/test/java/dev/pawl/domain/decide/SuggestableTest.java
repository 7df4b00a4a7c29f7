package dev.pawl.domain.decide;

import static dev.pawl.domain.Examples.BOT;
import static dev.pawl.domain.Examples.MAINTAINER;
import static dev.pawl.domain.Examples.NOW;
import static dev.pawl.domain.Examples.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.decide.Suggestable.Verdict;
import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Check;
import dev.pawl.domain.model.Check.Result;
import dev.pawl.domain.model.Permission;
import dev.pawl.domain.model.PullFacts;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.model.Review;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.state.PastLease;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which pull requests of other people get suggestions. */
class SuggestableTest {
    private static final Sha HEAD = new Sha("a".repeat(40));

    private Actor author = MAINTAINER;
    private boolean same = true;
    private boolean complete = true;
    private PullRequest.Status status = PullRequest.Status.OPEN;
    private List<String> labels = List.of();
    private Sha head = HEAD;
    private final List<Check> checks = new ArrayList<>(List.of(check("build", Result.FAILURE)));
    private final List<Review> reviews = new ArrayList<>();

    private static Check check(String name, Result result) {
        return new Check(name, result, false, "", Optional.empty());
    }

    private Verdict verdict() {
        var pull = new PullRequest(
                7,
                author,
                "change",
                same,
                head,
                "main",
                status,
                false,
                "",
                PullRequest.Merging.UNKNOWN,
                labels,
                List.of());
        return Suggestable.of(
                new PullFacts(pull, reviews, List.of(), checks, PullFacts.Rules.NONE, complete), policy());
    }

    private Suggestable.Key key() {
        return ((Verdict.Due) verdict()).key();
    }

    private void given(String key) {
        reviews.add(new Review(
                reviews.size() + 1,
                BOT,
                Review.Verdict.COMMENTED,
                Optional.of(HEAD),
                NOW,
                Untrusted.EMPTY,
                Optional.of(key)));
    }

    private void isNot(Unsuggested why) {
        assertThat(verdict()).isEqualTo(new Verdict.Not(why));
    }

    @ParameterizedTest
    @EnumSource(Result.class)
    void onlyAFailureThatSpeaksOfTheChangeCounts(Result result) {
        checks.clear();
        checks.add(check("build", result));
        switch (result) {
            case FAILURE, TIMED_OUT, STARTUP_FAILURE ->
                assertThat(verdict()).isInstanceOfSatisfying(Verdict.Due.class, due -> {
                    assertThat(due.failed()).containsExactlyElementsOf(checks);
                    assertThat(due.before()).isFalse();
                });
            case PENDING -> isNot(Unsuggested.PENDING);
            case SUCCESS, NEUTRAL, SKIPPED, CANCELLED, STALE, ACTION_REQUIRED -> isNot(Unsuggested.GREEN);
        }
    }

    @Test
    void allMustHaveEnded() {
        checks.add(check("lint", Result.PENDING));
        isNot(Unsuggested.PENDING);
    }

    @Test
    void whatCantBeSeenIsNoReason() {
        complete = false;
        isNot(Unsuggested.UNSEEN);
    }

    @Test
    void aForkOrAClosedOneIsNone() {
        same = false;
        isNot(Unsuggested.NO_PULL);
        same = true;
        status = PullRequest.Status.MERGED;
        isNot(Unsuggested.NO_PULL);
    }

    @Test
    void labelsAndBotsKeepPawlAway() {
        labels = List.of("Pawl:Pause");
        isNot(Unsuggested.EXCLUDED);
        labels = List.of("needs-design");
        isNot(Unsuggested.EXCLUDED);
        labels = List.of("bug");
        author = BOT;
        isNot(Unsuggested.NOT_PERMITTED);
    }

    @ParameterizedTest
    @CsvSource({"NONE,false", "READ,false", "TRIAGE,false", "WRITE,true", "ADMIN,true"})
    void itsAuthorNeedsThePermissionToStartPawl(Permission permission, boolean may) {
        assertThat(Suggestable.may(permission, policy())).isEqualTo(may);
    }

    @Test
    void theKeyIsTheCommitAndTheFailedChecksInWhateverOrder() {
        checks.add(check("lint", Result.FAILURE));
        Suggestable.Key both = key();
        checks.sort((a, b) -> b.name().compareTo(a.name()));
        checks.add(check("docs", Result.SUCCESS));
        assertThat(key()).isEqualTo(both);
        head = new Sha("b".repeat(40));
        assertThat(key()).isNotEqualTo(both);
        head = HEAD;
        checks.removeIf(c -> c.name().equals("lint"));
        assertThat(key()).isNotEqualTo(both);
        assertThat(both.review()).matches("suggestions-[0-9a-f]{16}");
    }

    @Test
    void theSameIsGivenOnceAndThreeTimesInAll() {
        String key = key().review();
        given("suggestions-0");
        given("review-1");
        assertThat(verdict())
                .isInstanceOfSatisfying(
                        Verdict.Due.class, due -> assertThat(due.before()).isTrue());
        given(key);
        isNot(Unsuggested.GIVEN);
        reviews.removeLast();
        given("suggestions-1");
        given("suggestions-2");
        isNot(Unsuggested.ENOUGH);
    }

    private static List<PastLease> leases(String... ends) {
        return Stream.of(ends)
                .map(end -> new PastLease(
                        HEAD,
                        1,
                        StageKind.REVIEW,
                        NOW,
                        end.isEmpty() ? Optional.empty() : Optional.of(new PastLease.End(NOW, end))))
                .toList();
    }

    private Optional<Unsuggested> keptBy(String... ends) {
        return Suggestable.keptBy(leases(ends), key(), policy());
    }

    @Test
    void theLedgerRemembersWhatNobodySees() {
        assertThat(keptBy()).isEmpty();
        assertThat(keptBy("nothing", key().given())).contains(Unsuggested.GIVEN);
        assertThat(keptBy("nothing", key().looked())).contains(Unsuggested.LOOKED);
        assertThat(keptBy("unsuggested-0", "suggested-0", "untold-0", "untold-1", "untold-2"))
                .isEmpty();
    }

    @Test
    void failuresAndDeathsInARowCountAndStartsInAll() {
        String failed = key().failed();
        assertThat(keptBy(failed, failed)).isEmpty();
        assertThat(keptBy(failed, "nothing", failed, failed)).contains(Unsuggested.FAILED);
        assertThat(keptBy("", "", failed)).contains(Unsuggested.FAILED);
        assertThat(keptBy("nothing", "", "", "")).isEmpty();
        String[] many = Stream.generate(() -> "unsuggested-0").limit(30).toArray(String[]::new);
        assertThat(keptBy(many)).contains(Unsuggested.STARTS);
        many[0] = "nothing";
        assertThat(keptBy(many)).isEmpty();
    }
}
