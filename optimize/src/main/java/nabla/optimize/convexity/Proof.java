package nabla.optimize.convexity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import nabla.Compilation;
import nabla.notation.Notation;
import nabla.notation.TextPrinter;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;

/**
 * What is proved of a scalar function on its domain, which is convex then.
 *
 * @param modulus of strong convexity, as a formula, if there is one
 * @param where what must hold for it to have a value, of what is proved
 * @param steps of the proof, or of the attempt that came furthest
 */
public record Proof(
    boolean convex,
    boolean concave,
    Optional<String> modulus,
    List<String> where,
    List<String> steps) {

  /**
   * Looks for a proof.
   *
   * @param read the function
   * @param moving the names of the variables that move
   */
  public static Proof of(Compilation read, Set<String> moving) {
    Notation notation = new Notation(read.written(), read.variables(), Map.of());
    Function<Tensor, String> text =
        tensor -> TextPrinter.print(notation.of(tensor, List.of(), false));
    Analysis analysis = new Analysis(read.written(), moving);
    Behaviour found = analysis.ofRoot();
    boolean termByTerm = found.isConvex();
    List<String> steps = steps(analysis, text);
    if (!found.isConvex() && !found.isConcave()) {
      Tensor rest = rest(analysis);
      found = SecondDerivative.of(new Analysis(rest, moving));
      termByTerm = found.isConvex() && !rest.equals(analysis.root());
      if (termByTerm) {
        steps.add(text.apply(rest) + " is convex: " + found.why());
        steps.add(text.apply(analysis.root()) + " is convex: a sum of convex functions");
      } else {
        if (!rest.equals(analysis.root())) found = SecondDerivative.of(analysis);
        if (found.isKnown()) steps.clear();
        steps.add(text.apply(analysis.root()) + " is " + found.words() + ": " + found.why());
      }
    }
    if (found.isKnown()) steps.removeIf(s -> s.contains(" is unknown: "));
    Optional<String> modulus =
        termByTerm ? Modulus.of(analysis, read.variables(), text) : Optional.empty();
    List<String> where =
        found.isConvex() || found.isConcave() ? Where.of(analysis, text) : List.of();
    return new Proof(found.isConvex(), found.isConcave(), modulus, where, steps);
  }

  /** The terms of a sum that are not proved to be convex; all if none is. */
  private static Tensor rest(Analysis analysis) {
    if (!(analysis.root() instanceof Sum sum)) return analysis.root();
    List<Sum.Term> rest = new ArrayList<>();
    for (Sum.Term term : sum.terms()) {
      Behaviour b = analysis.of(term.tensor());
      if (!(term.coefficient().signum() > 0 ? b.isConvex() : b.isConcave())) rest.add(term);
    }
    return Sum.of(rest, List.of());
  }

  private static List<String> steps(Analysis analysis, Function<Tensor, String> text) {
    List<String> steps = new ArrayList<>();
    for (Tensor part : analysis.parts()) {
      Behaviour b = analysis.of(part);
      boolean leaf = part instanceof Variable || (b.affine() && !part.equals(analysis.root()));
      if (!leaf) steps.add(text.apply(part) + " is " + b.words() + ": " + b.why());
    }
    return steps;
  }
}
