package dev.pawl.sandbox.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Everything the embedded GitHub remembers beside git. Ids are counted, never drawn, so that two walks agree. */
public final class World {
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final Map<String, Repo> repos = new LinkedHashMap<>();
    /** Ids by names that repositories had, in lower case. */
    private final Map<String, Long> formerNames = new HashMap<>();

    private final List<WebhookEvent> events = new ArrayList<>();
    private long lastId = 1_000_000;

    /** A deep copy. */
    public World copy() {
        var copy = new World();
        copy.accounts.putAll(accounts);
        repos.forEach((name, repo) -> copy.repos.put(name, repo.copy()));
        copy.formerNames.putAll(formerNames);
        copy.events.addAll(events);
        copy.lastId = lastId;
        return copy;
    }

    /** The next id; all kinds of things share one row of numbers. */
    public long nextId() {
        return ++lastId;
    }

    /** All accounts. */
    public List<Account> accounts() {
        return List.copyOf(accounts.values());
    }

    /** The account of that login, in whatever case. */
    public Optional<Account> account(String login) {
        return Optional.ofNullable(accounts.get(login.toLowerCase(Locale.ROOT)));
    }

    /** The account that acts with this token. */
    public Optional<Account> byToken(String token) {
        return accounts.values().stream().filter(a -> a.token().equals(token)).findFirst();
    }

    /** Adds an account, or replaces the one of its login. */
    public void add(Account account) {
        accounts.put(account.login().toLowerCase(Locale.ROOT), account);
    }

    /** All repositories. */
    public List<Repo> repos() {
        return List.copyOf(repos.values());
    }

    /** The repository of that full name, in whatever case. */
    public Optional<Repo> repo(String fullName) {
        return Optional.ofNullable(repos.get(fullName.toLowerCase(Locale.ROOT)));
    }

    /** The repository of that id. */
    public Optional<Repo> repo(long id) {
        return repos.values().stream().filter(r -> r.id() == id).findFirst();
    }

    /** The repository that had that full name, where no other one has it now. */
    public Optional<Repo> formerly(String fullName) {
        return repo(fullName).isPresent()
                ? Optional.empty()
                : Optional.ofNullable(formerNames.get(fullName.toLowerCase(Locale.ROOT)))
                        .flatMap(this::repo);
    }

    /** Renames a repository. */
    public void rename(Repo repo, String owner, String name) {
        String old = repo.fullName().toLowerCase(Locale.ROOT);
        repos.remove(old);
        formerNames.put(old, repo.id());
        repo.rename(owner, name);
        add(repo);
    }

    /** Adds a repository. */
    public void add(Repo repo) {
        repos.put(repo.fullName().toLowerCase(Locale.ROOT), repo);
    }

    /** Events nobody took yet, oldest first. */
    public List<WebhookEvent> events() {
        return events;
    }
}
