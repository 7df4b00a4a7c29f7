package dev.pawl.config;

import dev.pawl.domain.model.Permission;
import dev.pawl.domain.policy.Policy.Start;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** {@code start}: who may start Pawl, and with what. */
final class StartSection {
    private StartSection() {}

    static Start read(Section section) {
        String label = section.read("label", Words.label(), Start.DEFAULT.label());
        Permission permission = section.read("permission", StartSection::permission, Start.DEFAULT.permission());
        List<String> exclude = section.read("exclude", Words.labels(), Start.DEFAULT.exclude());
        List<Long> bots =
                section.read("allow_bots", Scalars.list("a list of accounts' ids", StartSection::bot), List.of());
        if (exclude.contains(label)) {
            section.problem(
                    "the label " + Shown.quoted(label) + " both starts Pawl and keeps it away", "Choose another.");
        }
        return new Start(label, permission, exclude, bots);
    }

    private static Optional<Permission> permission(Value value) {
        var allowed = new LinkedHashMap<String, Permission>();
        for (Permission permission : Permission.values()) {
            if (permission.atLeast(Permission.TRIAGE)) {
                allowed.put(permission.word(), permission);
            }
        }
        String word = value.scalar(Yaml.Kind.TEXT).orElse("");
        return word.equals(Permission.READ.word()) || word.equals(Permission.NONE.word())
                ? value.wrong("one of " + Shown.list(allowed.keySet()), "Everybody can read a public repository.")
                : Scalars.word(allowed).read(value);
    }

    private static Optional<Long> bot(Value value) {
        return value.scalar(Yaml.Kind.TEXT).isPresent()
                ? value.wrong(
                        "the numeric id of an account",
                        "A login can change hands. The id is at https://api.github.com/users/LOGIN.")
                : Scalars.wholeLong(1, 999_999_999_999L).read(value);
    }
}
