package dev.pawl.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.Security;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns and names, without a disk. */
@Security
class PathsTest {
    @ParameterizedTest
    @CsvSource({
        ".github/**, .github/workflows/ci.yml, true",
        ".github/**, .github, true",
        ".github/**, docs/.github/x, false",
        ".github/**, .githubx/y, false",
        "**/secrets/**, a/b/secrets/c, true",
        "**/secrets/**, secrets/c, true",
        "**/secrets/**, secretsx/c, false",
        "CODEOWNERS, docs/CODEOWNERS, true",
        "CODEOWNERS, CODEOWNERS.md, false",
        "*.lock, a/yarn.lock, true",
        "/pom.xml, pom.xml, true",
        "/pom.xml, module/pom.xml, false",
        "config/*.yml, config/a.yml, true",
        "config/*.yml, config/a/b.yml, false",
        "config/**/x.yml, config/x.yml, true",
        "config/**/x.yml, config/a/b/x.yml, true",
        "infra, infra/main.tf, true",
        "infra/, infra/main.tf, true",
        "a/?.txt, a/b.txt, true",
        "a/?.txt, a/bc.txt, false",
        "**, anything, true"
    })
    void aPatternCovers(String pattern, String path, boolean covers) {
        assertThat(new Protection(List.of(pattern)).covers(path)).isEqualTo(covers);
    }

    @Test
    void aFolderOnTheWayToSomethingProtectedLeadsThere() {
        var protection = new Protection(List.of(".github/workflows/**", "**/x"));

        assertThat(protection.leadsTo(".GitHub")).isTrue();
        assertThat(protection.leadsTo("src")).isFalse();
    }

    @Test
    void manyStarsTakeNoTime() {
        String pattern = "**/".repeat(50) + "*a".repeat(50) + "b";
        String path = "a/".repeat(200) + "a".repeat(250);

        assertThat(new Protection(List.of(pattern)).covers(path)).isFalse();
        var ignores = new Ignores();
        ignores.add("", ("*a".repeat(40) + "b\n" + "**/".repeat(40) + "x\n*a*a*b\n").getBytes(StandardCharsets.UTF_8));
        Assertions.assertTimeout(
                Duration.ofSeconds(5),
                () -> assertThat(ignores.covers(path, false)).isFalse());
    }

    @ParameterizedTest
    @CsvSource({
        "[, [, false",
        "a[, a[, false",
        "a\\, a, false",
        "[z-a], b, false",
        "x[[:alpha:]], xa, false",
        "[]a], a, false",
        "*a*a*a*a, aaaa, false",
        "[Bb]in/[0-9]*, Bin/7z, true",
        "*.py[cod], a/b.pyc, true",
        "[!a]x, bx, true",
        "/build, build, true",
        "/build, a/build, false",
        "**/gen/**/*.java, a/gen/b/c/D.java, true",
        "!x, x, false",
        "# x, # x, false"
    })
    void aRuleIsPlainOrSkipped(String rule, String path, boolean covers) {
        var ignores = new Ignores();

        ignores.add("", rule.getBytes(StandardCharsets.UTF_8));

        assertThat(ignores.covers(path, false)).isEqualTo(covers);
    }

    @ParameterizedTest
    @CsvSource({
        ".git, true",
        ".GIT/x, true",
        "a/.Git, true",
        "git~1, true",
        "GIT~12/x, true",
        ".git., true",
        "'.git ', true",
        ".git:x, true",
        "a\\.git\\b, true",
        "\uff0egit, true",
        ".gi\u200dt, true",
        "a/../b, true",
        "a\\..\\b, true",
        "a//b, true",
        ".gitignore, false",
        ".github, false",
        "git, false",
        "a.git, false",
        "git~a, false",
        "a..b, false",
        "...a, false"
    })
    void aNameIsReserved(String path, boolean reserved) {
        assertThat(PathFold.isReserved(path)).isEqualTo(reserved);
    }

    @Test
    void foreignTextIsOneLine() {
        assertThat(OneLine.of(" a\r\n\tb\u0007\u202ec ", 50)).isEqualTo("a bc");
        assertThat(OneLine.of("x".repeat(400), 300)).hasSize(300).endsWith("…");
        assertThat(OneLine.path("a`b\u0000" + "y".repeat(300))).isEqualTo("`a?b?" + "y".repeat(196) + "…`");
    }
}
