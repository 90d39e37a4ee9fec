package nabla.engine.kernel;

/** What the module jdk.incubator.vector offers, if it is there. */
final class VectorModule {
  private static final int DOUBLES = preferred("DoubleVector");
  private static final int FLOATS = preferred("FloatVector");

  private VectorModule() {}

  /** How many numbers a vector holds; 0 if there are no vectors. */
  static int lanes(Precision precision) {
    return precision == Precision.DOUBLE ? DOUBLES : FLOATS;
  }

  /** Whether the processor multiplies and adds at once; what stands in for that is very slow. */
  static boolean multipliesAndAdds() {
    return DOUBLES >= 4 || System.getProperty("os.arch").equals("aarch64");
  }

  private static int preferred(String vector) {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) return 0;
    try {
      String incubator = "jdk.incubator.vector.";
      Object species = Class.forName(incubator + vector).getField("SPECIES_PREFERRED").get(null);
      Object lanes = Class.forName(incubator + "VectorSpecies").getMethod("length").invoke(species);
      return (int) lanes > 1 ? (int) lanes : 0;
    } catch (ReflectiveOperationException absent) {
      return 0;
    }
  }
}
