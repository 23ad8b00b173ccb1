package dev.puck.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows that only the application sees, since it alone has all modules. */
@AnalyzeClasses(packages = "dev.puck", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule BRIDGE_NEVER_KNOWS_THE_CONSUMER =
      noClasses()
          .that()
          .resideInAPackage("dev.puck.bridge..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.puck.consumer..")
          .because("both meet only in the events");

  @ArchTest
  static final ArchRule CONSUMER_NEVER_KNOWS_THE_BRIDGE =
      noClasses()
          .that()
          .resideInAPackage("dev.puck.consumer..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.puck.bridge..")
          .because("both meet only in the events");

  @ArchTest
  static final ArchRule ONLY_THE_APPLICATION_STARTS_SERVERS =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.puck.event..", "dev.puck.service..", "dev.puck.bridge..", "dev.puck.consumer..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.puck.embedded..")
          .because("in production nothing may depend on what is there for demo and tests");

  @ArchTest
  static final ArchRule NOBODY_KNOWS_THE_APPLICATION =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.puck.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.puck.cli..")
          .because("the command is on top of everything");

  @ArchTest
  static final ArchRule ONLY_THE_APPLICATION_KNOWS_THE_LAB =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.puck.lab..", "dev.puck.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.puck.lab..")
          .because("what is tried must not know that it is tried");

  @ArchTest
  static final ArchRule MODULES_HAVE_NO_CYCLES =
      slices().matching("dev.puck.(*)..").should().beFreeOfCycles();
}
