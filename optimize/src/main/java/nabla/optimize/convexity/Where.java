package nabla.optimize.convexity;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.Tensor;

/** In words what must hold for a function to have a value, as far as declarations don't say so. */
final class Where {
  private final Analysis analysis;
  private final Function<Tensor, String> text;
  private final Set<String> conditions = new LinkedHashSet<>();

  private Where(Analysis analysis, Function<Tensor, String> text) {
    this.analysis = analysis;
    this.text = text;
  }

  static List<String> of(Analysis analysis, Function<Tensor, String> text) {
    Where where = new Where(analysis, text);
    for (Tensor part : analysis.parts()) where.add(part);
    return List.copyOf(where.conditions);
  }

  private void add(Tensor part) {
    switch (part) {
      case Elementwise e -> add(e.operator().name(), e.operands().getFirst());
      case Apply a -> add(a.operator().name(), a.operands().getFirst());
      case Einsum e -> e.factors().forEach(this::add);
      default -> {}
    }
  }

  private void add(String operation, Tensor operand) {
    switch (operation) {
      case "log" -> {
        if (!analysis.natural(operand).isPositive()) say(operand, " > 0");
      }
      case "log1p" -> say(operand, " > -1");
      case "inv", "logdet" -> {
        if (!analysis.definiteness().isDefinite(operand)) say(operand, " is positive definite");
      }
      default -> {}
    }
  }

  private void add(Einsum.Factor f) {
    Range range = analysis.natural(f.tensor());
    if (analysis.of(f.tensor()).constant()) return;
    boolean divides = f.exponent().signum() < 0;
    if (divides && !range.isPositive()) say(f.tensor(), " > 0");
    if (!divides && !f.exponent().isInteger() && !range.isNonnegative()) say(f.tensor(), " >= 0");
  }

  private void say(Tensor subject, String requirement) {
    conditions.add(text.apply(subject) + requirement);
  }
}
