package dev.puck.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.puck", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule NOBODY_KNOWS_THE_LAB =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.puck.lab..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.puck.lab..")
          .because("what is tried must not know that it is tried");

  @ArchTest
  static final ArchRule JUDGES_KNOW_NO_BRIDGE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.puck.lab.proof.history..",
              "dev.puck.lab.proof.check..",
              "dev.puck.lab.proof.oracle..",
              "dev.puck.lab.proof.observer..",
              "dev.puck.lab.proof.workload..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.puck.bridge..", "dev.puck.lab.proof.bridge..")
          .because("a proof that shares the bridge's code shares its errors");

  @ArchTest
  static final ArchRule JUDGES_KNOW_NO_CONSUMER =
      noClasses()
          .that()
          .resideInAPackage("dev.puck.lab.proof.consumer.judge..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.puck.consumer..", "dev.puck.bridge..", "dev.puck.lab.proof.consumer.process..")
          .because("a proof that shares the consumer's code shares its errors");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("dev.puck.lab.proof.(*)..").should().beFreeOfCycles();
}
