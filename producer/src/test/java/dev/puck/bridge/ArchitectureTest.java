package dev.puck.bridge;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import java.util.ArrayList;
import java.util.List;

@AnalyzeClasses(packages = "dev.puck", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule KNOWS_NO_CONSUMER =
      noClasses()
          .that()
          .resideInAPackage("dev.puck.bridge..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.puck.consumer..", "dev.puck.cli..", "dev.puck.lab..", "dev.puck.embedded..")
          .because("both sides meet only in event and service");

  @ArchTest
  static final ArchRule CONFIG_STANDS_ALONE =
      onlyOurs("dev.puck.bridge.config..")
          .because("settings are data, which everything may hold and which holds nothing");

  @ArchTest
  static final ArchRule SOURCES_ARE_INTERCHANGEABLE =
      onlyOurs("dev.puck.bridge.source.notify..", "dev.puck.bridge.source")
          .because("an implementation knows its interface, and nothing that uses it");

  @ArchTest
  static final ArchRule THE_OUTBOX_IS_A_SOURCE =
      onlyOurs(
              "dev.puck.bridge.source.outbox..",
              "dev.puck.bridge.source",
              "dev.puck.bridge.config",
              "dev.puck.bridge.milestone",
              "dev.puck.bridge.schema",
              "dev.puck.bridge.type")
          .because("an implementation knows its interface, and nothing that uses it");

  @ArchTest
  static final ArchRule THE_WAL_IS_A_SOURCE =
      onlyOurs(
              "dev.puck.bridge.source.wal..",
              "dev.puck.bridge.source",
              "dev.puck.bridge.config",
              "dev.puck.bridge.milestone",
              "dev.puck.bridge.type")
          .because("an implementation knows its interface, and nothing that uses it");

  @ArchTest
  static final ArchRule DECODING_IS_PURE =
      onlyOurs("dev.puck.bridge.source.wal.pgoutput..")
          .because("bytes come in and records go out, whoever reads them from where");

  @ArchTest
  static final ArchRule TYPES_ARE_OF_NO_SOURCE =
      onlyOurs("dev.puck.bridge.type..")
          .because("a value must become the same JSON whichever source it came from");

  @ArchTest
  static final ArchRule PUBLISHERS_ARE_INTERCHANGEABLE =
      onlyOurs(
              "dev.puck.bridge.publisher.kafka..",
              "dev.puck.bridge.publisher",
              "dev.puck.bridge.milestone")
          .because("an implementation knows its interface, and nothing that uses it");

  @ArchTest
  static final ArchRule A_SOURCE_IS_AN_INTERFACE =
      onlyOurs("dev.puck.bridge.source").because("it is what its implementations have in common");

  @ArchTest
  static final ArchRule A_PUBLISHER_IS_AN_INTERFACE =
      onlyOurs("dev.puck.bridge.publisher")
          .because("it is what its implementations have in common");

  @ArchTest
  static final ArchRule THE_RELAY_KNOWS_INTERFACES =
      onlyOurs(
              "dev.puck.bridge.relay..",
              "dev.puck.bridge.config",
              "dev.puck.bridge.source",
              "dev.puck.bridge.publisher",
              "dev.puck.bridge.checkpoint")
          .because("a new source or publisher must not touch the loop between them");

  @ArchTest
  static final ArchRule CHECKPOINTS_ARE_EVENTS =
      onlyOurs(
              "dev.puck.bridge.checkpoint..", "dev.puck.bridge.publisher", "dev.puck.bridge.source")
          .because("a checkpoint is published like any other record");

  @ArchTest
  static final ArchRule DEAD_LETTERS_ARE_KEPT_FOR_PUBLISHERS =
      onlyOurs("dev.puck.bridge.deadletter..", "dev.puck.bridge.publisher")
          .because(
              "no source knows a publisher, and no publisher knows PostgreSQL: what is kept for the"
                  + " one in the other lies between them");

  @ArchTest
  static final ArchRule AN_ELECTION_HOLDS_PUBLISHERS_BACK =
      onlyOurs("dev.puck.bridge.election..", "dev.puck.bridge.publisher")
          .because("who leads may publish: what and where to is no question of it");

  @ArchTest
  static final ArchRule A_CHANGEOVER_KNOWS_BOTH_DURABLE_SOURCES =
      onlyOurs(
              "dev.puck.bridge.changeover..",
              "dev.puck.bridge.config",
              "dev.puck.bridge.schema",
              "dev.puck.bridge.source",
              "dev.puck.bridge.source.outbox",
              "dev.puck.bridge.source.wal")
          .because("where they meet is PostgreSQL's alone to say: Kafka is the root's business");

  @ArchTest
  static final ArchRule METRICS_LISTEN =
      onlyOurs("dev.puck.bridge.metric..", "dev.puck.bridge.relay", "dev.puck.bridge.source")
          .because("what counts must not steer");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("dev.puck.bridge.(*)..").should().beFreeOfCycles();

  /** Of Puck's own classes, these may use their own package, the allowed, event and service. */
  private static ClassesShouldConjunction onlyOurs(String subject, String... allowed) {
    List<String> packages = new ArrayList<>(List.of(allowed));
    packages.addAll(List.of(subject, "dev.puck.event..", "dev.puck.service.."));
    return classes()
        .that()
        .resideInAPackage(subject)
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage("dev.puck.."))
                .or(resideInAnyPackage(packages.toArray(String[]::new))));
  }
}
