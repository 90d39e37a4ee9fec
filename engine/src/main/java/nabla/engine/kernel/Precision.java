package nabla.engine.kernel;

/** The numbers that kernels compute with. */
public enum Precision {
  DOUBLE(Double.BYTES, Double.MAX_VALUE),
  SINGLE(Float.BYTES, Float.MAX_VALUE);

  private final int bytes;
  private final double largest;

  Precision(int bytes, double largest) {
    this.bytes = bytes;
    this.largest = largest;
  }

  /** The size of a number in memory. */
  public int bytes() {
    return bytes;
  }

  /** The largest number that is finite. */
  public double largest() {
    return largest;
  }
}
