package nabla;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.lang.Context;
import nabla.lang.Elaboration;
import nabla.lang.Problem;
import nabla.lang.Program;
import nabla.lang.Syntax;
import nabla.notation.TextPrinter;
import nabla.operation.FunctionSymbol;
import nabla.tensor.Variable;

/**
 * Builds an expression from others. It is what reading its text would give, with everything that is
 * declared of the operands: what is inferred is inferred again.
 */
final class Composition {
  private final Map<String, Program.Definition> definitions = new LinkedHashMap<>();
  private final Map<String, Variable> declared = new LinkedHashMap<>();
  private final Map<String, FunctionSymbol> functions = new LinkedHashMap<>();
  private final Map<String, Integer> ranks = new LinkedHashMap<>();

  private Composition() {}

  /**
   * @param build gets the operands as they are written
   * @throws NablaException if the operands do not fit together, or a name means two things
   */
  static Expression of(List<Expression> operands, Function<List<Syntax>, Syntax> build) {
    Composition composition = new Composition();
    List<Syntax> written = new ArrayList<>();
    for (Expression operand : operands) written.add(composition.add(operand.problem()));
    for (Expression operand : operands) composition.rejectDoubleUse(operand.problem());
    var result = new Program.Definition("", List.of(), build.apply(written), Span.NONE);
    List<Program.Definition> before = List.copyOf(composition.definitions.values());
    String text = TextPrinter.print(new Program(before, result));
    List<Variable> variables = List.copyOf(composition.declared.values());
    List<FunctionSymbol> functions = List.copyOf(composition.functions.values());
    Context context = new Context(variables, functions, Set.of());
    return new Expression(Elaboration.over(text, context, composition.ranks));
  }

  private Syntax add(Problem operand) {
    Program program = operand.program();
    if (!program.result().indices().isEmpty()) {
      throw new NablaException(
          Code.UNSUPPORTED, "an expression in index notation can't be part of another one");
    }
    for (Program.Definition d : program.definitions()) define(d);
    for (FunctionSymbol f : operand.functions()) {
      FunctionSymbol known = functions.putIfAbsent(f.name(), f);
      if (known != null && !known.equals(f)) throw twoMeanings(f.name());
    }
    for (Problem.Symbol symbol : operand.variables()) {
      Variable v = symbol.variable();
      Integer rank = ranks.putIfAbsent(v.name(), v.rank());
      if (rank != null && rank != v.rank()) throw twoMeanings(v.name());
      if (!symbol.declared()) continue;
      Variable known = declared.putIfAbsent(v.name(), v);
      if (known != null && !known.equals(v)) throw twoMeanings(v.name());
    }
    return program.result().value();
  }

  private void define(Program.Definition definition) {
    Program.Definition known = definitions.putIfAbsent(definition.name(), definition);
    if (known != null && !text(known).equals(text(definition))) {
      throw twoMeanings(definition.name());
    }
  }

  private static String text(Program.Definition definition) {
    return TextPrinter.print(new Program(List.of(), definition));
  }

  /** In one text a name has one meaning; in two it may have two. */
  private void rejectDoubleUse(Problem operand) {
    for (String constant : operand.constants()) {
      boolean other = ranks.containsKey(constant) || definitions.containsKey(constant);
      if (other) throw twoMeanings(constant);
    }
    for (Problem.Symbol symbol : operand.variables()) {
      boolean other =
          definitions.containsKey(symbol.name()) || functions.containsKey(symbol.name());
      if (other) throw twoMeanings(symbol.name());
    }
    for (Variable v : declared.values()) {
      v.shape().stream()
          .flatMap(size -> size.names().stream())
          .filter(name -> ranks.containsKey(name) || definitions.containsKey(name))
          .findFirst()
          .ifPresent(
              name -> {
                throw twoMeanings(name);
              });
    }
  }

  private static NablaException twoMeanings(String name) {
    return new NablaException(
        Code.DECLARATION, name + " is one thing in one operand and another in the other");
  }
}
