package dev.pawl.sandbox.act;

import dev.pawl.sandbox.git.BareRepository;
import dev.pawl.sandbox.json.Urls;
import dev.pawl.sandbox.json.View;
import dev.pawl.sandbox.world.Account;
import dev.pawl.sandbox.world.Repo;
import dev.pawl.sandbox.world.World;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The one place that holds the world, its git repositories and its clock; one act happens at a time. */
public final class Hub implements AutoCloseable {
    private final Path folder;
    private final InstantSource clock;
    private final Urls urls;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, BareRepository> repositories = new HashMap<>();
    private World world = new World();
    private String logHost = "";

    /** An empty world; repositories lie in {@code folder}, as {@code owner/name.git}. */
    public Hub(Path folder, InstantSource clock, Urls urls) {
        this.folder = folder;
        this.clock = clock;
        this.urls = urls;
    }

    /** Does something while nobody else does. */
    public <T> T alone(Supplier<T> what) {
        lock.lock();
        try {
            return what.get();
        } finally {
            lock.unlock();
        }
    }

    /** The world as it is; only to be read or changed inside {@link #alone}. */
    public World world() {
        return world;
    }

    /** Puts another world in place. */
    public void world(World other) {
        world = other;
    }

    /** Where things are found. */
    public Urls urls() {
        return urls;
    }

    /** Where the logs of jobs lie: another host. */
    public void logHost(String address) {
        logHost = address;
    }

    /** Where that job's log is found for a minute. */
    public String logs(long job) {
        String until = Long.toString(now().plusSeconds(60).getEpochSecond());
        return logHost + "/logs/" + job + "?until=" + until + "&sig=" + signature(Long.toString(job), until);
    }

    /** What nobody else can write below an address. */
    public String signature(String job, String until) {
        return Integer.toHexString((job + " " + until + " " + folder).hashCode());
    }

    /** The present second. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** The git repository of a repository. */
    public BareRepository git(Repo repo) {
        return repositories.computeIfAbsent(
                repo.id(), id -> BareRepository.at(folder.resolve(repo.fullName() + ".git")));
    }

    /** The repository as renderings see it. */
    public View view(Repo repo) {
        return new View(world, repo, git(repo), urls);
    }

    /** The account of that login, which exists. */
    public Account account(String login) {
        return world.account(login).orElseThrow(() -> new IllegalArgumentException("no account " + login));
    }

    /** The repository that has or had that name. */
    public Repo repo(String fullName) {
        return world.repo(fullName)
                .or(() -> world.formerly(fullName))
                .orElseThrow(() -> new IllegalArgumentException("no repository " + fullName));
    }

    @Override
    public void close() {
        repositories.values().forEach(BareRepository::close);
    }
}
