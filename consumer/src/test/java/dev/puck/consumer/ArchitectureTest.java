package dev.puck.consumer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.puck.consumer.projection.Reducer;

@AnalyzeClasses(
    packages = "dev.puck.consumer",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule NEVER_KNOWS_THE_BRIDGE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.puck.bridge..", "dev.puck.embedded..")
          .because("the two sides meet only in the events");

  @ArchTest
  static final ArchRule PROJECTION_KNOWS_NO_OTHER =
      knowsOnly("projection", "what every projection is must not depend on any of them");

  @ArchTest
  static final ArchRule SUBSCRIPTION_KNOWS_INTERFACES_ONLY =
      knowsOnly("subscription", "the loop feeds whatever is a projection", "projection");

  @ArchTest
  static final ArchRule CACHE_KNOWS_ITS_INTERFACE =
      knowsOnly("cache", "implementations know their interface", "projection", "config", "json");

  @ArchTest
  static final ArchRule REDUCER_KNOWS_ITS_INTERFACE =
      knowsOnly(
          "reducer", "implementations know their interface", "projection", "database", "config");

  @ArchTest
  static final ArchRule SUMMARY_KNOWS_ITS_INTERFACE =
      knowsOnly(
          "summary",
          "implementations know their interface",
          "projection",
          "database",
          "config",
          "json");

  @ArchTest
  static final ArchRule JSON_KNOWS_WHAT_POISON_IS =
      knowsOnly("json", "it reads for any of them", "projection");

  @ArchTest
  static final ArchRule DATABASE_KNOWS_NO_PROJECTION =
      knowsOnly("database", "transactions and offsets serve any of them", "projection");

  @ArchTest
  static final ArchRule RESYNC_KNOWS_INTERFACES_ONLY =
      knowsOnly("resync", "it builds whatever has a truth", "projection", "subscription");

  @ArchTest
  static final ArchRule AUDIT_KNOWS_INTERFACES_ONLY =
      knowsOnly("audit", "it compares whatever has a truth", "projection", "resync");

  @ArchTest
  static final ArchRule DEAD_LETTERS_KNOW_THEIR_INTERFACE =
      knowsOnly("deadletter", "implementations know their interface", "projection");

  @ArchTest
  static final ArchRule JOBS_KNOW_NO_PROJECTION =
      knowsOnly("job", "jobs run beside the projections", "database", "config");

  @ArchTest
  static final ArchRule HTTP_KNOWS_ITS_OWN_VIEW = knowsOnly("http", "it declares what it needs");

  @ArchTest
  static final ArchRule CONFIG_KNOWS_ONLY_THE_PLUG_IN =
      classes()
          .that()
          .resideInAPackage("dev.puck.consumer.config..")
          .should()
          .onlyDependOnClassesThat(
              com.tngtech.archunit.base.DescribedPredicate.describe(
                  "the JDK, service, schedules or Reducer",
                  type ->
                      type.getPackageName().startsWith("java")
                          || type.getPackageName().startsWith("dev.puck.service")
                          || type.getPackageName().startsWith("org.jspecify")
                          || type.getPackageName()
                              .equals("com.github.kagkarlsson.scheduler.task.schedule")
                          || type.getPackageName().equals("dev.puck.consumer.config")
                          || type.getName().equals(Reducer.class.getName())))
          .because("settings are read before anything else, and a class named there is checked");

  private static ArchRule knowsOnly(String own, String reason, String... others) {
    String[] allowed = new String[others.length + 1];
    allowed[0] = "dev.puck.consumer." + own + "..";
    for (int i = 0; i < others.length; i++) {
      allowed[i + 1] = "dev.puck.consumer." + others[i] + "..";
    }
    return noClasses()
        .that()
        .resideInAPackage(allowed[0])
        .should()
        .dependOnClassesThat(
            com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage(
                    "dev.puck.consumer..")
                .and(
                    com.tngtech.archunit.base.DescribedPredicate.not(
                        com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(
                            allowed))))
        .because(reason);
  }
}
