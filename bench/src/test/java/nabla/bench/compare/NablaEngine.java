package nabla.bench.compare;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nabla.CompiledFunction;
import nabla.Evaluator;
import nabla.Expression;
import nabla.Output;
import nabla.tensor.NumericArray;

/** Nabla's engine as its users have it: nothing but the formula is written by hand. */
record NablaEngine(int threads) implements Contender {
  @Override
  public Map<Operation, Computation> prepare(Problem problem, Data data) {
    Map<Operation, Computation> all = new EnumMap<>(Operation.class);
    int n = Math.toIntExact(data.get(problem.variable()).shape().getFirst());
    for (Operation o : Operation.values()) {
      boolean offered = o == Operation.GRADIENT || problem.operations(n).contains(o);
      if (offered) all.put(o, computation(problem, data, o));
    }
    return all;
  }

  private Computation computation(Problem problem, Data data, Operation operation) {
    String x = problem.variable();
    Evaluator evaluator = question(problem, data, operation).evaluator();
    List<Array> results =
        outputs(operation, x).stream().map(o -> array(evaluator.views(o).getFirst())).toList();
    return () -> {
      evaluator.run();
      return results;
    };
  }

  /** What computes an operation at any point. */
  Question question(Problem problem, Data data, Operation operation) {
    return Question.of(compiled(problem, data, operation), problem, data);
  }

  /** Binds all data but the variable's. */
  static CompiledFunction bound(CompiledFunction compiled, Problem problem, Data data) {
    CompiledFunction function = compiled;
    for (Map.Entry<String, Array> e : data.arrays().entrySet()) {
      if (!e.getKey().equals(problem.variable())) {
        function = function.bind(e.getKey(), numbers(e.getValue()));
      }
    }
    return function;
  }

  /** From the text to a function without data. */
  CompiledFunction compiled(Problem problem, Data data, Operation operation) {
    Expression expression = Expression.parse(problem.formula(), declarations(problem, data));
    CompiledFunction function =
        expression
            .compile(outputs(operation, problem.variable()).toArray(Output[]::new))
            .withThreads(threads);
    return operation == Operation.STRUCTURED_HESSIAN ? function : function.inFull();
  }

  static List<Output> outputs(Operation operation, String x) {
    return switch (operation) {
      case VALUE -> List.of(Output.value());
      case GRADIENT -> List.of(Output.gradient(x));
      case VALUE_AND_GRADIENT -> List.of(Output.value(), Output.gradient(x));
      case HESSIAN, STRUCTURED_HESSIAN -> List.of(Output.hessian(x));
    };
  }

  /** Where a result lies; of a structured Hessian, the part that depends on the point. */
  private static Array array(MemorySegment view) {
    return new Array(view.address(), List.of(Math.toIntExact(view.byteSize() / Double.BYTES)));
  }

  private static String declarations(Problem problem, Data data) {
    return data.arrays().entrySet().stream()
        .map(e -> declaration(problem, data, e.getKey()))
        .collect(Collectors.joining("; "));
  }

  private static String declaration(Problem problem, Data data, String name) {
    List<Integer> shape = data.get(name).shape();
    String kind = List.of("scalar", "vector", "matrix").get(shape.size());
    String sizes =
        shape.stream().map(sizeNames(problem, data)::get).collect(Collectors.joining(","));
    boolean definite = name.equals(problem.variable()) && problem.symmetric();
    return name
        + ": "
        + kind
        + (shape.isEmpty() ? "" : "[" + sizes + "]")
        + (definite ? " pd" : "");
  }

  /** As formulas call them: n is the first size of the variable, m the next one that is met. */
  private static Map<Integer, String> sizeNames(Problem problem, Data data) {
    Deque<String> names = new ArrayDeque<>(List.of("n", "m", "k", "p"));
    Map<Integer, String> sizes = new HashMap<>();
    Stream.concat(Stream.of(data.get(problem.variable())), data.arrays().values().stream())
        .flatMap(array -> array.shape().stream())
        .forEach(size -> sizes.computeIfAbsent(size, s -> names.removeFirst()));
    return sizes;
  }

  static NumericArray numbers(Array array) {
    double[] numbers = new double[Math.toIntExact(array.count())];
    for (int k = 0; k < numbers.length; k++) numbers[k] = array.get(k);
    int[] shape = array.shape().stream().mapToInt(Integer::intValue).toArray();
    return NumericArray.of(shape, numbers);
  }
}
