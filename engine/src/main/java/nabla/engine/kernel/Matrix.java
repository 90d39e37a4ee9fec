package nabla.engine.kernel;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A matrix outside the Java heap, stored in lines that are its rows or its columns, so that its
 * transpose and its blocks are matrices, too. That it lies in its segment is checked when it is
 * made, once and for all; that the arena is open, whenever it is used.
 */
public final class Matrix {
  /** Of memory that any thread may use, and that is freed when nothing refers to it any more. */
  private static final Class<?> COLLECTED = Arena.ofAuto().scope().getClass();

  private final Precision precision;
  private final MemorySegment segment;
  private final long offset;
  private final int rows;
  private final int columns;

  /** How many numbers the next line is away: at least as many as a line has, and at least one. */
  private final int leading;

  private final boolean byColumns;
  private final boolean writable;

  /** Whether there are numbers whose memory could be freed meanwhile, or belongs to one thread. */
  private final boolean closable;

  private final long address;

  /** How many bytes the next row is away. */
  private final long down;

  /** How many bytes the next column is away. */
  private final long across;

  private @Nullable Matrix transpose;

  private Matrix(
      Precision precision,
      MemorySegment segment,
      long offset,
      int rows,
      int columns,
      int leading,
      boolean byColumns) {
    this.precision = precision;
    this.segment = segment;
    this.offset = offset;
    this.rows = rows;
    this.columns = columns;
    this.leading = leading;
    this.byColumns = byColumns;
    this.writable = !segment.isReadOnly();
    this.closable = segment.scope().getClass() != COLLECTED && rows != 0 && columns != 0;
    this.address = segment.address() + offset;
    long line = (long) leading * precision.bytes();
    this.down = byColumns ? precision.bytes() : line;
    this.across = byColumns ? line : precision.bytes();
  }

  /**
   * A matrix that is stored row by row.
   *
   * @param offset the byte at which it begins
   * @param leading how many numbers the next row is away
   * @throws IllegalArgumentException if a size is negative, a row is longer than the leading
   *     dimension, or the segment lies on the Java heap
   * @throws IndexOutOfBoundsException if an element lies outside the segment
   * @throws IllegalStateException if the segment's arena is closed
   */
  public static Matrix of(
      Precision precision, MemorySegment segment, long offset, int rows, int columns, int leading) {
    Operands.check(segment, offset, precision.bytes(), rows, columns, leading);
    if (leading == 1 && rows > 1) { // a column without gaps is a line
      return new Matrix(precision, segment, offset, rows, columns, rows, true);
    }
    return new Matrix(
        precision, segment, offset, rows, columns, Math.max(1, leading), /* byColumns= */ false);
  }

  /** The unit matrix in memory of its own. */
  static Matrix identity(int size, Arena arena) {
    long bytes = (long) size * size * Double.BYTES;
    Matrix identity =
        of(Precision.DOUBLE, arena.allocate(bytes, Double.BYTES), 0, size, size, size);
    identity.setIdentity();
    return identity;
  }

  /** The transpose, which is the same one every time, so that it costs nothing but once. */
  public Matrix transpose() {
    Matrix made = transpose;
    if (made == null) {
      made =
          new Matrix(
              precision,
              segment,
              offset,
              /* rows= */ columns,
              /* columns= */ rows,
              leading,
              !byColumns);
      made.transpose = this;
      // threads that come at once may make two of them, which differ in nothing
      transpose = made;
    }
    return made;
  }

  public Matrix transposeIf(boolean transpose) {
    return transpose ? transpose() : this;
  }

