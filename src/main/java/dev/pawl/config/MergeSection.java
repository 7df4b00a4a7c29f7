package dev.pawl.config;

import dev.pawl.domain.model.MergeMethod;
import dev.pawl.domain.policy.MergeRules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code merge}: whether Pawl merges, and what must be so before it does. */
final class MergeSection {
    /** Written instead of a label where nobody has to ask for the merge. */
    private static final String OFF = "off";

    private MergeSection() {}

    static MergeRules read(Section section) {
        MergeRules usual = MergeRules.DEFAULT;
        return new MergeRules(
                section.read("enabled", Scalars.flag(), usual.enabled()),
                section.read("method", Scalars.word(methods()), usual.method()),
                section.read("approvals", Scalars.whole(0, 10), usual.approvals()),
                section.read("checks", Scalars.word(checks()), usual.checks()),
                section.read("label", label(), usual.label()),
                section.read("delete_branch", Scalars.flag(), usual.deleteBranch()));
    }

    private static Value.Reader<Optional<String>> label() {
        return value -> {
            Optional<String> word = Words.anyLabel().read(value);
            return word.isEmpty() ? Optional.empty() : Optional.of(word.filter(label -> !label.equals(OFF)));
        };
    }

    private static Map<String, MergeMethod> methods() {
        var methods = new LinkedHashMap<String, MergeMethod>();
        for (MergeMethod method : MergeMethod.values()) {
            methods.put(method.word(), method);
        }
        return methods;
    }

    private static Map<String, MergeRules.Checks> checks() {
        var checks = new LinkedHashMap<String, MergeRules.Checks>();
        checks.put("required", MergeRules.Checks.REQUIRED);
        checks.put("all", MergeRules.Checks.ALL);
        return checks;
    }
}
