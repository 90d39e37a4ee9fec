package nabla.optimize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.Expression;
import nabla.Output;
import nabla.Symbol;
import nabla.diagnostic.NablaException;
import nabla.optimize.convexity.Proof;
import nabla.tensor.NumericArray;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;

/**
 * Whether what is least nearby is least of all: the function is convex, and so is the set of the
 * points that meet the constraints (Boyd and Vandenberghe, Convex Optimization, section 4.2.2).
 */
final class Globality {
  private static final int MOST_ROWS = 400;
  private static final double PIVOT = 1e-12;

  private final Set<String> moving;
  private final Map<String, NumericArray> data;

  /**
   * @param data what does not move, whose signs may make the function convex
   */
  Globality(List<String> over, Map<String, NumericArray> data) {
    this.moving = Set.copyOf(over);
    this.data = data;
  }

  boolean isProved(Expression function, List<Constraint> constraints) {
    try {
      if (!proof(function).convex()) return false;
      for (Constraint c : constraints) {
        // with any weights a sum is convex only if all of it is
        Proof proof = proof(c.weighted("anyWeights"));
        if (!proof.convex() || (c.isEquality() && !proof.concave())) return false;
      }
      return true;
    } catch (NablaException beyondTheLanguage) {
      return false;
    }
  }

  private Proof proof(Expression function) {
    List<String> declarations = new ArrayList<>();
    for (Symbol s : function.variables()) declarations.add(declaration(s));
    Expression declared = Expression.parse(function.text(), String.join("; ", declarations));
    return Proof.of(declared.compilation(List.of(Output.value())), moving);
  }

  /** With what the data are and nobody has declared. */
  private String declaration(Symbol symbol) {
    NumericArray own = data.get(symbol.name());
    if (own == null || moving.contains(symbol.name()) || !symbol.properties().isEmpty()) {
      return symbol.declaration();
    }
    if (isPositiveDefinite(own)) return symbol.declaration() + " pd";
    double[] entries = own.data();
    if (Arrays.stream(entries).allMatch(x -> x > 0)) return symbol.declaration() + " positive";
    if (Arrays.stream(entries).allMatch(x -> x >= 0)) return symbol.declaration() + " nonnegative";
    return symbol.declaration();
  }

  private static boolean isPositiveDefinite(NumericArray array) {
    if (array.rank() != 2 || array.size(0) != array.size(1) || array.size(0) > MOST_ROWS) {
      return false;
    }
    int n = array.size(0);
    double[][] rows = new double[n][n];
    double scale = 0;
    for (int i = 0; i < n; i++) {
      scale = Math.max(scale, Math.abs(array.get(i, i)));
      for (int j = 0; j < n; j++) {
        if (array.get(i, j) != array.get(j, i)) return false;
        rows[i][j] = array.get(i, j);
      }
    }
    try {
      new CholeskyDecomposition(MatrixUtils.createRealMatrix(rows), 0, PIVOT * scale);
      return true;
    } catch (MathRuntimeException notPositive) {
      return false;
    }
  }
}
