package nabla.operation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import nabla.corpus.Figures;
import nabla.tensor.NumericArray;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;

/** Tables of figures that an operation is held to. */
final class FigureTable {
  private FigureTable() {}

  /**
   * One value of an operation.
   *
   * @param value what it should be; null if that is NaN throughout
   * @param tolerance the largest error relative to the largest entry
   */
  record Row(
      String text,
      String operation,
      List<NumericArray> operands,
      @org.jspecify.annotations.Nullable NumericArray value,
      double tolerance) {

    static Row of(String line) {
      String[] cells = line.split("\\|", -1);
      return new Row(
          line,
          cells[0].strip(),
          Arrays.stream(cells[1].split(";", -1)).map(Figures::array).toList(),
          cells[2].strip().equals("NaN") ? null : Figures.array(cells[2]),
          Double.parseDouble(cells[3].strip()));
    }

    /** What the operation, as it stands in the language, makes of the operands. */
    NumericArray found() {
      List<Tensor> variables = new ArrayList<>();
      Map<String, Integer> sizes = new LinkedHashMap<>();
      Map<String, NumericArray> values = new LinkedHashMap<>();
      for (NumericArray operand : operands) {
        String name = "x" + values.size();
        List<Size> shape = new ArrayList<>();
        for (int length : operand.shape()) {
          shape.add(Size.of("n" + length));
          sizes.put("n" + length, length);
        }
        variables.add(new Variable(name, shape, Set.of()));
        values.put(name, operand);
      }
      Tensor node = Objects.requireNonNull(Catalogue.find(operation)).of(variables);
      return ReferenceInterpreter.evaluate(node, new Binding(sizes, values));
    }

    @Override
    public String toString() {
      return text;
    }
  }

  static Stream<Row> rows(String file) throws IOException {
    try (InputStream in = FigureTable.class.getResourceAsStream(file)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).map(Row::of);
    }
  }

  static double largest(NumericArray array) {
    double largest = 0;
    for (double entry : array.data()) {
      if (!Double.isNaN(entry)) largest = Math.max(largest, Math.abs(entry));
    }
    return largest;
  }
}
