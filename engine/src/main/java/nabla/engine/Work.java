package nabla.engine;

/** A step over memory. */
interface Work {
  /**
   * Does it for some positions of the split; a step that is not split does all.
   *
   * @param first the first position
   * @param rows how many positions
   */
  void run(int first, int rows);
}
