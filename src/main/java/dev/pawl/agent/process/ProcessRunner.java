package dev.pawl.agent.process;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one command and returns when it and everything that it started are gone. While a runner is open, the end of
 * this program (SIGTERM, SIGINT) also ends what it runs; then the call never returns.
 */
public final class ProcessRunner implements AutoCloseable {
    /** The variable whose random value marks our processes. */
    static final String MARK = "PAWL_MARK";

    private static final Logger LOG = LoggerFactory.getLogger(ProcessRunner.class);
    private static final long TICK = TimeUnit.SECONDS.toNanos(1);
    /** How long a process has to end by itself once its input is at its end. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private static final Duration LOG_PATIENCE = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final Supplier<String> nonces;
    private final Supplier<Launcher> launchers;
    private final Set<ProcessGroup> running = ConcurrentHashMap.newKeySet();
    private final Thread hook = new Thread(this::shutDownWithProgram, "pawl-shutdown");
    /** Whether anything was started since nobody of the agents' user was left. */
    private boolean unswept;

    private volatile boolean closed;
    private volatile boolean programEnds;

    /**
     * Opens a runner, and registers it with the end of this program.
     *
     * @param clock tells how long things took
     * @param nonces gives values that nobody can guess
     */
    public ProcessRunner(InstantSource clock, Supplier<String> nonces) {
        this(clock, nonces, Launcher::plain);
    }

