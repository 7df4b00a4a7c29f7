package dev.pawl.domain.decide;

import dev.pawl.domain.model.Readiness;
import java.util.Optional;

/**
 * What triage thinks of an issue.
 *
 * @param readiness the verdict
 * @param type the type
 * @param reason why, fit to be published
 */
public record Verdict(Readiness readiness, Optional<String> type, String reason) {}
