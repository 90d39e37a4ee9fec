package nabla.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nabla.Derivative;
import nabla.Expression;
import nabla.Form;
import nabla.Layout;
import nabla.Structure;
import nabla.Symbol;
import nabla.corpus.Corpus;
import nabla.diagnostic.NablaException;
import nabla.lang.Elaboration;
import nabla.tensor.NumericArray;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;
import nabla.verify.SamplePoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each form says, read again, against the entries of the derivative, which plain loops flatten
 * and contract.
 */
class FormsTest {
  private static final double TOLERANCE = 1e-8;
  private static final int GENERATED = Integer.getInteger("nabla.generated.forms", 250);

  /** A longer formula takes longer to read than it is worth. */
  private static final int LONGEST = 2_000;

  static Stream<Corpus.Case> cases() {
    return Corpus.cases().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyFormSaysTheSame(Corpus.Case c) {
    Expression expression = Expression.parse(c.expression(), c.declarations(), c.at());
    Derivative derivative =
        expression.derivative(
            c.by(), Layout.DENOMINATOR, Structure.of(c.structure()).orElseThrow());
    Map<String, Integer> sizes = new HashMap<>();
    for (Variable v : symbols(expression)) {
      for (int axis = 0; axis < v.rank(); axis++) {
        Size size = v.shape().get(axis);
        NumericArray data = c.at().get(v.name());
        if (data != null && !size.isNumber()) sizes.putIfAbsent(size.toString(), data.size(axis));
      }
    }
    // A differential is that of the function, whatever its entries are called.
    Derivative ambient = expression.derivative(c.by(), Layout.DENOMINATOR, Structure.AMBIENT);
    List<Form> forms = derivative.forms();
    for (Form form : forms) {
      boolean differential = form.kind() == Form.Kind.DIFFERENTIAL;
      Derivative entries = differential ? ambient : derivative;
      assertSame(expression, entries, c.by(), form, new Binding(sizes, c.at()), 1);
    }
    assertThat(forms).extracting(Form::kind).doesNotHaveDuplicates().contains(Form.Kind.INDEX);
  }

  @Test
  void generatedOnesSayTheSame() {
    long seed = Dice.seedOfRun();
    System.out.println("forms of generated expressions, -Dnabla.generated.seed=" + seed);
    Dice dice = new Dice(seed);
    Map<Form.Kind, Integer> counts = new EnumMap<>(Form.Kind.class);
    while (counts.getOrDefault(Form.Kind.KRONECKER, 0) < GENERATED) {
      Sample sample = Generator.draw(dice.seed());
      try {
        forms(sample, dice).forEach(kind -> counts.merge(kind, 1, Integer::sum));
      } catch (NablaException refused) {
        // what may be refused is another test's subject
      }
    }
    System.out.println(counts);
  }

  /** The forms that were compared. */
  private static List<Form.Kind> forms(Sample sample, Dice dice) {
    List<Form.Kind> compared = new ArrayList<>();
    Expression expression = Expression.parse(sample.text(), sample.declarations());
    List<Variable> symbols = symbols(expression);
    List<String> matrices =
        symbols.stream().filter(v -> v.rank() == 2).map(Variable::name).toList();
    if (matrices.isEmpty()) return compared;
    String x = dice.pick(matrices);
    boolean second = expression.shape().isEmpty() && sample.term().all().size() < 12;
    List<String> by = second ? List.of(x, x) : List.of(x);
    Derivative derivative = expression.derivative(by, Layout.DENOMINATOR, Structure.AMBIENT);
    if (derivative.text().length() > LONGEST) return compared;
    Binding at = SamplePoints.draw(symbols, sample.sizes(), sample.seed(), 0);
    if (!derivative.check(at.variables()).passed()) return compared;
    if (isDecidedByRounding(derivative, symbols, at)) return compared;
    for (Form form : derivative.forms()) {
      if (assertSame(expression, derivative, by, form, at, sample.seed())) {
        compared.add(form.kind());
      }
    }
    return compared;
  }

  /** Whether two right formulas may differ by as much as a wrong one. */
  private static boolean isDecidedByRounding(
      Derivative derivative, List<Variable> symbols, Binding at) {
    Tensor read = Elaboration.readAs(derivative.text(), symbols, derivative.shape());
    if (!Points.isWellConditioned(read, at)) return true;
    Truth truth = Truth.of(read, at);
    if (truth.largest() > Points.LARGEST) return true;
    return !(Truth.ROUNDINGS * truth.noise() <= TOLERANCE * truth.largest());
  }

  /** Whether the derivative is a number at this point, so that the forms can be compared. */
  private static boolean assertSame(
      Expression expression,
      Derivative derivative,
      List<String> by,
      Form form,
      Binding at,
      long seed) {
    List<Variable> variables = new ArrayList<>(symbols(expression));
    variables.addAll(form.with());
    Map<String, NumericArray> values = new LinkedHashMap<>(at.variables());
    values.putAll(SamplePoints.draw(form.with(), at.sizes(), seed, 0).variables());
    NumericArray entries = derivative.value(at.variables());
    if (!entries.isFinite()) return false;
    NumericArray expected = expected(form, entries, groups(expression, by), by, values);
    String text = form.formula().text();
    Tensor read = Elaboration.readAs(text, variables, form.shape());
    Binding there = new Binding(at.sizes(), values);
    // A form may divide where the formula does not: det(X)*inv(X) at a singular X.
    if (!Points.isWellConditioned(read, there)) return false;
    NumericArray found = ReferenceInterpreter.evaluate(read, there);
    String what = expression.text() + " by " + by + ": " + form.label() + " = " + text;
    assertThat(found.shape()).as(what).isEqualTo(expected.shape());
    double largest = 1;
    for (double d : entries.data()) largest = Math.max(largest, Math.abs(d));
    for (double d : expected.data()) largest = Math.max(largest, Math.abs(d));
    for (int k = 0; k < expected.count(); k++) {
      double error = Math.abs(found.data()[k] - expected.data()[k]);
      assertThat(error).as(what + " entry " + k).isLessThanOrEqualTo(TOLERANCE * largest);
    }
    return true;
  }

  private static List<Variable> symbols(Expression expression) {
    return expression.variables().stream().map(Symbol::variable).toList();
  }

  /** The number of axes of each variable, and of the function. */
  private static List<Integer> groups(Expression expression, List<String> by) {
    List<Integer> groups = new ArrayList<>();
    for (String name : by) {
      symbols(expression).stream()
          .filter(v -> v.name().equals(name))
          .forEach(v -> groups.add(v.rank()));
    }
    groups.add(expression.shape().size());
    return groups;
  }

  private static NumericArray expected(
      Form form,
      NumericArray entries,
      List<Integer> groups,
      List<String> by,
      Map<String, NumericArray> values) {
    List<NumericArray> with = form.with().stream().map(v -> values.get(v.name())).toList();
    int last = by.size() - 1;
    return switch (form.kind()) {
      case EXPANDED, INDEX -> entries;
      case KRONECKER -> stacked(entries, groups);
      case SLICES -> contracted(entries, groups, Map.of(last, outer(with)));
      case DIRECTION -> contracted(entries, groups, Map.of(last, with.getFirst()));
      case COTANGENT -> contracted(entries, groups, Map.of(by.size(), with.getFirst()));
      case DIFFERENTIAL -> {
        Map<Integer, NumericArray> changes = new HashMap<>();
        List<String> distinct = by.stream().distinct().toList();
        for (int k = 0; k < by.size(); k++) changes.put(k, with.get(distinct.indexOf(by.get(k))));
        yield contracted(entries, groups, changes);
      }
    };
  }

  private static NumericArray outer(List<NumericArray> vectors) {
    if (vectors.size() == 1) return vectors.getFirst();
    double[] a = vectors.get(0).data();
    double[] b = vectors.get(1).data();
    double[] entries = new double[a.length * b.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length; j++) entries[i * b.length + j] = a[i] * b[j];
    }
    return NumericArray.of(new int[] {a.length, b.length}, entries);
  }

