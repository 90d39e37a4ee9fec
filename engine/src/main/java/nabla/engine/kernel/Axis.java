package nabla.engine.kernel;

/** A loop of the nest. */
sealed interface Axis {
  /** The axis of which this one is a part, or itself. */
  Whole whole();

  /**
   * All of an axis.
   *
   * @param factor how many values its index takes, for each row if there are rows
   * @param rows whether the extent is a multiple of the rows of the run
   * @param most the largest extent
   */
  record Whole(int factor, boolean rows, int most) implements Axis {
    @Override
    public Whole whole() {
      return this;
    }
  }

  /** The first index of each block of an axis. */
  record Blocks(Whole whole, int size) implements Axis {}

  /** The indices in a block of the axis that {@link Blocks} walks as loop number {@code blocks}. */
  record Within(Whole whole, int size, int blocks) implements Axis {}
}
