package dev.pawl.domain;

import dev.pawl.domain.report.Checkup;
import dev.pawl.domain.report.Finding;
import java.util.ArrayList;
import java.util.List;

/** A check-up's findings, for tests. */
public final class Collected implements Checkup {
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> looks = new ArrayList<>();

    @Override
    public void looks(String what) {
        looks.add(what);
    }

    @Override
    public void finds(Finding finding) {
        findings.add(finding);
    }

    /** All of them. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** What was looked at and took a while. */
    public List<String> lookedAt() {
        return List.copyOf(looks);
    }

    /** The only one of that check. */
    public Finding of(String check) {
        var found = findings.stream().filter(f -> f.check().equals(check)).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " findings about " + check + " in " + findings);
        }
        return found.getFirst();
    }
}
