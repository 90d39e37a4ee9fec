package nabla.engine.kernel;

/** The choice of {@link LinearAlgebra#best}, made when it is asked for first. */
final class BestLinearAlgebra {
  static final LinearAlgebra INSTANCE =
      switch (OpenBlas.LOADED) {
        case OpenBlas.Found found -> new NativeLinearAlgebra(found);
        case OpenBlas.Missing(String reason) -> new JavaLinearAlgebra("pure Java: " + reason);
      };

  private BestLinearAlgebra() {}
}
