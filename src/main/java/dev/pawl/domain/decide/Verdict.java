package dev.pawl.domain.decide;

import dev.pawl.domain.model.Readiness;
import java.util.Optional;

/**
 * What triage thinks of an issue.
 *
 * @param readiness the verdict
 * @param type the type
 * @param reason in our own words, for the state comment
 */
public record Verdict(Readiness readiness, Optional<String> type, String reason) {}
