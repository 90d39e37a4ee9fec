package nabla.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import nabla.calculus.Differentiation;
import nabla.lang.Elaboration;
import nabla.lang.Problem;
import nabla.lang.Syntax;
import nabla.notation.Notation;
import nabla.notation.TextPrinter;
import nabla.simplify.Simplifier;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;

/** The stages of the way of a formula, each with everything before it done beforehand. */
public enum Phase {
  /** Text to tensor. */
  PARSE {
    @Override
    Supplier<Object> of(Input input) {
      return () -> problem(input);
    }
  },
  /** Tensor to derivative, in reverse mode, nothing rewritten. */
  DERIVE {
    @Override
    Supplier<Object> of(Input input) {
      Problem problem = problem(input);
      return () -> derive(problem, input);
    }
  },
  /** Derivative to the form that is shown. */
  SIMPLIFY {
    @Override
    Supplier<Object> of(Input input) {
      Problem problem = problem(input);
      Tensor derivative = derive(problem, input);
      return () -> simplify(problem, derivative);
    }
  },
  /** The form that is shown to text. */
  PRINT {
    @Override
    Supplier<Object> of(Input input) {
      Problem problem = problem(input);
      Tensor shown = simplify(problem, derive(problem, input));
      return () -> print(problem, shown);
    }
  },
  /** Expression to text: derive, simplify and print as the library does it. */
  ALL {
    @Override
    Supplier<Object> of(Input input) {
      var expression = input.parse();
      return () -> input.derive(expression).text();
    }
  };

  /** What is to be timed. */
  abstract Supplier<Object> of(Input input);

  static Problem problem(Input input) {
    return Elaboration.read(input.expression(), input.declarations(), Map.of());
  }

  /** The last derivative of the chain; those before it are in normal form, as in the library. */
  static Tensor derive(Problem problem, Input input) {
    List<Variable> by =
        input.by().stream().map(name -> problem.variable(name).orElseThrow()).toList();
    Tensor derivative = problem.tensor();
    for (int order = 0; order < by.size(); order++) {
      if (order > 0) derivative = new Simplifier().normalize(derivative);
      derivative = Differentiation.next(derivative, by.subList(0, order), by.get(order));
    }
    return derivative;
  }

  private static Tensor simplify(Problem problem, Tensor derivative) {
    Simplifier simplifier = new Simplifier();
    Map<Tensor, Syntax> written = new LinkedHashMap<>();
    problem
        .parts()
        .forEach((part, syntax) -> written.putIfAbsent(simplifier.normalize(part), syntax));
    Notation notation = notation(problem, written);
    Tensor normal = simplifier.normalize(derivative);
    return simplifier.shortest(normal, written.keySet(), notation::length);
  }

  private static String print(Problem problem, Tensor shown) {
    List<String> axes = IntStream.range(0, shown.rank()).mapToObj(axis -> "d" + axis).toList();
    return TextPrinter.print(notation(problem, Map.of()).of(shown, axes, false));
  }

  private static Notation notation(Problem problem, Map<Tensor, Syntax> written) {
    List<Variable> variables = problem.variables().stream().map(Problem.Symbol::variable).toList();
    return new Notation(problem.tensor(), variables, written);
  }
}
