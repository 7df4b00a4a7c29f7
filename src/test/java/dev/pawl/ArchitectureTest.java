package dev.pawl;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The layers stay apart, and files stay small. What each room may touch: {@code docs/architecture.md}. */
class ArchitectureTest {
    private static JavaClasses ours;

    @BeforeAll
    static void read() {
        ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.pawl");
    }

    @Test
    void theRulesSawClasses() {
        assertThat(ours.size()).isGreaterThan(150);
        for (String room :
                List.of("domain.decide", "engine", "forge.github", "git", "actions", "config", "agent", "app")) {
            assertThat(ours.stream().filter(c -> c.getPackageName().startsWith("dev.pawl." + room)))
                    .as(room)
                    .isNotEmpty();
        }
    }

    @Test
    void theDomainKnowsTheJdkOnly() {
        classes()
                .that()
                .resideInAPackage("dev.pawl.domain..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                "dev.pawl.domain..",
                                "java.lang..",
                                "java.util..",
                                "java.time..",
                                "java.math..",
                                "java.text..",
                                "java.io",
                                "java.nio.file",
                                "java.nio.charset",
                                "java.security",
                                "org.jspecify.annotations..")
                        .or(arrayOfPrimitives()))
                .check(ours);
    }

    private static DescribedPredicate<JavaClass> arrayOfPrimitives() {
        return DescribedPredicate.describe(
                "primitives", c -> c.getBaseComponentType().isPrimitive());
    }

    @Test
    void theEngineKnowsTheDomainOnly() {
        classes()
                .that()
                .resideInAPackage("dev.pawl.engine..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "dev.pawl.engine..", "dev.pawl.domain..", "java..", "org.slf4j..", "org.jspecify.."))
                .check(ours);
    }

    @Test
    void adaptersNeverSeeEachOther() {
        for (String room : List.of("forge", "git", "actions", "config", "agent", "trace")) {
            noClasses()
                    .that()
                    .resideInAPackage("dev.pawl." + room + "..")
                    .should()
                    .dependOnClassesThat(resideInAnyPackage("dev.pawl..")
                            .and(DescribedPredicate.not(
                                    resideInAnyPackage("dev.pawl.domain..", "dev.pawl." + room + ".."))))
                    .check(ours);
        }
    }

    @Test
    void theSandboxKnowsNothingOfPawl() {
        noClasses()
                .that()
                .resideInAPackage("dev.pawl.sandbox..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.pawl..")
                        .and(DescribedPredicate.not(resideInAnyPackage("dev.pawl.sandbox.."))))
                .check(ours);
    }

    @Test
    void onlyTheAppReadsTheEnvironmentAndTheClock() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.pawl.app..", "dev.pawl")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.Clock.class, "systemUTC")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .because("time and randomness are parameters")
                .check(ours);
    }

    /** Whatever an agent, a server of tools or a repository's test is: one launcher starts it (SEC-01). */
    @Test
    void agentsStartProcessesInOneRoomOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.pawl.agent.process..", "dev.pawl.app.rehearsal..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Runtime.class)
                .check(ours);
    }

    @Test
    void onlyTheAppPrints() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.pawl.app..", "dev.pawl")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because("standard output belongs to the Action's protocol")
                .check(ours);
    }

    @Test
    void hiddenCommentsAreWrittenInOneRoom() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/pawl"))) {
            assertThat(files.filter(f -> f.toString().endsWith(".java"))
                            .filter(f -> !f.toString().contains("/forge/marker/"))
                            .filter(f -> read(f).contains("\"<!-- pawl:")))
                    .isEmpty();
        }
    }

    @Test
    void adaptersHaveNoCycles() {
        slices().matching("dev.pawl.(forge|git|actions|config|agent|sandbox).(**)")
                .should()
                .beFreeOfCycles()
                .check(ours);
    }

    @Test
    void filesAreSmall() throws IOException {
        List<Integer> sizes;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            sizes = files.filter(f -> f.toString().endsWith(".java"))
                    .filter(f -> !f.endsWith("package-info.java"))
                    .map(f -> (int) read(f).lines().count())
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
        assertThat(sizes.getLast()).as("longest file").isLessThanOrEqualTo(400);
        assertThat(sizes.get(sizes.size() * 9 / 10)).as("90th percentile").isLessThanOrEqualTo(240);
        assertThat(sizes.get(sizes.size() / 2)).as("median").isLessThanOrEqualTo(100);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
