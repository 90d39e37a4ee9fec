package nabla.engine;

/** A step over memory. */
interface Work {
  void run();
}
