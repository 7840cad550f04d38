// SPDX-License-Identifier: Apache-2.0
package im.bastion.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration.consideringOnlyDependenciesInDiagram;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the arrows of docs/ARCHITECTURE.md. */
class ArchitectureTest {
    private static final JavaClasses BASTION = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/console/template/"))
            .importPackages("im.bastion");

    private static final List<String> GUARDS =
            List.of("moderation", "omemo", "encryption", "calls", "relay", "federation");

    /** Types of the host that are an interface in one version and a class in another, or exist in some only. */
    private static final List<String> FLIPPING =
            List.of("MUCRoom", "MUCRole", "MUCOccupant", "LocalMUCRoom", "LocalMUCUser", "MUCUser");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("im.bastion.(**)").should().beFreeOfCycles().check(BASTION);
    }

    @Test
    void theDiagramInTheDocsIsTrue() throws MalformedURLException {
        URL diagram = Path.of("docs/architecture.puml").toUri().toURL();
        classes()
                .that()
                .resideInAPackage("im.bastion..")
                .should(adhereToPlantUmlDiagram(diagram, consideringOnlyDependenciesInDiagram()))
                .check(BASTION);
    }

    @Test
    void onlyTheSeamKnowsOpenfire() {
        noClasses()
                .that()
                .resideOutsideOfPackage("im.bastion.openfire..")
                .and()
                .doNotHaveFullyQualifiedName("im.bastion.plugin.BastionPlugin")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jivesoftware..")
                .check(BASTION);
    }

    @Test
    void nothingIsCompiledAgainstATypeThatFlipsBetweenVersions() {
        noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.<JavaClass>describe(
                        "flip between host versions",
                        type -> type.getPackageName().startsWith("org.jivesoftware")
                                && FLIPPING.contains(type.getSimpleName())))
                .check(BASTION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"moderation", "omemo", "encryption", "calls", "relay", "federation"})
    void aGuardKnowsNoOtherGuard(String guard) {
        noClasses()
                .that()
                .resideInAPackage("im.bastion." + guard + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(GUARDS.stream()
                        .filter(other -> !other.equals(guard))
                        .map(other -> "im.bastion." + other + "..")
                        .toArray(String[]::new))
                .check(BASTION);
    }

    @Test
    void theThinkingPartsHaveNoClockThreadFileOrSocket() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "im.bastion.policy..",
                        "im.bastion.audit.merkle..",
                        "im.bastion.moderation.rule..",
                        "im.bastion.omemo.wire..",
                        "im.bastion.omemo.check..",
                        "im.bastion.encryption.scheme..",
                        "im.bastion.encryption.leak..",
                        "im.bastion.encryption.message..",
                        "im.bastion.encryption.rule..",
                        "im.bastion.federation.rule..",
                        "im.bastion.federation.peer..",
                        "im.bastion.federation.policy..",
                        "im.bastion.federation.tester.grade..",
                        "im.bastion.calls.jingle..",
                        "im.bastion.calls.media..",
                        "im.bastion.relay.stun..",
                        "im.bastion.relay.turn..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, java.nio.file.Files.class, java.net.Socket.class, java.io.File.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.channels..", "java.sql..")
                .check(BASTION);
    }

    @Test
    void onlyTheConsoleAndItsSeamKnowServlets() {
        noClasses()
                .that()
                .resideOutsideOfPackages("im.bastion.console..", "im.bastion.host..", "im.bastion.openfire..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("javax.servlet..")
                .check(BASTION);
    }

    @Test
    void namesSayWhatAClassIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)(\\$.*)?")
                .andShould()
                .haveNameMatching("im\\.bastion\\..*")
                .check(BASTION);
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..core..", "..impl..", "..misc..")
                .check(BASTION);
    }

    @Test
    void nothingStaticCanChange() {
        fields().that().areStatic().should().beFinal().check(BASTION);
    }

    @Test
    void onlyTheSeamSeesTheDifferencesBetweenVersions() {
        classes()
                .that()
                .resideInAPackage("im.bastion.openfire.compat..")
                .should()
                .onlyBeAccessed()
                .byAnyPackage("im.bastion.openfire..")
                .check(BASTION);
    }
}
