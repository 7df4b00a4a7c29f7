package dev.pawl.sandbox.http;

import dev.pawl.sandbox.act.Hub;
import dev.pawl.sandbox.world.Job;
import dev.pawl.sandbox.world.Repo;
import java.util.Map;
import java.util.Optional;

/**
 * The other host on which logs lie: an address that the API gave is enough, for a minute. Like the storage that GitHub
 * uses it answers nothing to whoever brings other credentials.
 */
public final class LogHost implements Desk {
    private final Hub hub;

    /** Serves the logs of this hub's jobs. */
    public LogHost(Hub hub) {
        this.hub = hub;
    }

    @Override
    public Reply answer(Incoming request) {
        Answer answer = hub.alone(() -> log(request));
        return Reply.whole(answer.with("Date", HttpDate.of(hub.now())));
    }

    @Override
    public void sent(Incoming request) {}

    private Answer log(Incoming request) {
        if (request.header("authorization").isPresent()
                || request.header("cookie").isPresent()) {
            return text(401, "InvalidAuthenticationInfo");
        }
        String job = request.path().replaceFirst("^/logs/", "");
        String until = request.parameters().getOrDefault("until", "");
        boolean holds = job.matches("[0-9]{1,18}")
                && until.matches("[0-9]{1,18}")
                && hub.now().getEpochSecond() <= Long.parseLong(until)
                && hub.signature(job, until).equals(request.parameters().get("sig"));
        if (!holds) {
            return text(403, "AuthenticationFailed");
        }
        return hub.world().repos().stream()
                .map(Repo::jobs)
                .flatMap(jobs -> Optional.ofNullable(jobs.get(Long.parseLong(job))).stream())
                .map(Job::log)
                .findFirst()
                .map(log -> text(200, log))
                .orElseGet(() -> text(404, "BlobNotFound"));
    }

    private static Answer text(int status, String text) {
        return new Answer(status, Map.of("Content-Type", "text/plain; charset=utf-8"), Bytes.of(text));
    }
}
