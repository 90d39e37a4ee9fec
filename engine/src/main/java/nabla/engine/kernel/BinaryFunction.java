package nabla.engine.kernel;

/** Functions of two numbers. */
public enum BinaryFunction {
  ADD,
  SUBTRACT,
  MULTIPLY,
  DIVIDE,
  MAX,
  MIN,
  POWER,
  /** The right operand where the left one is not 0, else 0, be the right one infinite or NaN. */
  MASK
}
