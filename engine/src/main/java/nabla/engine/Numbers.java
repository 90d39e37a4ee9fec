package nabla.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nabla.engine.kernel.Precision;
import nabla.tensor.NumericArray;

/** Numbers on their way between arrays and the memory of a plan. */
final class Numbers {
  private Numbers() {}

  /** Writes numbers one behind the other. */
  static void write(double[] numbers, MemorySegment memory, Precision precision) {
    if (precision == Precision.DOUBLE) {
      MemorySegment.copy(numbers, 0, memory, ValueLayout.JAVA_DOUBLE, 0, numbers.length);
      return;
    }
    for (int k = 0; k < numbers.length; k++) {
      memory.setAtIndex(ValueLayout.JAVA_FLOAT, k, (float) numbers[k]);
    }
  }

  /** A value as an array, row by row. */
  static NumericArray read(Value value, Memory memory, Precision precision) {
    double[] numbers = new double[Math.toIntExact(value.count())];
    read(value, memory.segment(value), memory.offset(value), precision, numbers);
    return NumericArray.of(value.shape(), numbers);
  }

  static void read(
      Value value, MemorySegment memory, long offset, Precision precision, double[] into) {
    if (value.isRowMajor() && precision == Precision.DOUBLE) {
      MemorySegment.copy(memory, ValueLayout.JAVA_DOUBLE, offset, into, 0, into.length);
      return;
    }
    int[] shape = value.shape();
    long[] strides = value.strides();
    int[] index = new int[shape.length];
    long at = 0;
    for (int k = 0; k < into.length; k++) {
      into[k] = number(memory, offset, at, precision);
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        at += strides[axis];
        if (++index[axis] < shape[axis]) break;
        at -= strides[axis] * shape[axis];
        index[axis] = 0;
      }
    }
  }

  static double number(MemorySegment memory, long offset, long index, Precision precision) {
    return precision == Precision.DOUBLE
        ? memory.get(ValueLayout.JAVA_DOUBLE, offset + index * Double.BYTES)
        : memory.get(ValueLayout.JAVA_FLOAT, offset + index * Float.BYTES);
  }

  static void put(
      MemorySegment memory, long offset, long index, double number, Precision precision) {
    if (precision == Precision.DOUBLE) {
      memory.set(ValueLayout.JAVA_DOUBLE, offset + index * Double.BYTES, number);
    } else {
      memory.set(ValueLayout.JAVA_FLOAT, offset + index * Float.BYTES, (float) number);
    }
  }
}
