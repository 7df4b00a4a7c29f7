package dev.pawl.sandbox.http;

import dev.pawl.sandbox.act.Act;
import dev.pawl.sandbox.act.Hub;
import dev.pawl.sandbox.git.FileChange;
import dev.pawl.sandbox.git.SmartHttp;
import dev.pawl.sandbox.world.Account;
import dev.pawl.sandbox.world.Repo;
import dev.pawl.sandbox.world.Right;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.jspecify.annotations.Nullable;

/** Git over HTTP, with Basic authentication by token, and GitHub's own rules about pushes. */
final class GitDoor {
    private static final Pattern PATH =
            Pattern.compile("/([^/]+/[^/]+)\\.git/(info/refs|git-upload-pack|git-receive-pack)");

    private final Hub hub;

    GitDoor(Hub hub) {
        this.hub = hub;
    }

    Answer answer(Incoming request) {
        Optional<Account> account = Router.account(hub, request);
        if (account.isEmpty()) {
            return text(401, "Invalid username or token.").with("WWW-Authenticate", "Basic realm=\"GitHub\"");
        }
        Matcher path = PATH.matcher(request.path());
        Optional<Repo> renamed = path.matches() ? hub.world().formerly(path.group(1)) : Optional.empty();
        if (renamed.isPresent()) {
            return moved(request, renamed.get(), path.group(2));
        }
        Optional<Repo> repo = path.matches() ? hub.world().repo(path.group(1)) : Optional.empty();
        if (repo.isEmpty() || !Right.READ_CONTENTS.isOf(account.get(), repo.get())) {
            return text(404, "Repository not found.");
        }
        String service =
                "info/refs".equals(path.group(2)) ? request.parameters().getOrDefault("service", "") : path.group(2);
        if (repo.get().settings().isBlocked()) {
            return text(451, "Repository unavailable.");
        }
        var act = new Act(hub, repo.get(), account.get());
        return switch (service) {
            case "git-upload-pack" -> fetch(act, request);
            case "git-receive-pack" -> push(act, request);
            default -> text(403, "Please upgrade your git client.");
        };
    }

    private Answer moved(Incoming request, Repo to, String service) {
        String query = request.query().isEmpty() ? "" : "?" + request.query();
        return text(301, "Moved.").with("Location", hub.urls().html("/" + to.fullName() + ".git/" + service + query));
    }

    private Answer fetch(Act act, Incoming request) {
        var git = new SmartHttp(hub.git(act.repo()));
        List<String> protocol = request.header("git-protocol")
                .map(value -> List.of(value.split(":", -1)))
                .orElse(List.of());
        return "GET".equals(request.method())
                ? packed("git-upload-pack-advertisement", git.advertiseForFetch(protocol))
                : packed(
                        "git-upload-pack-result",
                        git.fetch(protocol, request.body().array()));
    }

    private Answer push(Act act, Incoming request) {
        if (!Right.PUSH.isOf(act.actor(), act.repo())) {
            return text(
                    403,
                    "Permission to " + act.repo().fullName() + ".git denied to "
                            + act.actor().login() + ".");
        }
        if (act.repo().settings().isArchived()) {
            return text(403, "This repository was archived so it is read-only.");
        }
        var git = new SmartHttp(hub.git(act.repo()));
        if ("GET".equals(request.method())) {
            return packed("git-receive-pack-advertisement", git.advertiseForPush());
        }
        byte[] answer = git.push(
                request.body().array(),
                act.ident(),
                (pack, commands) -> guard(act, commands),
                moved -> moved.forEach(
                        c -> act.refs().moved(c.getRefName(), orNull(c.getOldId()), orNull(c.getNewId()))));
        return packed("git-receive-pack-result", answer);
    }

    private static @Nullable ObjectId orNull(ObjectId id) {
        return id.equals(ObjectId.zeroId()) ? null : id;
    }

    private void guard(Act act, Collection<ReceiveCommand> commands) {
        for (ReceiveCommand command : commands) {
            if (act.repo().settings().refusesRef(command.getRefName())) {
                command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, "deny updating a hidden ref");
            } else if (act.actor().isApp() && command.getType() != ReceiveCommand.Type.DELETE) {
                touchedWorkflow(act, command)
                        .ifPresent(path -> command.setResult(
                                ReceiveCommand.Result.REJECTED_OTHER_REASON,
                                "refusing to allow a GitHub App to create or update workflow `%s` without `workflows` permission"
                                        .formatted(path)));
            }
        }
    }

    /** A workflow file that differs from where the ref stood, or from the default branch for a new ref. */
    private Optional<String> touchedWorkflow(Act act, ReceiveCommand command) {
        var git = hub.git(act.repo());
        Optional<RevCommit> after = git.objects().commit(command.getNewId().name());
        RevCommit before = command.getType() == ReceiveCommand.Type.CREATE
                ? git.objects().commit("HEAD").orElse(null)
                : git.objects().commit(command.getOldId().name()).orElse(null);
        return after.flatMap(commit -> {
            RevCommit from = before == null
                    ? null
                    : git.comparison().mergeBase(before, commit).orElse(null);
            return git.comparison().files(from, commit).stream()
                    .filter(FileChange::isWorkflow)
                    .map(FileChange::path)
                    .findFirst();
        });
    }

    private static Answer packed(String kind, byte[] body) {
        return new Answer(
                200, Map.of("Content-Type", "application/x-" + kind, "Cache-Control", "no-cache"), Bytes.of(body));
    }

    private static Answer text(int status, String words) {
        return new Answer(status, Map.of("Content-Type", "text/plain; charset=utf-8"), Bytes.of(words + "\n"));
    }
}
