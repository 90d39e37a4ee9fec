package nabla.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/** Numeric arrays as nested lists. */
public final class NestedLists {
  private static final int MOST_AXES = 8;

  private NestedLists() {}

  /**
   * The array in nested lists.
   *
   * @throws NablaException with {@link Code#VALUE} if it is ragged, empty or not of numbers
   */
  public static NumericArray read(String name, @Nullable Object nested) {
    List<Integer> shape = new ArrayList<>();
    Object first = nested;
    while (first instanceof List<?> list) {
      if (list.isEmpty()) throw wrong(name, "is empty");
      if (shape.size() == MOST_AXES) throw wrong(name, "has more than " + MOST_AXES + " axes");
      shape.add(list.size());
      first = list.getFirst();
    }
    List<Double> entries = new ArrayList<>();
    collect(name, nested, shape, 0, entries);
    return NumericArray.of(
        shape.stream().mapToInt(Integer::intValue).toArray(),
        entries.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static void collect(
      String name, @Nullable Object nested, List<Integer> shape, int axis, List<Double> entries) {
    if (axis == shape.size()) {
      entries.add(number(name, nested));
      return;
    }
    if (!(nested instanceof List<?> list)) throw wrong(name, "is ragged");
    if (list.size() != shape.get(axis)) throw wrong(name, "is ragged");
    for (Object element : list) collect(name, element, shape, axis + 1, entries);
  }

  private static double number(String name, @Nullable Object value) {
    return switch (value) {
      case BigDecimal number when Double.isInfinite(number.doubleValue()) ->
          throw wrong(name, "has an entry beyond 1.8e308");
      case BigDecimal number -> number.doubleValue();
      case List<?> list -> throw wrong(name, "is ragged");
      case String s when s.equals("NaN") -> Double.NaN;
      case String s when s.equals("Infinity") -> Double.POSITIVE_INFINITY;
      case String s when s.equals("-Infinity") -> Double.NEGATIVE_INFINITY;
      case null, default -> throw wrong(name, "has an entry that is no number");
    };
  }

  private static NablaException wrong(String name, String message) {
    return new NablaException(Code.VALUE, "the data of " + name + " " + message);
  }

  /** The array as nested lists of numbers. */
  public static Object write(NumericArray array) {
    return write(array, 0, 0);
  }

  private static Object write(NumericArray array, int axis, int position) {
    if (axis == array.rank()) return array.data()[position];
    List<Object> list = new ArrayList<>();
    for (int k = 0; k < array.size(axis); k++) {
      list.add(write(array, axis + 1, position * array.size(axis) + k));
    }
    return list;
  }
}
