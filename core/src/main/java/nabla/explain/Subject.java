package nabla.explain;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import nabla.lang.Problem;
import nabla.lang.Program;
import nabla.lang.Syntax;
import nabla.simplify.Simplifier;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;

/**
 * What is to be derived, and the answer that the derivation has to end in.
 *
 * @param problem the function
 * @param name what it is called
 * @param function its tensor, with nothing declared of the variable
 * @param x the variable, with nothing declared of it
 * @param declared the variable as it was declared
 * @param written how the user wrote some parts
 * @param answer the derivative as it is shown
 * @param isRight whether the answer agrees with finite differences
 */
public record Subject(
    Problem problem,
    Line.Label name,
    Tensor function,
    Variable x,
    Variable declared,
    Simplifier simplifier,
    Map<Tensor, Syntax> written,
    Answer answer,
    BooleanSupplier isRight) {

  /**
   * A derivative as it is shown.
   *
   * @param label such as {@code ∂f/∂x}
   * @param order the place among its axes of each axis of the variable, then of the function
   * @param layout the name of the layout
   * @param entry what an entry of it is
   * @param row whether it is a vector that is written as a row
   * @param conditions what must hold for it to be right
   * @param structure what becomes of the derivative by each entry, if it is not the answer
   */
  public record Answer(
      Line.Label label,
      Program formula,
      List<Size> shape,
      List<Integer> order,
      String layout,
      String entry,
      String structure,
      boolean row,
      List<String> conditions) {}

  /** Whether the function is a derivative itself. */
  boolean isDerivative() {
    return name.text().contains("∂");
  }

  /** Its differential as the left side of a line. */
  Line.Label differential() {
    boolean letter = !isDerivative();
    return new Line.Label(
        letter ? "d" + name.text() : "d(" + name.text() + ")",
        "\\mathrm{d}" + (letter ? name.latex() : "\\left(" + name.latex() + "\\right)"));
  }
}
