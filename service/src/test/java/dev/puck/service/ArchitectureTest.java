package dev.puck.service;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.puck.service", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule KNOWS_NO_OTHER_MODULE =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.puck..").and(not(resideInAPackage("dev.puck.service.."))))
          .because("both sides stand on this module, so it knows neither");

  @ArchTest
  static final ArchRule CONFIG_KNOWS_ONLY_JACKSON =
      classes()
          .that()
          .resideInAPackage("dev.puck.service.config")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.puck.service.config", "java..", "com.fasterxml.jackson..", "org.jspecify..")
          .because("every package has a configuration, so all that it uses would spread");

  @ArchTest
  static final ArchRule ONLY_HTTP_USES_JAVALIN =
      only("http..", "io.javalin..", "org.eclipse.jetty..", "jakarta..")
          .because("another server should cost one package");

  @ArchTest
  static final ArchRule ONLY_METRIC_USES_PROMETHEUS =
      only("metric", "io.micrometer.prometheusmetrics..", "io.prometheus..")
          .because("the rest registers meters and does not care who scrapes");

  @ArchTest
  static final ArchRule ONLY_LOGGING_USES_LOGBACK =
      only("logging", "ch.qos.logback..").because("the rest logs through SLF4J");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices()
          .matching("dev.puck.service.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a part must be readable, and replaceable, without the others");

  private static ArchRule only(String part, String... packages) {
    return noClasses()
        .that()
        .resideOutsideOfPackage("dev.puck.service." + part)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages);
  }
}
