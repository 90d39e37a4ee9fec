package nabla.optimize;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Minimisation knows what users know of expressions; the engine is found at run time. Proofs of
 * convexity know tensors, and nothing of minimisation.
 */
@AnalyzeClasses(packages = "nabla.optimize", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule MINIMISATION_KNOWS_THE_PUBLIC_INTERFACE =
      classes()
          .that()
          .resideInAPackage("nabla.optimize")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "nabla.optimize",
              "nabla.optimize.convexity",
              "nabla",
              "nabla.tensor",
              "nabla.diagnostic",
              "nabla.verify",
              "java..",
              "org.hipparchus.exception",
              "org.hipparchus.linear",
              "org.jspecify.annotations");

  @ArchTest
  static final ArchRule PROOFS_KNOW_TENSORS =
      classes()
          .that()
          .resideInAPackage("nabla.optimize.convexity")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "nabla.optimize.convexity",
              "nabla",
              "nabla.calculus",
              "nabla.diagnostic",
              "nabla.lang",
              "nabla.notation",
              "nabla.simplify",
              "nabla.tensor",
              "nabla.verify",
              "java..",
              "org.hipparchus.exception",
              "org.hipparchus.linear",
              "org.jspecify.annotations");
}
