package io.github.qosrl.examples.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.qosrl.examples.bench.ProbesBenchmark;
import java.time.Clock;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(
    packages = "io.github.qosrl",
    importOptions = {ImportOption.DoNotIncludeTests.class, Walls.WithoutTestJars.class})
class ArchitectureTest {
  private static final String CORE = "io.github.qosrl.core..";
  private static final String RL = "io.github.qosrl.rl..";
  private static final String TC = "io.github.qosrl.linux..";
  private static final String PROBES = "io.github.qosrl.probes..";
  private static final String EXAMPLES = "io.github.qosrl.examples..";
  private static final String CLOCK = "io.github.qosrl.core.SystemClock";

  // Imports point one way.

  @ArchTest
  static final ArchRule coreKnowsNoOtherModule =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(RL, TC, PROBES, EXAMPLES);

  @ArchTest
  static final ArchRule learningKnowsOnlyCore =
      noClasses()
          .that()
          .resideInAPackage(RL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(TC, PROBES, EXAMPLES);

  @ArchTest
  static final ArchRule trafficControlKnowsOnlyCore =
      noClasses()
          .that()
          .resideInAPackage(TC)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(RL, PROBES, EXAMPLES);

  @ArchTest
  static final ArchRule probesKnowOnlyCore =
      noClasses()
          .that()
          .resideInAPackage(PROBES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(RL, TC, EXAMPLES);

  @ArchTest
  static final ArchRule theWordsStandAlone =
      classes()
          .that()
          .resideInAPackage("io.github.qosrl.core")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.github.qosrl.core", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule coreNeedsFewLibraries =
      classes()
          .that()
          .resideInAPackage(CORE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              CORE,
              "java..",
              "org.jspecify..",
              "org.slf4j..",
              "com.google.common..",
              "com.fasterxml.jackson.core..",
              "org.apache.commons.exec..");

  // Guests stay in their rooms.

  @ArchTest
  static final ArchRule nd4jStaysInItsRoom =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.github.qosrl.rl.nd4j..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.nd4j..", "org.bytedeco..");

  @ArchTest
  static final ArchRule sshStaysInItsRoom =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.github.qosrl.linux.ssh..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.sshd..");

  @ArchTest
  static final ArchRule theApiShowsNoForeignTypes =
      classes().that(Walls.partOfTheApi()).should(Walls.showNoForeignTypes());

  @ArchTest
  static final ArchRule processesStartOnlyOnHosts =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.github.qosrl.core.host..")
          // It measures what starting a process for each sample costs others.
          .and()
          .doNotHaveFullyQualifiedName(ProbesBenchmark.class.getName())
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.commons.exec..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(ProcessBuilder.class)
          .orShould()
          .callMethodWhere(target(owner(name(Runtime.class.getName()))).and(target(name("exec"))));

  // No cycles, no back doors.

  @ArchTest
  static final ArchRule packagesOfCoreHaveNoCycles =
      slices().matching("io.github.qosrl.core.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.github.qosrl.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesAreNotSplit =
      classes().should(Walls.liveInTheOnlyModuleOfTheirPackage());

  @ArchTest
  static final ArchRule internalsStayInTheirModule =
      noClasses()
          .that()
          .resideInAPackage(EXAMPLES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.github.qosrl..internal..", "io.github.qosrl.rl.nd4j..");

  @ArchTest
  static final ArchRule nullNeverCrossesThePublicSurface =
      classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);

  // The library neither talks, nor quits, nor asks what time it is, nor throws unseeded dice.

  @ArchTest
  static final ArchRule nobodyPrints =
      noClasses()
          .that()
          .resideOutsideOfPackage(EXAMPLES)
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(Throwable.class, "printStackTrace");

  @ArchTest
  static final ArchRule nobodyEndsTheProgram =
      noClasses()
          .that()
          .resideOutsideOfPackage(EXAMPLES)
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule nobodyReadsAClockItWasNotGiven =
      noClasses()
          .that(resideOutsideOfPackages(EXAMPLES))
          .and()
          .doNotHaveFullyQualifiedName(CLOCK)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethodWhere(target(name("now")).and(target(owner(Walls.wallClock()))))
          .orShould()
          .callMethodWhere(
              target(owner(name(Clock.class.getName()))).and(target(nameStartingWith("system"))))
          .orShould()
          .callConstructor(Date.class);

  @ArchTest
  static final ArchRule nobodyThrowsUnseededDice =
      noClasses()
          .that()
          .resideOutsideOfPackage(EXAMPLES)
          .should()
          .callConstructor(Random.class)
          .orShould()
          .callConstructor(SplittableRandom.class)
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callMethod(Collections.class, "shuffle", List.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(ThreadLocalRandom.class);
}