    /**
     * Opens one whose commands are started by others' rules.
     *
     * @param clock tells how long things took
     * @param nonces gives values that nobody can guess
     * @param launchers says how a command is started, asked anew for each
     */
    public ProcessRunner(InstantSource clock, Supplier<String> nonces, Supplier<Launcher> launchers) {
        this.clock = clock;
        this.nonces = nonces;
        this.launchers = launchers;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** A value that nobody can guess. */
    public String nonce() {
        return nonces.get();
    }

    /** Runs the command to its end, or to ours. */
    public Ended run(Command command) {
        Instant begin = clock.instant();
        Ended ended = begin(command, input(command.streams()))
                .<Ended>map(started -> end(started, command, begin))
                .orElseGet(() -> new Ended.NotFound(command.program()));
        return programEnds ? neverAnswer() : ended;
    }

    /**
     * Starts a command that runs beside us until it is closed, at the latest until we are. Its time limit doesn't count;
     * its listener isn't told of an end that is our own.
     *
     * @return empty when there is no such program, or it can't be run
     */
    public Optional<Companion> open(Command command) {
        return begin(command, Redirect.PIPE).map(started -> {
            var group = started.group();
            return new Companion(
                    started.process(), group, command, new Companion.Ends(() -> programEnds, () -> gone(group)));
        });
    }

    /** Nobody starts between the moment when we end everybody and our own end. */
    private synchronized Optional<Started> begin(Command command, Redirect input) {
        Launcher launcher = launchers.get();
        var program = Programs.find(command, launcher::mayRun);
        if (program.isEmpty() || closed) {
            if (program.isEmpty() && Programs.find(command).isPresent()) {
                LOG.warn("event=not-started reason=closed-to-the-agents-user program={}", command.program());
            }
            return Optional.empty();
        }
        launcher.lend(command);
        String mark = nonces.get();
        try {
            var words = new ArrayList<>(launcher.words());
            words.add(program.get().toAbsolutePath().toString());
            words.addAll(command.argv().subList(1, command.argv().size()));
            unswept = true;
            Process process = start(command, words, mark, input);
            var group = new ProcessGroup(process.toHandle(), Launcher.makesSessions(), MARK + "=" + mark);
            running.add(group);
            return Optional.of(new Started(process, group, launcher.user().isPresent()));
        } catch (IOException e) {
            LOG.warn("event=not-started reason={}", e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private record Started(Process process, ProcessGroup group, boolean apart) {}

    private Ended end(Started started, Command command, Instant begin) {
        var process = started.process();
        var group = started.group();
        Optional<Input> input = command.streams().conversation().map(talk -> begin(talk, process));
        // Who is talked with is asked to end by the end of its input, and only then by a signal.
        var output = new Output(process, command.streams(), () -> input.ifPresentOrElse(Input::end, group::terminate));
        Ended.Cause cause;
        try {
            cause = await(started, command, output, input);
        } finally {
            over(started);
        }
        output.finish();
        input.ifPresent(Input::finish);
        return new Ended.Ran(cause, exitCode(process), Duration.between(begin, clock.instant()), output.log());
    }

    /** Who has a user of its own is ended with all of that user's; there is nobody to look for, unless others run, too. */
    private void over(Started started) {
        synchronized (this) {
            if (started.apart() && running.size() == 1 && running.contains(started.group())) {
                started.group().killLeader();
                gone(started.group());
                return;
            }
        }
        started.group().kill();
        gone(started.group());
    }

    /** Once nobody runs any more, nobody of the agents' user is left either, whoever started it. */
    private synchronized void gone(ProcessGroup group) {
        running.remove(group);
        if (running.isEmpty()) {
            sweep();
        }
    }

    private synchronized void sweep() {
        if (unswept) {
            launchers.get().sweep();
            unswept = false;
        }
    }

    private static Input begin(Command.Conversation conversation, Process process) {
        var input = new Input(process);
        conversation.begins(input);
        return input;
    }

    private static Process start(Command command, List<String> words, String mark, Redirect input) throws IOException {
        var builder = new ProcessBuilder(words)
                .directory(command.folder().toFile())
                .redirectInput(input)
                .redirectErrorStream(command.streams().output().isEmpty());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(command.environment());
        environment.put(MARK, mark);
        return builder.start();
    }

    private static Redirect input(Command.Streams streams) {
        return streams.conversation().isPresent()
                ? Redirect.PIPE
                : Redirect.from(streams.input().map(Path::toFile).orElse(new File("/dev/null")));
    }

    private Ended.Cause await(Started started, Command command, Output output, Optional<Input> input) {
        var process = started.process();
        var group = started.group();
        try {
            if (waitFor(process, group, command.limit(), () -> output.enough() || endsForMemory(group))) {
                if (closed) {
                    return Ended.Cause.SHUTDOWN;
                }
                return output.enough() ? Ended.Cause.ENOUGH : Ended.Cause.ITSELF;
            }
            Ended.Cause cause = output.enough() ? Ended.Cause.ENOUGH : Ended.Cause.TIME_LIMIT;
            if (input.isPresent()) {
                if (cause == Ended.Cause.TIME_LIMIT) {
                    command.streams().conversation().ifPresent(Command.Conversation::timeIsOver);
                }
                input.get().end();
                waitFor(process, group, shorter(FAREWELL, command.grace()), () -> false);
            }
            group.terminate();
            waitFor(process, group, command.grace(), () -> false);
            return cause;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Ended.Cause.SHUTDOWN;
        }
    }

    /** Ends the group as the kernel would where memory runs out, before it does; what comes of that is seen at the process. */
    private boolean endsForMemory(ProcessGroup group) {
        if (launchers.get().overfull()) {
            LOG.warn("event=out-of-memory");
            group.kill();
        }
        return false;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Waits in steps, and sees at each step who descends from the process. */
    private static boolean waitFor(Process process, ProcessGroup group, Duration limit, BooleanSupplier enough)
            throws InterruptedException {
        for (long left = limit.toNanos(); left > 0; left -= TICK) {
            if (process.waitFor(Math.min(left, TICK), TimeUnit.NANOSECONDS)) {
                return true;
            }
            group.look();
            if (enough.getAsBoolean()) {
                break;
            }
        }
        return !process.isAlive();
    }

    private static int exitCode(Process process) {
        boolean interrupted = Thread.interrupted();
        try {
            return process.waitFor(LOG_PATIENCE.toSeconds(), TimeUnit.SECONDS) ? process.exitValue() : 128 + 9;
        } catch (InterruptedException e) {
            interrupted = true;
            return 128 + 9;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * After a signal the caller must not take what is left of its process for a result, and write of it: it has as long
     * as the hooks take, and might come half the way. For the next invocation this is a crash like any other.
     */
    private static Ended neverAnswer() {
        while (true) {
            LockSupport.park();
        }
    }

    private void shutDownWithProgram() {
        programEnds = true;
        LOG.warn("event=program-ends running={}", running.size());
        shutDown();
    }

    private synchronized void shutDown() {
        closed = true;
        running.forEach(ProcessGroup::kill);
        sweep();
    }

    /** Ends what is running; nothing runs afterwards. */
    @Override
    public void close() {
        shutDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("event=already-shutting-down");
        }
    }
}
