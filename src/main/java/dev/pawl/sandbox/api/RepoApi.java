package dev.pawl.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Call;
import dev.pawl.sandbox.http.Refusal;
import dev.pawl.sandbox.http.Route;
import dev.pawl.sandbox.json.AccountJson;
import dev.pawl.sandbox.json.RepoJson;
import dev.pawl.sandbox.world.Account;
import dev.pawl.sandbox.world.Right;
import dev.pawl.sandbox.world.Role;
import java.time.Instant;
import java.util.List;

/** The repository itself, its people, and accounts. */
final class RepoApi {
    private RepoApi() {}

    static List<Route> routes() {
        return List.of(
                Route.of("GET", "", RepoApi::repository),
                Route.of("GET", "/collaborators/{login}/permission", RepoApi::permission),
                Route.at("GET", "/user", RepoApi::self),
                Route.at("GET", "/users/{login}", RepoApi::user));
    }

    /** To people it also says what they may. */
    private static Answer repository(Call call) {
        ObjectNode json = RepoJson.of(call.view());
        if (!call.account().isApp()) {
            Role role = call.repo().roleOf(call.account());
            json.set("permissions", AccountJson.rights(role == Role.NONE ? Role.READ : role));
        }
        return Answer.ok(json);
    }

    /** Who may not push may not ask: "Must have push access to view collaborator permission." */
    private static Answer permission(Call call) {
        Account about = call.hub().world().account(call.name("login")).orElseThrow(Refusal::notFound);
        if (!call.account().isApp() && !Right.PUSH.isOf(call.account(), call.repo())) {
            throw Refusal.of(403, "Must have push access to view collaborator permission.");
        }
        Role role = call.repo().roleOf(about);
        boolean isStranger =
                role == Role.NONE && !about.isApp() && !call.repo().settings().isPrivate();
        return Answer.ok(AccountJson.permission(
                about, isStranger ? Role.READ : role, call.hub().urls()));
    }

    /** A workflow's token has no account of its own to show. */
    private static Answer self(Call call) {
        if (call.account().isApp()) {
            throw Refusal.forbidden(call.account());
        }
        return profile(call, call.account());
    }

    private static Answer user(Call call) {
        return profile(call, call.hub().world().account(call.name("login")).orElseThrow(Refusal::notFound));
    }

    private static Answer profile(Call call, Account account) {
        return Answer.ok(AccountJson.profile(account, call.hub().urls(), Instant.EPOCH));
    }
}
