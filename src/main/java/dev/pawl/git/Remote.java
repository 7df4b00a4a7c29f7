package dev.pawl.git;

import dev.pawl.domain.port.GitUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The remote, over smart HTTP. Every exchange has a transport of its own, made from the address in the settings, follows no
 * redirect and ends in bounded time. What only reads, or may be done twice, is repeated while the invocation's patience
 * lasts. A repository that was renamed meanwhile is asked for by its new name.
 */
final class Remote {
    private static final Logger LOG = LoggerFactory.getLogger(Remote.class);

    /** All of the history. */
    static final int WHOLE = Integer.MAX_VALUE;

    private static final int MOST_REPETITIONS = 4;

    private final Repository local;
    private GitSettings settings;

    Remote(GitSettings settings, Repository local) {
        this.settings = settings;
        this.local = local;
    }

    /** What the ref points at, if it is there. */
    Optional<ObjectId> head(String ref) {
        return Optional.ofNullable(take(List.of(ref), 1, _ -> false).get(ref));
    }

    /** Fetches, to that depth from each tip. */
    void fetch(List<RefSpec> specs, int depth) {
        repeated((transport, deadline) -> {
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setRemoveDeletedRefs(false);
            transport.setDepth(depth);
            return transport.fetch(deadline, specs);
        });
    }

    /** Takes the one object that the ref points at, if the ref is there. */
    Optional<ObjectId> take(String ref) {
        return Optional.ofNullable(take(List.of(ref), 1, _ -> true).get(ref));
    }

    /**
     * Looks where refs point, and takes what they point at in the same exchange, to that depth. No ref of ours points there
     * afterwards.
     *
     * @param wanted whether to take them, once it is known where they are
     * @return what those that are there point at
     */
    Map<String, ObjectId> take(List<String> refs, int depth, Predicate<Map<String, ObjectId>> wanted) {
        List<RefSpec> specs = refs.stream().map(RefSpec::new).toList();
        return repeated((transport, deadline) -> {
            transport.setDepth(depth);
            try (FetchConnection connection = transport.openFetch(specs)) {
                List<Ref> there = there(connection, refs);
                Map<String, ObjectId> heads = there.stream().collect(Collectors.toMap(Ref::getName, Ref::getObjectId));
                if (!there.isEmpty() && wanted.test(heads)) {
                    connection.fetch(deadline, there, Set.of());
                }
                return heads;
            }
        });
    }

    private static List<Ref> there(FetchConnection connection, List<String> refs) {
        return connection.getRefs().stream()
                .filter(ref -> refs.contains(ref.getName()) && ref.getObjectId() != null)
                .toList();
    }

    /** Pushes a commit without force, once; the server compares the expected id once more when it writes. */
    Answer push(ObjectId commit, String ref, ObjectId expected) {
        return exchange((transport, deadline) -> {
            var update = new RemoteRefUpdate(local, commit.name(), commit, ref, false, null, expected);
            PushResult result = transport.push(deadline, List.of(update));
            return new Answer(update.getStatus(), words(update.getMessage()), words(result.getMessages()));
        });
    }

    /** Puts a commit at a ref, whatever is there. */
    Answer replace(ObjectId commit, String ref) {
        return repeated((transport, deadline) -> {
            var update = new RemoteRefUpdate(local, commit.name(), commit, ref, true, null, null);
            PushResult result = transport.push(deadline, List.of(update));
            return new Answer(update.getStatus(), words(update.getMessage()), words(result.getMessages()));
        });
    }

    /** Waits after something failed, where it may be done once more. */
    boolean again(GitUnavailable failure, int repetition, Instant since) {
        return failure.kind() == GitUnavailable.Kind.LOST
                && repetition < MOST_REPETITIONS
                && settings.backoff().before(repetition, Duration.between(since, now()));
    }

    Instant now() {
        return settings.clock().instant();
    }

    private <T> T repeated(Exchange<T> exchange) {
        for (int repetition = 0; ; repetition++) {
            Instant start = now();
            try {
                return exchange(exchange);
            } catch (GitUnavailable failure) {
                LOG.info("git.exchange outcome=failed repetition={} why=\"{}\"", repetition, failure.getMessage());
                if (!again(failure, repetition, start)) {
                    throw failure;
                }
            }
        }
    }

    private <T> T exchange(Exchange<T> exchange) {
        var gate = new HttpGate(settings);
        try {
            return exchange(exchange, gate);
        } catch (GitUnavailable failure) {
            if (gate.renamed().isEmpty()) {
                throw failure;
            }
            LOG.info("git.repository renamed={}", gate.renamed().get());
            settings = settings.renamed(gate.renamed().get());
            return exchange(exchange, new HttpGate(settings));
        }
    }

    private <T> T exchange(Exchange<T> exchange, HttpGate gate) {
        var deadline = new Deadline(settings);
        try (Transport transport =
                Transport.open(local, new URIish(settings.remote().toURL()))) {
            if (!(transport instanceof TransportHttp http)) {
                throw new IllegalStateException("not an HTTP transport: " + transport.getClass());
            }
            http.setHttpConnectionFactory(gate);
            http.setCredentialsProvider(NobodyToAsk.INSTANCE);
            http.setTimeout((int) settings.timeout().toSeconds());
            T answer = exchange.run(transport, deadline);
            if (deadline.isCancelled()) {
                throw new GitUnavailable(GitUnavailable.Kind.LOST, "git: the exchange took too long", null);
            }
            return answer;
        } catch (IOException e) {
            throw unavailable(gate.lastStatus(), e);
        }
    }

    private static GitUnavailable unavailable(int status, IOException e) {
        GitUnavailable.Kind kind =
                switch (status) {
                    case 401, 403 -> GitUnavailable.Kind.DENIED;
                    case 301, 302, 303, 307, 308, 404, 410, 451 -> GitUnavailable.Kind.MISSING;
                    default -> GitUnavailable.Kind.LOST;
                };
        String answer = status == 0 ? "no answer" : "status " + status;
        return new GitUnavailable(kind, "git: " + answer + ": " + OneLine.of(words(e.getMessage()), 200), e);
    }

    private static String words(@Nullable String text) {
        return text == null ? "" : text;
    }

    /**
     * What the server said to a push.
     *
     * @param status JGit's word for it
     * @param message the server's words about the ref, or nothing
     * @param remarks what else the server said, or nothing
     */
    record Answer(RemoteRefUpdate.Status status, String message, String remarks) {}

    /** One exchange with the server. */
    private interface Exchange<T> {
        T run(Transport transport, Deadline deadline) throws NotSupportedException, TransportException, IOException;
    }

    /** The token is sent at once or never: a server that asks again gets nothing. */
    private static final class NobodyToAsk extends CredentialsProvider {
        static final NobodyToAsk INSTANCE = new NobodyToAsk();

        @Override
        public boolean isInteractive() {
            return false;
        }

        @Override
        public boolean supports(CredentialItem... items) {
            return false;
        }

        @Override
        public boolean get(URIish uri, CredentialItem... items) {
            return false;
        }
    }
}
