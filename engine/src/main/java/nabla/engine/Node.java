package nabla.engine;

import java.util.List;
import java.util.stream.Stream;
import nabla.engine.kernel.Loop;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/** One computation of a plan. */
sealed interface Node {
  Value result();

  /** What it reads. */
  List<Value> operands();

  /** What a loop does with the number that it has at a point. */
  enum Effect {
    STORE,
    ADD,
    SUM,
    MAX,
    MIN;

    /** Whether several points may write to one element. */
    boolean reduces() {
      return this == SUM || this == MAX || this == MIN;
    }

    Loop.Reduction reduction() {
      return switch (this) {
        case SUM -> Loop.Reduction.SUM;
        case MAX -> Loop.Reduction.MAX;
        case MIN -> Loop.Reduction.MIN;
        case STORE, ADD -> throw new IllegalStateException("no reduction");
      };
    }
  }

  /**
   * Scalar code at every point.
   *
   * @param out where the number goes
   * @param before what stands in the memory of the result before and is kept where no point writes,
   *     and added to by {@link Effect#ADD}; null if there is nothing
   */
  record Pointwise(
      Value result, Domain domain, Code code, Code.Read out, Effect effect, @Nullable Value before)
      implements Node {
    @Override
    public List<Value> operands() {
      Stream<Value> own = before == null ? Stream.of() : Stream.of(before);
      return Stream.concat(own, code.reads().map(Code.Read::value)).distinct().toList();
    }
  }

  /** Memory full of zeros, or of the numbers that a constant has. */
  record Filled(Value result, @Nullable NumericArray numbers) implements Node {
    @Override
    public List<Value> operands() {
      return List.of();
    }
  }

  /**
   * What is subtracted from numbers before exponentials are taken, so that none overflows: the
   * largest of them, or if that is infinite the finite number next to it: the difference of an
   * infinite number from itself is not a number.
   */
  record Shift(Value result, Value largest) implements Node {
    @Override
    public List<Value> operands() {
      return List.of(largest);
    }
  }

  /**
   * C = alpha * A * B.
   *
   * @param result has two groups of axes, rows and columns, in this order
   */
  record MatrixProduct(Value result, double alpha, MatrixView left, MatrixView right)
      implements Node {
    @Override
    public List<Value> operands() {
      return Stream.of(left.value(), right.value()).distinct().toList();
    }
  }

  /** C = alpha * A' * A, with A of {@code k} rows. */
  record SymmetricProduct(Value result, double alpha, MatrixView factor) implements Node {
    @Override
    public List<Value> operands() {
      return List.of(factor.value());
    }
  }

  /**
   * A matrix with a column for each pair (k,l), written out to (k,l) and (l,k); rows may be pairs,
   * too.
   *
   * @param rows how many rows there are, or if they are pairs, of how many numbers
   * @param columns of how many numbers the columns are pairs, placed as by {@link Circle}
   * @param strides how the result is walked by the first and the second number of a row, and then
   *     those of a column
   */
  record Unfolded(
      Value result, Value source, int rows, boolean paired, int columns, List<Long> strides)
      implements Node {
    @Override
    public List<Value> operands() {
      return List.of(source);
    }
  }

  /**
   * A factorisation of a square matrix, by Cholesky where it is positive definite.
   *
   * @param symmetric whether it is known to be symmetric, and need not be looked at
   */
  record Factorization(Value result, Value matrix, boolean symmetric) implements Node {
    /** How many numbers it keeps: the factors, the pivots, and which of the two it is. */
    static int length(int n) {
      return Math.addExact(Math.multiplyExact(n, n), n + 1);
    }

    @Override
    public List<Value> operands() {
      return List.of(matrix);
    }
  }

  /** What is computed from a factorisation of A. */
  enum Use {
    INVERSE,
    LOG_DETERMINANT,
    DETERMINANT,
    /** X with A*X = B. */
    SOLUTION,
    /** X with A'*X = B. */
    TRANSPOSED_SOLUTION,
    /** X with U'*X = B if A turned out to be U'*U, else as {@link #SOLUTION}. */
    HALF_SOLUTION
  }

  /**
   * Something computed from a factorisation.
   *
   * @param right the right sides of an equation, else null: its columns, or if {@code byRows} its
   *     rows
   * @param alpha what a solution is multiplied with
   */
  record Factored(
      Value result,
      Use use,
      Value factorization,
      @Nullable MatrixView right,
      boolean byRows,
      double alpha)
      implements Node {
    @Override
    public List<Value> operands() {
      return right == null ? List.of(factorization) : List.of(factorization, right.value());
    }
  }

  /**
   * The sum of b'*inv(A)*b over right sides b, times alpha.
   *
   * @param solution what {@link Use#HALF_SOLUTION} has made of them
   */
  record QuadraticForm(
      Value result, Value factorization, Value solution, MatrixView right, double alpha)
      implements Node {
    @Override
    public List<Value> operands() {
      return List.of(factorization, solution, right.value());
    }
  }

  /** An operation by its reference value. */
  record Reference(Value result, String operation, Values values, List<Value> operands)
      implements Node {
    /** What an operation makes of its operands. */
    interface Values {
      NumericArray of(List<NumericArray> operands);
    }
  }
}
