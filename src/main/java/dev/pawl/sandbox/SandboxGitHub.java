package dev.pawl.sandbox;

import dev.pawl.sandbox.act.Act;
import dev.pawl.sandbox.act.Hub;
import dev.pawl.sandbox.api.Endpoints;
import dev.pawl.sandbox.fault.Delivery;
import dev.pawl.sandbox.http.Exchange;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.http.Front;
import dev.pawl.sandbox.http.Listener;
import dev.pawl.sandbox.http.LogHost;
import dev.pawl.sandbox.http.RequestCount;
import dev.pawl.sandbox.http.Router;
import dev.pawl.sandbox.json.Urls;
import dev.pawl.sandbox.world.Account;
import dev.pawl.sandbox.world.Repo;
import dev.pawl.sandbox.world.Role;
import dev.pawl.sandbox.world.WebhookEvent;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A GitHub in this process: REST and git over HTTP on the loopback interface, people who act, events to take, faults to
 * inject, and a world that can be described, kept and put back. Its layout is GitHub Enterprise Server's.
 */
public final class SandboxGitHub implements AutoCloseable {
    private static final String ACTIONS_LOGIN = "github-actions[bot]";

    private final Listener listener;
    private final Listener logs;
    private final Hub hub;
    private final Front front;
    private Delivery delivery = Delivery.ORDERLY;

    private SandboxGitHub(Path folder, InstantSource clock, Listener listener) {
        this.listener = listener;
        this.hub = new Hub(folder, clock, new Urls(listener.address()));
        this.logs = new Listener();
        this.hub.logHost(logs.address());
        this.front = new Front(hub, new Router(hub, Endpoints.all()));
    }

    /** Starts an empty GitHub on a free port; its git repositories lie in {@code folder}. */
    public static SandboxGitHub start(Path folder, InstantSource clock) {
        return start(folder, clock, 0);
    }

    /** The same on this port. */
    public static SandboxGitHub start(Path folder, InstantSource clock, int port) {
        var github = new SandboxGitHub(folder, clock, new Listener(port));
        github.hub
                .world()
                .add(new Account(
                        Account.ACTIONS_ID, ACTIONS_LOGIN, Account.Kind.ACTIONS, "ghs_sandboxActions", Role.NONE));
        github.listener.serve(github.front);
        github.logs.serve(new LogHost(github.hub));
        return github;
    }

    /** What {@code GITHUB_API_URL} says. */
    public String apiUrl() {
        return hub.urls().api();
    }

    /** What {@code GITHUB_SERVER_URL} says. */
    public String serverUrl() {
        return hub.urls().server();
    }

    /** What {@code GITHUB_GRAPHQL_URL} says. */
    public String graphqlUrl() {
        return hub.urls().graphql();
    }

    /** The token of workflows, which acts as {@code github-actions[bot]}. */
    public String actionsToken() {
        return hub.alone(() -> hub.account(ACTIONS_LOGIN).token());
    }

    /** {@code github-actions[bot]} as one who acts, without events. */
    public Person actions() {
        return new Person(hub, ACTIONS_LOGIN);
    }

    /** A person with this role in every repository; who exists already gets the role. */
    public Person person(String login, Role role) {
        return account(login, Account.Kind.USER, "ghp_sandbox_" + login, role);
    }

    /** A GitHub App's bot, whose acts have events, unlike those of the workflow token. */
    public Person app(String login) {
        return account(login, Account.Kind.APP, "ghs_sandbox_" + login, Role.NONE);
    }

    private Person account(String login, Account.Kind kind, String token, Role role) {
        return hub.alone(() -> {
            long id = hub.world()
                    .account(login)
                    .map(Account::id)
                    .orElseGet(() -> hub.world().nextId());
            hub.world().add(new Account(id, login, kind, token, role));
            return new Person(hub, login);
        });
    }

    /** A new repository with these texts on its default branch; its owner is a person who administers it. */
    public SandboxRepository createRepository(String fullName, Map<String, String> texts) {
        return createRepository(
                fullName,
                texts.entrySet().stream()
                        .map(text -> SandboxFile.of(text.getKey(), text.getValue()))
                        .toList());
    }

    /** The same with files of every kind. */
    public SandboxRepository createRepository(String fullName, Collection<SandboxFile> files) {
        int slash = fullName.indexOf('/');
        String owner = fullName.substring(0, slash);
        return hub.alone(() -> {
            if (hub.world().account(owner).isEmpty()) {
                var unused = person(owner, Role.NONE);
            }
            var repo = new Repo(hub.world().nextId(), owner, fullName.substring(slash + 1), hub.now());
            repo.grant(owner, Role.ADMIN);
            hub.world().add(repo);
            int before = hub.world().events().size();
            new Commits(new Act(hub, repo, hub.account(owner))).first("Initial commit", files);
            hub.world().events().subList(before, hub.world().events().size()).clear();
            return new SandboxRepository(hub, repo.fullName());
        });
    }

    /** The repository of that name. */
    public SandboxRepository repository(String fullName) {
        return hub.alone(() -> new SandboxRepository(hub, hub.repo(fullName).fullName()));
    }

    /** Takes the events that wait, oldest first unless they are delivered otherwise; they wait no more. */
    public List<WebhookEvent> takeEvents() {
        return hub.alone(() -> {
            List<WebhookEvent> taken = List.copyOf(hub.world().events());
            hub.world().events().clear();
            return delivery.of(taken);
        });
    }

    /** Delivers events that way from now on. */
    public void delivers(Delivery how) {
        hub.alone(() -> delivery = how);
    }

    /** Shows every exchange from now on, on the thread that answers it. */
    public void observe(Consumer<Exchange> observer) {
        front.observe(observer);
    }

    /** Lets these things go wrong from now on, in place of what went wrong before. */
    public void faults(Faults faults) {
        front.faults(faults);
    }

    /** How many requests there were since the start. */
    public RequestCount requests() {
        return front.count();
    }

    /** Keeps the whole world as it is, refs included. */
    public Snapshot snapshot() {
        return hub.alone(() -> Snapshot.of(hub));
    }

    /** Puts a kept world back, as often as wanted. Handles and addresses stay good. */
    public void restore(Snapshot snapshot) {
        hub.alone(() -> {
            snapshot.putBack(hub);
            return snapshot;
        });
    }

    /** The world in words, without ids and times, for comparing two worlds. */
    public String describe() {
        return describe(UnaryOperator.identity());
    }

    /**
     * The same, with one's own eyes for texts.
     *
     * @param normalisation applied to every title, body and message before it is shown
     */
    public String describe(UnaryOperator<String> normalisation) {
        return hub.alone(() -> new Description(hub, normalisation).text());
    }

    @Override
    public void close() {
        listener.close();
        logs.close();
        hub.close();
    }
}
