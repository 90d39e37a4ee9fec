package nabla.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import nabla.CompiledFunction;
import nabla.Evaluator;
import nabla.Nabla;
import nabla.Output;
import nabla.tensor.NumericArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions are called by many threads, and many times. */
class ConcurrencyTest {
  private static final int ROWS = 400;
  private static final int COLUMNS = 300;

  /**
   * Half of the smallest array here. The virtual machine may keep some vectors alive that are no
   * more than registers mostly.
   */
  private static final int FEW_BYTES = COLUMNS * Double.BYTES / 2;

  private static final Output GRADIENT = Output.gradient("w");

  private static CompiledFunction logistic() {
    Random random = new Random(3);
    int[] shape = {ROWS, COLUMNS};
    double[] x = random.doubles(ROWS * COLUMNS, -1, 1).toArray();
    double[] y = random.doubles(ROWS, -1, 1).map(Math::signum).toArray();
    return Nabla.parse("sum(log(1+exp(-y.*(X*w)))) + w'*w", "X: matrix[m,n]; w: vector[n]")
        .compile(Output.value(), GRADIENT, Output.hessian("w"))
        .bind("X", NumericArray.of(shape, x))
        .bind("y", y);
  }

  @Test
  void threadsDoNotDisturbOneAnother() throws Exception {
    CompiledFunction f = logistic();
    List<double[]> points = new ArrayList<>();
    List<double[]> gradients = new ArrayList<>();
    for (int k = 0; k < 8; k++) {
      double[] w = new Random(k).doubles(COLUMNS, -1, 1).toArray();
      points.add(w);
      gradients.add(f.evaluate(Map.of("w", w)).gradient().data());
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Double>> off = new ArrayList<>();
      for (int k = 0; k < 200; k++) {
        int which = k % points.size();
        off.add(
            threads.submit(
                () -> {
                  double[] found = f.evaluate(Map.of("w", points.get(which))).gradient().data();
                  return distance(found, gradients.get(which));
                }));
      }
      for (Future<Double> each : off) assertThat(each.get()).isLessThan(1e-11);
    } finally {
      threads.shutdown();
    }
  }

  /** What a routine takes of the stack must not depend on how many threads there are. */
  @ParameterizedTest
  @ValueSource(strings = {"sum(inv(B))", "sum(B\\A)", "logdet(B)", "sum(inv(B'*B))", "sum(B'*B*A)"})
  void aSmallStackIsEnoughForLargeMatrices(String function) throws Exception {
    int n = 300;
    double[] numbers = new double[n * n];
    for (int k = 0; k < n * n; k++) numbers[k] = k % (n + 1) == 0 ? n : Math.sin(k);
    NumericArray matrix = NumericArray.of(new int[] {n, n}, numbers);
    CompiledFunction f = Nabla.parse(function, "A, B: matrix[n,n]").compile(Output.value());
    Map<String, NumericArray> point =
        function.contains("A") ? Map.of("A", matrix, "B", matrix) : Map.of("B", matrix);
    double expected = f.evaluate(point).value();
    FutureTask<Double> found = new FutureTask<>(() -> f.withThreads(3).evaluate(point).value());
    new Thread(null, found, "a small stack", 512 << 10).start();
    assertThat(found.get()).isCloseTo(expected, within(1e-9 * Math.abs(expected)));
  }

  private static double distance(double[] a, double[] b) {
    double largest = 0;
    for (int k = 0; k < a.length; k++) largest = Math.max(largest, Math.abs(a[k] - b[k]));
    return largest;
  }

  @Test
  void noArraysAreMadeAfterTheFirstCalls() {
    double[] w = new double[COLUMNS];
    double[] gradient = new double[COLUMNS];
    Evaluator evaluator = logistic().evaluator(Map.of("w", w));
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    double sum = 0;
    long allocated = Long.MAX_VALUE;
    // until the virtual machine has compiled it, calls make objects that it leaves out later
    for (int round = 0; round < 30 && allocated > FEW_BYTES; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int k = 0; k < 5_000; k++) sum += step(evaluator, w, gradient);
      allocated = (threads.getCurrentThreadAllocatedBytes() - before) / 5_000;
    }
    assertThat(sum).isFinite();
    assertThat(allocated).as("bytes a call").isLessThanOrEqualTo(FEW_BYTES);
  }

  private static double step(Evaluator evaluator, double[] w, double[] gradient) {
    evaluator.set("w", w);
    evaluator.run();
    evaluator.copy(GRADIENT, gradient);
    return evaluator.value();
  }
}
