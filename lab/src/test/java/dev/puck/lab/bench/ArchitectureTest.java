package dev.puck.lab.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.puck.lab", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule BENCH_AND_PROOF_ARE_APART =
      noClasses()
          .that()
          .resideInAnyPackage("dev.puck.lab.bench..", "dev.puck.lab.process..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.puck.lab.proof..")
          .because("what is measured must not be what is held for a proof");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("dev.puck.lab.bench.(*)..").should().beFreeOfCycles();
}
