package nabla.bench.compare;

/** What is asked of a system. The results are vectors over the entries of the variable, by rows. */
enum Operation {
  VALUE("value"),
  GRADIENT("gradient"),
  /** Both, from one evaluation. */
  VALUE_AND_GRADIENT("value+gradient"),
  /** A dense matrix, both triangles of it. */
  HESSIAN("Hessian"),
  /** The Hessian in the form that leaves out what is known to be zero or repeated. */
  STRUCTURED_HESSIAN("structured Hessian");

  private final String title;

  Operation(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