  /**
   * A part of it.
   *
   * @param row the first row
   * @param column the first column
   * @throws IndexOutOfBoundsException if it has not so many rows or columns
   */
  public Matrix block(int row, int column, int rows, int columns) {
    Objects.checkFromIndexSize(row, rows, this.rows);
    Objects.checkFromIndexSize(column, columns, this.columns);
    long at = offset + row * down + column * across;
    return new Matrix(precision, segment, at, rows, columns, leading, byColumns);
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  public Precision precision() {
    return precision;
  }

  MemorySegment segment() {
    return segment;
  }

  /** The byte of the segment at which it begins. */
  long offset() {
    return offset;
  }

  /** How many bytes the next row is away. */
  long down() {
    return down;
  }

  /** Whether the numbers of a column, not those of a row, are neighbours in memory. */
  boolean isByColumns() {
    return byColumns;
  }

  /** How many lines it is stored in. */
  int lines() {
    return byColumns ? columns : rows;
  }

  /** How many numbers a line has. */
  int lineLength() {
    return byColumns ? rows : columns;
  }

  /** How many numbers the next line is away: what native code calls the leading dimension. */
  int leading() {
    return leading;
  }

  /** How many numbers the next row is away. */
  int rowStep() {
    return byColumns ? 1 : leading;
  }

  /** How many numbers the next column is away. */
  int columnStep() {
    return byColumns ? leading : 1;
  }

  /** Whether no other numbers lie between its own. */
  boolean isGapless() {
    return leading == lineLength() || lines() <= 1;
  }

  /** How many numbers it has. */
  long count() {
    return (long) rows * columns;
  }

  /** Where it begins, for native code, which has to {@link #keep} it. */
  long address() {
    return address;
  }

  /** Where an entry is, for native code. */
  long address(int row, int column) {
    return address + row * down + column * across;
  }

  /**
   * @throws IllegalStateException if its arena is closed
   */
  void checkAlive() {
    if (closable) {
      Operands.checkAlive(segment, offset);
    }
  }

  /**
   * @throws IllegalArgumentException if it may not be written
   * @throws IllegalStateException if its arena is closed
   */
  void checkTarget() {
    if (!writable) {
      throw Operands.readOnly();
    }
    checkAlive();
  }

  /** Keeps memory from being freed before here; to be called in a finally block. */
  @SuppressWarnings("ReachabilityFenceUsage")
  static void keep(Matrix a, Matrix b, Matrix c) {
    Reference.reachabilityFence(a.segment);
    Reference.reachabilityFence(b.segment);
    Reference.reachabilityFence(c.segment);
  }

  public double get(int row, int column) {
    long at = offset + row * down + column * across;
    return precision == Precision.DOUBLE
        ? segment.get(JAVA_DOUBLE, at)
        : segment.get(JAVA_FLOAT, at);
  }

  public void set(int row, int column, double value) {
    long at = offset + row * down + column * across;
    if (precision == Precision.DOUBLE) {
      segment.set(JAVA_DOUBLE, at, value);
    } else {
      segment.set(JAVA_FLOAT, at, (float) value);
    }
  }

  /** Copies the matrix to the beginnings of the rows of an array. */
  void load(double[][] into) {
    if (byColumns) {
      for (int j = 0; j < columns; j++) {
        for (int i = 0; i < rows; i++) {
          into[i][j] = get(i, j);
        }
      }
      return;
    }
    for (int i = 0; i < rows; i++) {
      if (precision == Precision.DOUBLE) {
        MemorySegment.copy(segment, JAVA_DOUBLE, offset + i * down, into[i], 0, columns);
      } else {
        for (int j = 0; j < columns; j++) {
          into[i][j] = get(i, j);
        }
      }
    }
  }

  /** Copies the beginnings of the rows of an array to the matrix. */
  void store(double[][] from) {
    if (byColumns) {
      for (int j = 0; j < columns; j++) {
        for (int i = 0; i < rows; i++) {
          set(i, j, from[i][j]);
        }
      }
      return;
    }
    for (int i = 0; i < rows; i++) {
      if (precision == Precision.DOUBLE) {
        MemorySegment.copy(from[i], 0, segment, JAVA_DOUBLE, offset + i * down, columns);
      } else {
        for (int j = 0; j < columns; j++) {
          set(i, j, from[i][j]);
        }
      }
    }
  }

  /** Copies another matrix of the same shape. */
  public void copyFrom(Matrix other) {
    Operands.checkAlike(other, this);
    int bytes = precision.bytes();
    if (byColumns != other.byColumns || precision != other.precision) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          set(i, j, other.get(i, j));
        }
      }
    } else if (isGapless() && other.isGapless()) {
      MemorySegment.copy(other.segment, other.offset, segment, offset, count() * bytes);
    } else {
      for (int line = 0; line < lines(); line++) {
        long from = other.offset + (long) line * other.leading * bytes;
        long to = offset + (long) line * leading * bytes;
        MemorySegment.copy(other.segment, from, segment, to, (long) lineLength() * bytes);
      }
    }
  }

  public void fill(double value) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        set(i, j, value);
      }
    }
  }

  /** Makes it the unit matrix. */
  void setIdentity() {
    fill(0);
    for (int i = 0; i < rows; i++) {
      set(i, i, 1);
    }
  }

  /** Multiplies by a number; 0 overwrites, be there NaN or not. */
  void scale(double factor) {
    if (factor == 0) {
      fill(0);
    } else if (factor != 1) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          set(i, j, factor * get(i, j));
        }
      }
    }
  }
}
