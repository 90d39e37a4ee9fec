package nabla.engine.kernel;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/** What the module jdk.incubator.vector offers, if it is there. */
final class VectorModule {
  private static final int DOUBLES = preferred(Precision.DOUBLE);
  private static final int FLOATS = preferred(Precision.SINGLE);

  private VectorModule() {}

  /** How many numbers a vector holds; 0 if there are no vectors. */
  static int lanes(Precision precision) {
    return precision == Precision.DOUBLE ? DOUBLES : FLOATS;
  }

  /** Whether the processor multiplies and adds at once; what stands in for that is very slow. */
  static boolean multipliesAndAdds() {
    return DOUBLES >= 4 || Platform.IS_ARM;
  }

  /** A shuffle that takes each lane from one so many lanes further on, around the end. */
  static Object rotation(Precision precision, int by) {
    try {
      return incubating("VectorShuffle")
          .getMethod("iota", incubating("VectorSpecies"), int.class, int.class, boolean.class)
          .invoke(null, species(precision), by, 1, true);
    } catch (ReflectiveOperationException absent) {
      throw new IllegalStateException(absent);
    }
  }

  /** By half of the lanes, a quarter of them, …, and one. */
  static List<Object> rotations(Precision precision, int lanes) {
    List<Object> rotations = new ArrayList<>();
    for (int by = lanes / 2; by > 0; by /= 2) rotations.add(rotation(precision, by));
    return rotations;
  }

  /** Vectors of numbers, as many as these fill. */
  static Object[] vectors(Precision precision, double[] numbers) {
    try {
      Object array = precision == Precision.DOUBLE ? numbers : floats(numbers);
      Method one =
          vector(precision)
              .getMethod("fromArray", incubating("VectorSpecies"), array.getClass(), int.class);
      Object[] vectors = new Object[numbers.length / lanes(precision)];
      for (int k = 0; k < vectors.length; k++) {
        vectors[k] = one.invoke(null, species(precision), array, k * lanes(precision));
      }
      return vectors;
    } catch (ReflectiveOperationException absent) {
      throw new IllegalStateException(absent);
    }
  }

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int k = 0; k < floats.length; k++) floats[k] = (float) numbers[k];
    return floats;
  }

  /** A mask of the lanes whose bits are set. */
  static Object mask(Precision precision, long bits) {
    try {
      return incubating("VectorMask")
          .getMethod("fromLong", incubating("VectorSpecies"), long.class)
          .invoke(null, species(precision), bits);
    } catch (ReflectiveOperationException absent) {
      throw new IllegalStateException(absent);
    }
  }

  private static int preferred(Precision precision) {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) return 0;
    try {
      Object lanes = incubating("VectorSpecies").getMethod("length").invoke(species(precision));
      return (int) lanes > 1 ? (int) lanes : 0;
    } catch (ReflectiveOperationException absent) {
      return 0;
    }
  }

  private static Object species(Precision precision) throws ReflectiveOperationException {
    return vector(precision).getField("SPECIES_PREFERRED").get(null);
  }

  private static Class<?> vector(Precision precision) throws ClassNotFoundException {
    return incubating(precision == Precision.DOUBLE ? "DoubleVector" : "FloatVector");
  }

  private static Class<?> incubating(String name) throws ClassNotFoundException {
    return Class.forName("jdk.incubator.vector." + name);
  }
}
