package dev.puck.embedded;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.puck.embedded",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule SERVERS_KNOW_NO_TEST_FRAMEWORK =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.puck.embedded.junit")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.junit..", "dev.puck.embedded.junit")
          .because("the demo and the lab run without JUnit on the class path");

  @ArchTest
  static final ArchRule SERVERS_KNOW_NOTHING_OF_PUCK =
      noClasses()
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "are Puck's but not of this module",
                  type ->
                      type.getPackageName().startsWith("dev.puck")
                          && !type.getPackageName().startsWith("dev.puck.embedded")))
          .because("every other module's tests stand on this one");
}
