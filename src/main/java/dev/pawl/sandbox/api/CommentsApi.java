package dev.pawl.sandbox.api;

import dev.pawl.sandbox.act.CommentActs.Reacted;
import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Call;
import dev.pawl.sandbox.http.Page;
import dev.pawl.sandbox.http.Refusal;
import dev.pawl.sandbox.http.Route;
import dev.pawl.sandbox.json.IssueJson;
import dev.pawl.sandbox.world.Comment;
import dev.pawl.sandbox.world.Issue;
import dev.pawl.sandbox.world.Reaction;
import dev.pawl.sandbox.world.Right;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Comments and reactions. See <a href="https://docs.github.com/rest/issues/comments">REST: issue comments</a>. */
final class CommentsApi {
    private CommentsApi() {}

    static List<Route> routes() {
        ToLongFunction<Call> issue = call -> call.issue().id();
        ToLongFunction<Call> comment = call -> comment(call).id();
        return List.of(
                Route.of("GET", "/issues/comments", CommentsApi::ofRepository),
                Route.of("GET", "/issues/comments/{id}", call -> shown(call, comment(call))),
                Route.of("PATCH", "/issues/comments/{id}", CommentsApi::edit),
                Route.of("DELETE", "/issues/comments/{id}", CommentsApi::delete),
                Route.of("GET", "/issues/{number}/comments", CommentsApi::ofIssue),
                Route.of("POST", "/issues/{number}/comments", CommentsApi::say),
                Route.of("GET", "/issues/comments/{id}/reactions", call -> reactions(call, comment)),
                Route.of("POST", "/issues/comments/{id}/reactions", call -> react(call, comment)),
                Route.of("DELETE", "/issues/comments/{id}/reactions/{reaction}", call -> unreact(call, comment)),
                Route.of("GET", "/issues/{number}/reactions", call -> reactions(call, issue)),
                Route.of("POST", "/issues/{number}/reactions", call -> react(call, issue)),
                Route.of("DELETE", "/issues/{number}/reactions/{reaction}", call -> unreact(call, issue)));
    }

    private static Answer shown(Call call, Comment comment) {
        return Answer.ok(IssueJson.of(comment, call.view()));
    }

    private static Comment comment(Call call) {
        call.needs(Right.READ_ISSUES);
        return Optional.ofNullable(call.repo().comments().get(call.number("id")))
                .orElseThrow(Refusal::notFound);
    }

    /** Ascending by id, and {@code since} means the last change. */
    private static Answer ofIssue(Call call) {
        call.needs(Right.READ_ISSUES);
        return listed(call, call.repo().commentsOf(call.issue().number()));
    }

    private static Answer ofRepository(Call call) {
        call.needs(Right.READ_ISSUES);
        Comparator<Comment> order = "updated".equals(call.query("sort").orElse(""))
                ? Comparator.comparing(Comment::updatedAt).thenComparing(Comment::id)
                : Comparator.comparing(Comment::id);
        boolean isDescending = "desc".equals(call.query("direction").orElse("asc"));
        return listed(
                call,
                call.repo().comments().values().stream()
                        .sorted(isDescending ? order.reversed() : order)
                        .toList());
    }

    private static Answer listed(Call call, List<Comment> comments) {
        Optional<Instant> since = IssueFilter.since(call);
        List<Comment> shown = comments.stream()
                .filter(c -> since.isEmpty() || !c.updatedAt().isBefore(since.get()))
                .toList();
        return Page.of(call, shown, c -> IssueJson.of(c, call.view()));
    }

    private static Answer say(Call call) {
        Issue issue = call.issue();
        call.needs(Right.SPEAK, issue);
        if (!call.act().issues().maySpeak(issue)) {
            throw Refusal.of(403, "Unable to create comment because issue is locked.");
        }
        Comment comment = call.act().comments().say(issue, words(call));
        return Answer.created(IssueJson.of(comment, call.view()));
    }

    private static String words(Call call) {
        return Body.words(call.body(), "IssueComment")
                .filter(w -> !w.isBlank())
                .orElseThrow(() -> Refusal.custom("IssueComment", "body", "body cannot be blank"));
    }

    private static Answer edit(Call call) {
        Comment comment = comment(call);
        needsOwnership(call, comment);
        return shown(call, call.act().comments().edit(comment, words(call)));
    }

    private static Answer delete(Call call) {
        Comment comment = comment(call);
        needsOwnership(call, comment);
        call.act().comments().delete(comment);
        return Answer.nothing();
    }

    /** Its author may change a comment, and whoever may push. */
    private static void needsOwnership(Call call, Comment comment) {
        boolean isOwn = comment.author().equals(call.account().login());
        call.needs(isOwn ? Right.SPEAK : Right.MODERATE);
    }

    private static Answer reactions(Call call, ToLongFunction<Call> subject) {
        List<Reaction> shown = call.repo().reactions(subject.applyAsLong(call)).stream()
                .filter(r -> call.query("content").map(r.content()::equals).orElse(true))
                .toList();
        return Page.of(call, shown, r -> IssueJson.of(r, call.view()));
    }

    /** 201 for a new reaction, 200 for one that is there already. */
    private static Answer react(Call call, ToLongFunction<Call> subject) {
        call.needs(Right.SPEAK);
        String content = Body.needed(call.body(), "content", "Reaction");
        if (!Reaction.CONTENTS.contains(content)) {
            throw Refusal.invalid("Reaction", "content", "invalid");
        }
        Reacted reacted = call.act().comments().react(subject.applyAsLong(call), content);
        return Answer.of(reacted.isNew() ? 201 : 200, IssueJson.of(reacted.reaction(), call.view()));
    }

    private static Answer unreact(Call call, ToLongFunction<Call> subject) {
        call.needs(Right.SPEAK);
        long id = call.number("reaction");
        String own = call.account().login();
        boolean removed = call.repo()
                .reactions(subject.applyAsLong(call))
                .removeIf(r -> r.id() == id && r.account().equals(own));
        if (!removed) {
            throw Refusal.notFound();
        }
        return Answer.nothing();
    }
}
