package nabla.engine.kernel;

/** The numbers that kernels compute with. */
public enum Precision {
  DOUBLE(Double.BYTES),
  SINGLE(Float.BYTES);

  private final int bytes;

  Precision(int bytes) {
    this.bytes = bytes;
  }

  /** The size of a number in memory. */
  public int bytes() {
    return bytes;
  }
}
