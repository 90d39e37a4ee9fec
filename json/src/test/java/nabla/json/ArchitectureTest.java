package nabla.json;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Questions in JSON know what users know of Nabla, and neither the command line nor the web. */
@AnalyzeClasses(packages = "nabla.json", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule QUESTIONS_KNOW_THE_PUBLIC_INTERFACE =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "nabla.json",
              "nabla",
              "nabla.diagnostic",
              "nabla.explain",
              "nabla.lang",
              "nabla.operation",
              "nabla.optimize",
              "nabla.plot",
              "nabla.tensor",
              "nabla.verify..",
              "io.avaje.json..",
              "java..",
              "org.jspecify.annotations");
}
