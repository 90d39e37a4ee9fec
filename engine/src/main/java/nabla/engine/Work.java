package nabla.engine;

/** A step over memory. */
interface Work {
  /**
   * Does it for some positions of the split.
   *
   * @param first the first position
   * @param rows how many positions
   * @param fresh whether sums begin anew
   */
  void run(int first, int rows, boolean fresh);

  /** Completes what was done for all positions of the split, by whatever threads. */
  default void finish() {}

  /** How many positions there are; 1 if it is done at once. */
  default int extent() {
    return 1;
  }

  /** How many points a loop visits whose positions need not wait for one another, else 0. */
  default double points() {
    return 0;
  }
}
