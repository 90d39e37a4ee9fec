package nabla.plot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Pictures know what users know of expressions and minimisation; one class paints by the JDK. */
@AnalyzeClasses(packages = "nabla.plot", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule PICTURES_KNOW_THE_PUBLIC_INTERFACE =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "nabla.plot",
              "nabla.optimize",
              "nabla",
              "nabla.tensor",
              "nabla.diagnostic",
              "java..",
              "javax.imageio",
              "org.jspecify.annotations");

  @ArchTest
  static final ArchRule AN_SVG_NEEDS_NO_GRAPHICS =
      classes()
          .that()
          .doNotHaveSimpleName("PngWriter")
          .and()
          .haveNameNotMatching(".*PngWriter\\$.*")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackages("java.awt..", "javax.imageio..");
}
