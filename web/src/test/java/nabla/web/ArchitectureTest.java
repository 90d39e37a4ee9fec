package nabla.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The server knows questions in JSON and HTTP: no expression, no mathematics. */
@AnalyzeClasses(packages = "nabla.web", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule NO_MATHEMATICS =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "nabla.web",
              "nabla.json",
              "nabla.diagnostic",
              "nabla",
              "java..",
              "com.sun.net.httpserver",
              "com.sun.management",
              "org.jspecify.annotations");
}
