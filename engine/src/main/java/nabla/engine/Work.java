package nabla.engine;

/** A step over memory. */
interface Work {
  /**
   * Does it for some positions.
   *
   * @param first the first position
   * @param rows how many positions
   * @param fresh whether sums begin anew
   */
  void run(int first, int rows, boolean fresh);

  /** Completes what was done along a split, or by several threads. */
  default void finish() {}

  /** How many positions there are if there is no split; 1 if it can't be shared. */
  default int extent() {
    return 1;
  }

  /**
   * How many points a loop would visit that takes as long, if positions need not wait for one
   * another, else 0.
   */
  default double points() {
    return 0;
  }

  /** The points of a loop that takes as long as so many operations of a product of matrices. */
  static double pointsLike(double flops) {
    return flops / 32;
  }
}
