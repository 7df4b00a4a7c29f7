package dev.pawl.app;

import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.TokenLife;
import dev.pawl.forge.github.http.TokenScopes;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be told of an invocation before its work begins. */
final class Preflight {
    private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

    private Preflight() {}

    /** Warns in the log where the token may end before a stage does. */
    static void look(Policy policy, String token) {
        List<String> stages = TokenLife.outlivedBy(policy);
        if (TokenLife.maybeShort(token) && !stages.isEmpty()) {
            LOG.warn(
                    "event=token-life minutes={} stages=\"{}\" message=\"a GitHub App's token may end before these stages do\"",
                    TokenLife.HOUR.toMinutes(),
                    String.join(", ", stages));
        }
    }

    /** Warns in the log of a token that reaches further than this repository: what gets hold of it does, too. */
    static void warnOf(TokenScopes scopes) {
        LOG.warn(
                "event=token-scopes scopes=\"{}\" needless=\"{}\" message=\"a person's classic token reaches every repository of that"
                        + " person; use github.token, a GitHub App's token, or a fine-grained one for this repository alone\"",
                scopes.text(),
                String.join(", ", scopes.needless()));
    }
}
