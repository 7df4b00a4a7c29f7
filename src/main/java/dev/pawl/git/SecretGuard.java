package dev.pawl.git;

import dev.pawl.domain.secret.Secrets;
import java.io.IOException;
import org.eclipse.jgit.lib.ObjectReader;

/** Looks at every changed file's name and content for secrets, before any of it is stored. */
final class SecretGuard {
    private static final byte[] NOTHING = new byte[0];

    private final Secrets secrets;
    private final StartTree start;
    private final ObjectReader reader;
    private final Reasons reasons;

    SecretGuard(Secrets secrets, StartTree start, ObjectReader reader, Reasons reasons) {
        this.secrets = secrets;
        this.start = start;
        this.reader = reader;
        this.reasons = reasons;
    }

    /** Adds a reason where there is one in it. What looked like a token in the file before may stay there. */
    void look(String path, byte[] content) throws IOException {
        StartTree.Entry entry = start.get(path);
        if (entry == null) {
            secrets.in(path).ifPresent(secret -> reasons.isNamedBy(secret));
        }
        if (secrets.in(content, NOTHING).isPresent()) {
            byte[] before = entry == null || entry.isSubmodule()
                    ? NOTHING
                    : reader.open(entry.id()).getBytes();
            secrets.in(content, before).ifPresent(secret -> reasons.holds(path, secret));
        }
    }
}