  /** Groups of axes one after the other, the first index of each running fastest. */
  private static NumericArray stacked(NumericArray entries, List<Integer> groups) {
    List<Integer> real = groups.stream().filter(rank -> rank > 0).toList();
    int[] shape = entries.shape();
    int split = real.getFirst();
    int rows = 1;
    int columns = 1;
    for (int axis = 0; axis < shape.length; axis++) {
      if (axis < split) rows *= shape[axis];
      else columns *= shape[axis];
    }
    double[] data = new double[rows * columns];
    for (int k = 0; k < entries.count(); k++) {
      int[] index = index(k, shape);
      int row = columnMajor(index, shape, 0, split);
      int column = columnMajor(index, shape, split, shape.length);
      data[row * columns + column] = entries.data()[k];
    }
    return NumericArray.of(new int[] {rows, columns}, data);
  }

  private static int columnMajor(int[] index, int[] shape, int from, int to) {
    int position = 0;
    for (int axis = to - 1; axis >= from; axis--) position = position * shape[axis] + index[axis];
    return position;
  }

  private static int[] index(int position, int[] shape) {
    int[] index = new int[shape.length];
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = position % shape[axis];
      position /= shape[axis];
    }
    return index;
  }

  /** The sum over the axes of some groups, each times an array. */
  private static NumericArray contracted(
      NumericArray entries, List<Integer> groups, Map<Integer, NumericArray> by) {
    int[] shape = entries.shape();
    List<Integer> kept = new ArrayList<>();
    int axis = 0;
    for (int g = 0; g < groups.size(); g++) {
      for (int k = 0; k < groups.get(g); k++, axis++) if (!by.containsKey(g)) kept.add(axis);
    }
    int[] left = kept.stream().mapToInt(a -> shape[a]).toArray();
    NumericArray sum = NumericArray.zeros(left);
    double[] data = sum.data().clone();
    for (int k = 0; k < entries.count(); k++) {
      int[] index = index(k, shape);
      double term = entries.data()[k];
      int first = 0;
      for (int g = 0; g < groups.size(); g++) {
        NumericArray factor = by.get(g);
        int[] own = Arrays.copyOfRange(index, first, first + groups.get(g));
        if (factor != null) term *= factor.get(own);
        first += groups.get(g);
      }
      int position = 0;
      for (int a : kept) position = position * shape[a] + index[a];
      data[position] += term;
    }
    return NumericArray.of(left, data);
  }
}
