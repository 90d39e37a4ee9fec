package nabla.engine;

import nabla.engine.kernel.LinearAlgebra;
import nabla.engine.kernel.Matrix;
import nabla.engine.kernel.NonzeroRows;
import nabla.engine.kernel.NonzeroTerms;
import org.jspecify.annotations.Nullable;

/** A product of matrices over memory, or of a matrix and a vector. */
final class ProductWork implements Work {

  /**
   * What lies between two positions: rows of the left factor and of the product, or positions of
   * the inner axis.
   *
   * @param lines how many rows or inner positions
   * @param left how many bytes of the left factor
   * @param right how many bytes of the right factor
   * @param result how many bytes of the product
   */
  record Step(int lines, long left, long right, long result) {}

  private record Part(Matrix a, Matrix b, Matrix c) {}

  private final LinearAlgebra algebra = LinearAlgebra.best();
  private final Node.MatrixProduct node;
  private final Memory memory;
  private final boolean inner;
  private final boolean streamed;
  private final @Nullable NonzeroRows nonzeroRows;
  private final @Nullable NonzeroTerms nonzeroTerms;
  private final Step step;
  private final Blocks<Part> parts = new Blocks<>(this::part);

  /**
   * @param inner whether positions are those of the inner axis, so that products are added up
   */
  ProductWork(
      Node.MatrixProduct node, Memory memory, boolean inner, Step step, Plan plan, Phase phase) {
    this.node = node;
    this.memory = memory;
    this.inner = inner;
    this.step = step;
    this.streamed = isStreamed(plan, phase);
    this.nonzeroRows = nonzeroRows();
    this.nonzeroTerms = nonzeroTerms();
  }

  /** One with a row as its result is the transpose of one with a column. */
  private Part part(int first, int count) {
    int rows = inner ? node.left().rows() : count * step.lines;
    int terms = inner ? count * step.lines : node.left().columns();
    int columns = node.right().columns();
    Matrix a = memory.matrix(node.left(), first * step.left, rows, terms);
    Matrix b = memory.matrix(node.right(), first * step.right, terms, columns);
    Matrix c = memory.matrix(node.result(), first * step.result, rows, columns);
    return node.left().rows() == 1 && columns != 1
        ? new Part(b.transpose(), a.transpose(), c.transpose())
        : new Part(a, b, c);
  }

  /** Whether a matrix of long rows comes from memory, to be multiplied by a vector. */
  private boolean isStreamed(Plan plan, Phase phase) {
    MatrixView left = node.left();
    return !phase.schedule().makes(left.value())
        && node.right().columns() == 1
        && !inner
        && !left.transposed()
        && (long) left.columns() * plan.precision.bytes() >= plan.grain.uncachedRow()
        && plan.isUncached(phase);
  }

  /** For a vector times rows of finite data, which may be left out if their factor is 0. */
  private @Nullable NonzeroRows nonzeroRows() {
    boolean column = node.right().columns() == 1;
    MatrixView rows = column ? node.left().turned() : node.right();
    boolean combined = (column || node.left().rows() == 1) && !rows.transposed();
    return combined && memory.isFinite(rows.value())
        ? NonzeroRows.of(memory.precision(), rows.rows(), rows.columns())
        : null;
  }

  /** For matrices of which one may have rows of zeros, and the other one is finite. */
  private @Nullable NonzeroTerms nonzeroTerms() {
    MatrixView left = node.left();
    MatrixView right = node.right();
    boolean lines = left.transposed() && !right.transposed() && right.columns() > 1;
    return lines && memory.isFinite(left.value())
        ? NonzeroTerms.of(memory.precision(), left.rows(), left.columns(), right.columns())
        : null;
  }

  @Override
  public void run(int first, int count, boolean fresh) {
    Part part = parts.at(first, count);
    double beta = inner && !fresh ? 1 : 0;
    if (leavesOutZeros(part, beta)) return;
    double alpha = node.alpha();
    if (streamed) algebra.gemvByRows(alpha, part.a, part.b, part.c);
    else if (part.c.columns() == 1) algebra.gemv(alpha, part.a, part.b, beta, part.c);
    else algebra.gemm(alpha, part.a, part.b, beta, part.c);
  }

  /** Whether a product was made without what is multiplied by 0. */
  private boolean leavesOutZeros(Part p, double beta) {
    double alpha = node.alpha();
    return (nonzeroRows != null && nonzeroRows.multiply(alpha, p.a, p.b, beta, p.c))
        || (nonzeroTerms != null && nonzeroTerms.multiply(algebra, alpha, p.a, p.b, beta, p.c));
  }

  @Override
  public int extent() {
    return node.left().rows();
  }

  /** With a vector each number of the matrix is read once, as in a loop. */
  @Override
  public double points() {
    double numbers = (double) node.left().rows() * node.left().columns();
    int columns = node.right().columns();
    return columns == 1 ? numbers : Work.pointsLike(2 * numbers * columns);
  }
}
