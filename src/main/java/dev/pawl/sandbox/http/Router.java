package dev.pawl.sandbox.http;

import dev.pawl.sandbox.act.Hub;
import dev.pawl.sandbox.json.Json;
import dev.pawl.sandbox.world.Account;
import dev.pawl.sandbox.world.Repo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds the endpoint of a REST request and the account behind its token. */
public final class Router {
    private static final int HOURLY_LIMIT = 5000;

    private final Hub hub;
    private final List<Route> routes;
    private int used;

    /** Routes are tried in this order. */
    public Router(Hub hub, List<Route> routes) {
        this.hub = hub;
        this.routes = List.copyOf(routes);
    }

    /** Answers a request of the REST API. */
    public Answer answer(Incoming request) {
        used++;
        Answer answer = found(request);
        String reset = Long.toString(hub.now().plus(Duration.ofHours(1)).getEpochSecond());
        return answer.with("X-GitHub-Media-Type", "github.v3; format=json")
                .with("X-GitHub-Api-Version-Selected", "2022-11-28")
                .with("X-RateLimit-Limit", Integer.toString(HOURLY_LIMIT))
                .with("X-RateLimit-Remaining", Integer.toString(Math.max(0, HOURLY_LIMIT - used)))
                .with("X-RateLimit-Used", Integer.toString(used))
                .with("X-RateLimit-Reset", reset)
                .with("X-RateLimit-Resource", "core");
    }

    private Answer found(Incoming request) {
        try {
            Account account = account(hub, request).orElseThrow(() -> Refusal.of(401, complaint(request)));
            if ("/rate_limit".equals(request.path())) {
                return rateLimit();
            }
            List<String> path = named(request.segments());
            new RepoGate(hub).pass(request, path);
            for (Route route : routes) {
                if (route.method().equals("HEAD".equals(request.method()) ? "GET" : request.method())) {
                    var names = route.fits(path);
                    if (names.isPresent()) {
                        return unlessKnown(
                                request, route.endpoint().answer(new Call(hub, account, request, names.get())));
                    }
                }
            }
            return Refusal.notFound().answer();
        } catch (Refusal refusal) {
            return refusal.answer();
        }
    }

    private static String complaint(Incoming request) {
        return request.header("authorization").isEmpty() ? "Requires authentication" : "Bad credentials";
    }

    /** The account whose token the request carries, as bearer, as {@code token} or as a Basic password. */
    public static Optional<Account> account(Hub hub, Incoming request) {
        return request.header("authorization").flatMap(value -> {
            int space = value.indexOf(' ');
            String scheme = value.substring(0, Math.max(space, 0)).toLowerCase(Locale.ROOT);
            String credentials = value.substring(space + 1).strip();
            return hub.world().byToken("basic".equals(scheme) ? password(credentials) : credentials);
        });
    }

    private static String password(String credentials) {
        try {
            String pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    /** GitHub's own links name repositories by number: {@code /repositories/{id}/…}. */
    private List<String> named(List<String> path) {
        if (path.size() < 2
                || !"repositories".equals(path.getFirst())
                || !path.get(1).matches("[0-9]{1,18}")) {
            return path;
        }
        Repo repo = hub.world().repo(Long.parseLong(path.get(1))).orElseThrow(Refusal::notFound);
        var named = new ArrayList<>(List.of("repos", repo.owner(), repo.name()));
        named.addAll(path.subList(2, path.size()));
        return named;
    }

    /** An answer to GET has an ETag, and is 304 for those who have it already. */
    private static Answer unlessKnown(Incoming request, Answer answer) {
        if (request.isWrite() || answer.status() != 200) {
            return answer;
        }
        String etag = "W/\"" + Integer.toHexString(answer.body().text().hashCode()) + "-"
                + answer.body().length() + "\"";
        boolean isKnown = request.header("if-none-match").filter(etag::equals).isPresent();
        return (isKnown ? new Answer(304, Map.of(), Bytes.none()) : answer).with("ETag", etag);
    }

    /** Asking for the limit costs nothing. */
    private Answer rateLimit() {
        used--;
        var rate = Json.object()
                .put("limit", HOURLY_LIMIT)
                .put("used", used)
                .put("remaining", Math.max(0, HOURLY_LIMIT - used))
                .put("reset", hub.now().plus(Duration.ofHours(1)).getEpochSecond());
        var resources = Json.object();
        for (String name : List.of("core", "search", "graphql")) {
            resources.set(name, rate.deepCopy());
        }
        var json = Json.object();
        json.set("resources", resources);
        json.set("rate", rate);
        return Answer.ok(json);
    }
}
