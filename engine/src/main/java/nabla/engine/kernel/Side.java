package nabla.engine.kernel;

/** Where a factor stands in a product. */
public enum Side {
  LEFT,
  RIGHT
}
