package nabla;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.Derivation.Chain;
import nabla.Derivation.Part;
import nabla.Derivation.Step;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import nabla.verify.Agreement;

/** Judges the steps of a derivation one after the other, and learns names on the way. */
final class DerivationReferee {
  private static final Comparison.Wording ABOVE =
      new Comparison.Wording("equal", "the line above", "this line");

  private static final Comparison.Wording SIDES =
      new Comparison.Wording("equal", "the left side", "the right side");

  private static final Comparison.Wording DERIVATIVE =
      new Comparison.Wording("right", "the derivative", "this line");

  private static final Comparison.Wording DIFFERENTIAL =
      new Comparison.Wording("right", "the differential", "this line");

  private static final String ABOVE_LABEL = "above";

  private final Scope scope;

  DerivationReferee(String declarations) {
    this.scope = new Scope(declarations);
  }

  /** What a step is compared with; the formula to be shown for it. */
  private record Reference(Tensor tensor, Expression expression, Changes changes) {}

  List<Step> judge(Chain chain) {
    Part left = chain.left();
    List<Part> all = new ArrayList<>(List.of(left));
    all.addAll(chain.parts());
    scope.meetNamedChanges(all);
    return switch (LeftSide.of(left.text(), scope.defined(), scope.known())) {
      case LeftSide.Definition d -> definition(d, chain);
      case LeftSide.Of d -> derivative(d, chain);
      case LeftSide.Differential d -> differential(d.function(), chain);
      case LeftSide.SecondDifferential d ->
          throw left.error(
              Code.UNSUPPORTED, "second differentials are not judged", "write hess f = …");
      case LeftSide.Formula f -> {
        Reference first = reference(left, f.text(), scope.meetChanges(all));
        yield goOn(left.text() + " = ", first, chain.parts(), left.text());
      }
    };
  }

  private List<Step> definition(LeftSide.Definition left, Chain chain) {
    String name = left.name();
    Part first = chain.parts().getFirst();
    rejectDifferential(name, chain);
    String given = chain.left().text() + " = " + first.text();
    List<Step> steps = new ArrayList<>(List.of(new Step(first.line(), given, name, null)));
    Reference reference = reference(first, first.text(), scope.meetChanges(chain.parts()));
    if (scope.known().contains(name)) {
      throw chain
          .left()
          .error(Code.DECLARATION, name + " stands on both sides", "give one another name");
    }
    scope.define(name, left.of(), reference.expression().problem());
    steps.addAll(goOn("= ", reference, rest(chain), ABOVE_LABEL));
    return steps;
  }

  /** A differential of what was not defined would pass as a new name. */
  private void rejectDifferential(String name, Chain chain) {
    Set<String> written = new LinkedHashSet<>();
    for (Part part : chain.parts()) written.addAll(LeftSide.names(part.text()));
    Set<String> names = new LinkedHashSet<>(written);
    names.addAll(scope.known());
    boolean changes =
        written.stream().anyMatch(n -> n.startsWith("d") && names.contains(n.substring(1)));
    if (!name.matches("d.+") || !changes) return;
    String function = name.substring(1);
    throw chain
        .left()
        .error(Code.NAME, function + " is not defined", "write a line " + function + " = … above");
  }

  private static List<Part> rest(Chain chain) {
    return chain.parts().subList(1, chain.parts().size());
  }

  private Reference reference(Part part, String text, Changes changes) {
    Expression read =
        scope.read(part, changes.expanded(scope.withoutArguments(text), scope, part), changes);
    return new Reference(read.problem().tensor(), read, changes);
  }

  /** The steps from one part to the next. */
  private List<Step> goOn(String before, Reference reference, List<Part> parts, String label) {
    List<Step> steps = new ArrayList<>();
    Reference above = reference;
    String start = before;
    for (Part part : parts) {
      String text = above.changes().expanded(scope.withoutArguments(part.text()), scope, part);
      Tensor claimed = scope.readAs(part, text, above.tensor().shape(), above.changes());
      boolean first = !label.equals(ABOVE_LABEL);
      Verdict verdict = compare(above, claimed, first ? SIDES : ABOVE);
      steps.add(new Step(part.line(), start + part.text(), label, verdict));
      above = new Reference(claimed, above.expression(), above.changes());
      start = "= ";
      label = ABOVE_LABEL;
    }
    return steps;
  }

  private Verdict compare(Reference above, Tensor claimed, Comparison.Wording wording) {
    Tensor right = above.tensor();
    Set<Variable> symbols = new LinkedHashSet<>(Tensors.variables(right));
    symbols.addAll(Tensors.variables(claimed));
    Map<Variable, Variable> changes = scope.changesAmong(symbols);
    symbols.addAll(changes.values());
    SharedWork work = new SharedWork(above.expression(), List.of());
    Comparison comparison = new Comparison(List.copyOf(symbols), work, wording);
    String correct = comparison.text(right);
    if (!claimed.shape().equals(right.shape())) {
      String message =
          wording.claim()
              + " is "
              + Referee.described(claimed.shape())
              + ", "
              + wording.formula()
              + " is "
              + Referee.described(right.shape());
      return new Verdict(Verdict.Kind.SHAPE, message, correct, "", null);
    }
    if (comparison.outcome(right, claimed) == Agreement.Kind.EQUAL) {
      return new Verdict(Verdict.Kind.RIGHT, wording.right(), correct, "", null);
    }
    Tangents tangents = Tangents.of(changes);
    Verdict any = comparison.wrong(correct, right, claimed);
    return tangents.isEmpty() ? any : along(tangents, any, above, claimed, wording);
  }

