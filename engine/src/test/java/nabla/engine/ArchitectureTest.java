package nabla.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the packages of the engine, and from it to core. */
@AnalyzeClasses(packages = "nabla.engine", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule KERNELS_KNOW_NO_TENSORS =
      only("nabla.engine.kernel..", "java..", "org.jspecify.annotations");

  @ArchTest
  static final ArchRule FILES_KNOW_ARRAYS =
      only(
          "nabla.engine.data..",
          "java..",
          "org.jspecify.annotations",
          "nabla.tensor..",
          "nabla.diagnostic..");

  @ArchTest
  static final ArchRule THE_ENGINE_KNOWS_WHAT_IS_EVALUATED =
      only(
          "nabla.engine",
          "java..",
          "org.jspecify.annotations",
          "nabla.engine.kernel..",
          "nabla",
          "nabla.tensor..",
          "nabla.operation..",
          "nabla.diagnostic..");

  private static ArchRule only(String own, String... others) {
    String[] allowed = new String[others.length + 1];
    allowed[0] = own;
    System.arraycopy(others, 0, allowed, 1, others.length);
    return classes()
        .that()
        .resideInAPackage(own)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed);
  }
}
