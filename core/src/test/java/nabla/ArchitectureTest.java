package nabla;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/**
 * The arrows between the packages of core: a rule names what its package may know. Beyond these,
 * only the JDK and the nullness annotations; a new package needs a rule of its own.
 */
@AnalyzeClasses(packages = "nabla", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest static final ArchRule DIAGNOSTIC = only("diagnostic");

  @ArchTest static final ArchRule TENSOR = only("tensor", "diagnostic");

  @ArchTest static final ArchRule OPERATION = only("operation", "tensor", "diagnostic");

  @ArchTest static final ArchRule LANG = only("lang", "operation", "tensor", "diagnostic");

  @ArchTest static final ArchRule CALCULUS = only("calculus", "operation", "tensor", "diagnostic");

  @ArchTest
  static final ArchRule SIMPLIFY =
      only("simplify", "calculus", "operation", "tensor", "diagnostic");

  @ArchTest
  static final ArchRule NOTATION =
      only("notation", "simplify", "lang", "operation", "tensor", "diagnostic");

  @ArchTest
  static final ArchRule VERIFY =
      only(
          "verify",
          "notation",
          "simplify",
          "calculus",
          "lang",
          "operation",
          "tensor",
          "diagnostic");

  @ArchTest
  static final ArchRule EXPLAIN =
      only(
          "explain",
          "verify",
          "notation",
          "simplify",
          "calculus",
          "lang",
          "operation",
          "tensor",
          "diagnostic");

  @ArchTest
  static final ArchRule EVERY_PACKAGE_HAS_A_RULE =
      classes()
          .should()
          .resideInAnyPackage(
              "nabla",
              "nabla.diagnostic..",
              "nabla.tensor..",
              "nabla.operation..",
              "nabla.lang..",
              "nabla.calculus..",
              "nabla.simplify..",
              "nabla.notation..",
              "nabla.verify..",
              "nabla.explain..");

  /** That classes of {@code name} use this package, {@code others} and nothing else of ours. */
  private static ArchRule only(String name, String... others) {
    Stream<String> ours = Stream.concat(Stream.of(name), Stream.of(others));
    Stream<String> allowed =
        Stream.concat(
            ours.map(p -> "nabla." + p + ".."), Stream.of("java..", "org.jspecify.annotations"));
    return classes()
        .that()
        .resideInAPackage("nabla." + name + "..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .allowEmptyShould(true);
  }
}