  /** The verdict where changes keep what is declared, from the one for any changes. */
  private static Verdict along(
      Tangents tangents, Verdict any, Reference above, Tensor claimed, Comparison.Wording wording) {
    Tensor right = tangents.in(above.tensor());
    Tensor other = tangents.in(claimed);
    Set<Variable> symbols = new LinkedHashSet<>(Tensors.variables(right));
    symbols.addAll(Tensors.variables(other));
    for (Tensor tangent : tangents.of().values()) symbols.addAll(Tensors.variables(tangent));
    SharedWork work = new SharedWork(above.expression(), List.of());
    Comparison comparison = new Comparison(List.copyOf(symbols), work, wording);
    Agreement.Kind outcome = comparison.outcome(right, other);
    boolean noise = outcome == Agreement.Kind.UNKNOWN;
    if (outcome == Agreement.Kind.EQUAL || (noise && comparison.isProved(right, other))) {
      String message = wording.right() + ", as " + String.join(" and ", tangents.reasons());
      return new Verdict(Verdict.Kind.RIGHT_WHERE, message, any.correct(), "", null);
    }
    if (!tangents.all()) {
      String message = "it is not known which changes keep the properties that are declared";
      return new Verdict(Verdict.Kind.UNDECIDED, message, any.correct(), "", null);
    }
    return comparison
        .difference(right, other)
        .map(d -> any.enough().at(tangents.at(d)))
        .orElseGet(() -> comparison.wrong(any.correct(), right, other));
  }

  private List<Step> derivative(LeftSide.Of left, Chain chain) {
    Part at = chain.left();
    Expression function = scope.function(at, left.function(), left.by());
    String by = left.by().isEmpty() ? onlyVariable(at, function) : left.by();
    scope.changed(List.of(by));
    Derivative derivative;
    try {
      derivative = function.derivative(left.variables(by), Layout.DENOMINATOR);
    } catch (NablaException e) {
      throw at.in(e, at.text());
    }
    Part first = chain.parts().getFirst();
    String text = at.text() + " = " + first.text();
    String right = scope.withoutArguments(first.text());
    List<Step> steps = new ArrayList<>();
    boolean writtenOut = scope.defined().contains(by) && !scope.isOver(first, function);
    Tensor claimed;
    if (writtenOut) {
      Tensor truth = scope.writtenOut(derivative.tensor(), by);
      claimed = scope.readAs(first, right, truth.shape(), Changes.NONE);
      Reference reference = new Reference(truth, function, Changes.NONE);
      Verdict verdict = compare(reference, claimed, DERIVATIVE);
      steps.add(new Step(first.line(), text, at.text(), verdict));
    } else {
      String claim = scope.prefix(right, by) + right;
      try {
        steps.add(new Step(first.line(), text, at.text(), derivative.judge(claim)));
        claimed = scope.writtenOut(derivative.claimed(claim), by);
      } catch (NablaException e) {
        throw first.in(e, claim);
      }
    }
    Reference reference = new Reference(claimed, function, Changes.NONE);
    steps.addAll(goOn("= ", reference, rest(chain), ABOVE_LABEL));
    return steps;
  }

  private String onlyVariable(Part at, Expression function) {
    List<String> names = scope.names(function);
    if (names.contains(scope.argument())) return scope.argument();
    List<String> known = scope.lastChanged().stream().filter(names::contains).toList();
    List<String> candidates = known.size() == 1 ? known : names;
    if (candidates.size() == 1) return candidates.getFirst();
    throw at.error(
        Code.WRT,
        "differentiate by which variable? it may be " + String.join(", ", candidates),
        "write df/dx or grad_x f");
  }

  private List<Step> differential(String function, Chain chain) {
    Part at = chain.left();
    Expression expression = scope.function(at, function, "");
    List<Variable> variables = Tensors.variables(expression.problem().tensor());
    if (!Tangents.of(scope.changesAmong(variables)).isEmpty()) {
      throw at.error(Code.UNSUPPORTED, "second differentials are not judged", "");
    }
    Changes changes = Changes.in(chain.parts(), variables);
    scope.changed(changes.of().keySet().stream().map(Variable::name).toList());
    Tensor right = changes.of(expression);
    Part first = chain.parts().getFirst();
    Reference truth = new Reference(right, expression, changes);
    String read = changes.expanded(scope.withoutArguments(first.text()), scope, first);
    Tensor claimed = scope.readAs(first, read, right.shape(), changes);
    String text = at.text() + " = " + first.text();
    List<Step> steps = new ArrayList<>();
    steps.add(new Step(first.line(), text, at.text(), compare(truth, claimed, DIFFERENTIAL)));
    Reference reference = new Reference(claimed, expression, changes);
    steps.addAll(goOn("= ", reference, rest(chain), ABOVE_LABEL));
    return steps;
  }
}
