package nabla.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nabla.lang.BinaryOperator;
import nabla.lang.Program;
import nabla.lang.Syntax;

/**
 * Cuts a function into parts with names: where the user did, else at the arguments of functions,
 * else in a product before its second factor that changes.
 */
final class Cuts {
  private static final int MOST = 4;
  private static final List<String> VECTORS = List.of("u", "v", "w", "z");
  private static final List<String> MATRICES = List.of("U", "V", "W", "Z");

  /** A part in terms of the parts before it. */
  record Cut(String name, Syntax formula) {}

  private final Scope scope;
  private final Differentials differentials;
  private final List<Cut> cuts = new ArrayList<>();
  private final Map<String, Syntax> named = new HashMap<>();

  Cuts(Scope scope, Differentials differentials) {
    this.scope = scope;
    this.differentials = differentials;
  }

  /**
   * The parts, the function last.
   *
   * @param name what the function is called
   */
  List<Cut> of(Program program, String name) {
    Syntax rest = program.definitions().isEmpty() ? automatic(scope.function) : asDefined(program);
    cuts.add(new Cut(name, rest));
    return List.copyOf(cuts);
  }

  /** A definition that does not depend on the variable is no part of the chain. */
  private Syntax asDefined(Program program) {
    Map<String, Syntax> whole = new HashMap<>();
    Map<String, Syntax> replaced = new HashMap<>();
    for (Program.Definition d : program.definitions()) {
      Syntax full = Scope.substituted(d.value(), whole);
      Syntax value = Scope.substituted(d.value(), replaced);
      whole.put(d.name(), full);
      boolean changes = scope.dependsOnVariable(full);
      replaced.put(d.name(), changes ? named(d.name(), value, isRow(full)) : value);
    }
    return Scope.substituted(program.result().value(), replaced);
  }

  private Syntax automatic(Syntax function) {
    Map<String, Syntax> arguments = new LinkedHashMap<>();
    collect(function, arguments);
    List<String> all = List.copyOf(arguments.keySet());
    List<String> outermost = all.subList(Math.max(0, all.size() - MOST), all.size());
    Syntax rest = cut(function, outermost);
    return cuts.isEmpty() ? product(function) : rest;
  }

  /** The arguments of functions that change, innermost first. */
  private void collect(Syntax s, Map<String, Syntax> arguments) {
    if (!scope.dependsOnVariable(s)) return;
    boolean function = differentials.isFunction(s);
    for (Syntax part : s.parts()) {
      collect(part, arguments);
      if (function && isPart(part)) arguments.putIfAbsent(Make.text(part), part);
    }
  }

  private boolean isPart(Syntax s) {
    return scope.dependsOnVariable(s) && !(s instanceof Syntax.Name) && scope.part(s).isPresent();
  }

  private Syntax cut(Syntax s, List<String> kept) {
    if (!scope.dependsOnVariable(s)) return s;
    Syntax inner = s.map(part -> cut(part, kept));
    String text = Make.text(s);
    if (!kept.contains(text)) return inner;
    Syntax known = named.get(text);
    if (known != null) return known;
    boolean matrix = scope.part(s).map(p -> p.tensor().rank() == 2).orElse(false);
    String letter = (matrix ? MATRICES : VECTORS).get(cuts.size() % VECTORS.size());
    Syntax name = named(scope.fresh(letter), inner, isRow(s));
    named.put(text, name);
    return name;
  }

  private boolean isRow(Syntax s) {
    return scope.part(s).map(Scope.Part::row).orElse(false);
  }

  /** A row is named by the column that it is the transpose of. */
  private Syntax named(String name, Syntax formula, boolean row) {
    cuts.add(new Cut(name, row ? Make.transpose(formula) : formula));
    return row ? Make.transpose(Make.name(name)) : Make.name(name);
  }

  private Syntax product(Syntax s) {
    if (s instanceof Syntax.Name) return s;
    if (s instanceof Syntax.Binary b && b.operator() == BinaryOperator.MULTIPLY) {
      List<Syntax> factors = Make.factors(s, BinaryOperator.MULTIPLY);
      for (int k = 1; k < factors.size(); k++) {
        boolean before = factors.subList(0, k).stream().anyMatch(scope::dependsOnVariable);
        Syntax tail = Make.product(factors.subList(k, factors.size()), BinaryOperator.MULTIPLY);
        if (!before || !isPart(tail)) continue;
        boolean matrix = scope.part(tail).map(p -> p.tensor().rank() == 2).orElse(false);
        Syntax name = named(scope.fresh(matrix ? "U" : "u"), tail, isRow(tail));
        List<Syntax> rest = new ArrayList<>(factors.subList(0, k));
        rest.add(name);
        return Make.product(rest, BinaryOperator.MULTIPLY);
      }
    }
    Optional<Differentials.Rewrite> rewrite = differentials.of(s);
    boolean passing = rewrite.isPresent() && rewrite.get().trivial() && s instanceof Syntax.Call;
    return passing ? s.map(part -> scope.dependsOnVariable(part) ? product(part) : part) : s;
  }
}
