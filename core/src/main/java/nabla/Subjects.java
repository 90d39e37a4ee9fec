package nabla;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.explain.Line;
import nabla.explain.Subject;
import nabla.lang.Problem;
import nabla.tensor.Variable;

/**
 * What an explanation is about: the function and its derivative; of a second derivative, after that
 * the first derivative and its own.
 */
final class Subjects {
  private final Chain chain;
  private final Derivative derivative;
  private final long seed;

  private Subjects(Derivative derivative, Chain chain, long seed) {
    this.chain = chain;
    this.derivative = derivative;
    this.seed = seed;
  }

  static List<Subject> of(Derivative derivative, Chain chain, long seed) {
    if (chain.operator.isTrace()) {
      throw new NablaException(
          Code.UNSUPPORTED,
          "a "
              + chain.operator.label()
              + " is a sum of derivatives; gradients, Jacobians and Hessians are explained");
    }
    if (!chain.targets.stream().allMatch(Target::isWhole)) {
      throw new NablaException(
          Code.UNSUPPORTED, "derivatives by whole variables are explained, not by entries of one");
    }
    return new Subjects(derivative, chain, seed).all();
  }

  private List<Subject> all() {
    List<Subject> subjects = new ArrayList<>();
    List<String> names = chain.targets.stream().map(t -> t.variable().name()).toList();
    Expression function = chain.expression;
    Line.Label name = letter();
    for (int order = 1; order <= names.size(); order++) {
      List<String> by = names.subList(0, order);
      boolean last = order == names.size();
      Derivative shown =
          last
              ? derivative
              : chain.expression.derivative(by, Layout.DENOMINATOR, Structure.AMBIENT);
      subjects.add(subject(function, name, chain.targets.get(order - 1).variable(), shown, order));
      if (last) break;
      function = shown.expression();
      name = label(order);
    }
    return subjects;
  }

  private Subject subject(
      Expression function, Line.Label name, Variable x, Derivative shown, int order) {
    Problem problem = function.problem();
    Chain first =
        Chain.each(
                function,
                DifferentialOperator.DERIVATIVE,
                List.of(List.of(x.name())),
                Structure.AMBIENT)
            .getFirst();
    boolean structured = shown.structure() != Structure.AMBIENT;
    Subject.Answer answer =
        new Subject.Answer(
            label(order),
            shown.program(),
            shown.shape(),
            places(shown, order),
            shown.layout().label(),
            shown.entry(),
            structured ? StructureNote.of(x, shown.structure()) : "",
            shown.kind().equals("row"),
            shown.conditions());
    return new Subject(
        problem,
        name,
        first.tensors.getFirst(),
        Chain.ambient(x),
        x,
        first.work.simplifier,
        first.work.written,
        answer,
        () -> shown.check(seed).passed());
  }

  /** Where the axes of the last variable stand, then those of the others and of the function. */
  private List<Integer> places(Derivative shown, int order) {
    List<Integer> places = shown.places();
    int before = chain.by.subList(0, order - 1).stream().mapToInt(Variable::rank).sum();
    int own = chain.by.get(order - 1).rank();
    return IntStream.concat(
            IntStream.range(before, before + own),
            IntStream.range(0, places.size()).filter(k -> k < before || k >= before + own))
        .mapToObj(places::get)
        .toList();
  }

  /** The usual letter, or another one that nothing has. */
  private Line.Label letter() {
    String usual = EntryText.function(chain.own());
    List<String> letters = List.of(usual, usual.equals("Y") ? "F" : "g", "phi_1", "phi_2");
    Problem problem = chain.expression.problem();
    Set<String> taken = new HashSet<>();
    problem.variables().forEach(s -> taken.add(s.name()));
    problem.functions().forEach(f -> taken.add(f.name()));
    problem.program().definitions().forEach(d -> taken.add(d.name()));
    String letter = letters.stream().filter(l -> !taken.contains(l)).findFirst().orElse(usual);
    return new Line.Label(letter, letter.startsWith("phi") ? "\\varphi" : letter);
  }

  private Line.Label label(int order) {
    List<Variable> by = chain.by.subList(0, order);
    Line.Label letter = letter();
    return new Line.Label(EntryText.label(by, letter.text()), EntryText.latex(by, letter.latex()));
  }
}
