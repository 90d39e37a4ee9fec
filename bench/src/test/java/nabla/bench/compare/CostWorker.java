package nabla.bench.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nabla.Evaluator;
import nabla.Output;

/**
 * Measures what operations of a problem cost at one size, in a process of its own, whose heap is
 * touched beforehand: what its memory grows by is what the engine takes outside the heap.
 */
final class CostWorker {
  /** So much memory is taken, that what else a process takes does not matter. */
  private static final double ENOUGH = 64e6;

  private static final int EVALUATORS = 6000;
  private static final double PATIENCE = 1;
  private static final double MEASURING = 0.1;
  private static final double STEADY = 0.95;
  private static final int ROUNDS = 12;
  private static final int SMALL = 25;
  private static final int MEMORY_ROUNDS = 3;

  private final Problem problem;
  private final NablaEngine engine = new NablaEngine(1);

  /** Nothing is freed, so that what is taken is new. */
  private final List<Object> alive = new ArrayList<>();

  private final List<Runnable> calls = new ArrayList<>();

  private CostWorker(Problem problem) {
    this.problem = problem;
  }

  /**
   * Prints a line for each operation.
   *
   * @param args the problem, its size, and the operations
   */
  public static void main(String[] args) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err);
    CostWorker worker = new CostWorker(Problem.of(args[0]));
    Data data = worker.problem.data(Integer.parseInt(args[1]));
    List<Cost> costs = new ArrayList<>();
    for (String name : Arrays.asList(args).subList(2, args.length)) {
      Operation operation = Operation.valueOf(name);
      worker.warmUp(operation);
      costs.add(worker.cost(operation, data));
    }
    for (int k = 0; k < costs.size(); k++) {
      // once more: by now the first is compiled, too
      double seconds = steady(worker.calls.get(k));
      answers.println(costs.get(k).atMost(seconds).line());
    }
  }

  private void warmUp(Operation operation) {
    Data small = problem.data(SMALL);
    Evaluator evaluator = engine.question(problem, small, operation).evaluator();
    alive.add(evaluator);
    Timing.warmUp(evaluator::run, 0.2);
  }

  private Cost cost(Operation operation, Data data) throws IOException {
    Question question = engine.question(problem, data, operation);
    PlanCost plan = PlanCost.of(question.plan());
    Evaluator evaluator = question.evaluator();
    evaluator.run();
    alive.addAll(List.of(question, evaluator));
    double planned = plan.memory() + question.bytes();
    double taken = taken(question, planned);
    Runnable call = evaluator::run;
    calls.add(call);
    return new Cost(plan, bytes(data), bytes(evaluator, operation), steady(call), planned, taken);
  }

  /** Measures until that makes it no faster: what is not compiled yet is not what is measured. */
  private static double steady(Runnable call) {
    double fastest = Timing.fastest(call, MEASURING);
    for (int round = 1; round < ROUNDS; round++) {
      double next = Timing.fastest(call, MEASURING);
      boolean isSteady = next > STEADY * fastest;
      fastest = Math.min(fastest, next);
      if (isSteady) break;
    }
    return fastest;
  }

  private static double bytes(Data data) {
    return 8.0 * data.arrays().values().stream().mapToLong(Array::count).sum();
  }

  private double bytes(Evaluator evaluator, Operation operation) {
    List<Output> outputs = NablaEngine.outputs(operation, problem.variable());
    return outputs.stream()
        .flatMap(o -> evaluator.views(o).stream())
        .mapToDouble(view -> view.byteSize())
        .sum();
  }

  /**
   * What one more evaluator takes: the mean of many, where one takes little. NaN if too little. The
   * least of some rounds, as what the compilers of the virtual machine take meanwhile comes on top.
   */
  private double taken(Question question, double planned) throws IOException {
    if (EVALUATORS * planned < ENOUGH) return Double.NaN;
    double least = Double.NaN;
    for (int round = 0; round < (planned < ENOUGH ? MEMORY_ROUNDS : 1); round++) {
      double taken = takenInRound(question, planned);
      if (Double.isNaN(least) || taken < least) least = taken;
    }
    return least;
  }

  private double takenInRound(Question question, double planned) throws IOException {
    int count = 0;
    long start = System.nanoTime();
    double before = resident();
    do {
      Evaluator evaluator = question.evaluator();
      evaluator.run();
      alive.add(evaluator);
      count++;
    } while (count * planned < ENOUGH
        && count < EVALUATORS
        && (System.nanoTime() - start) / 1e9 < PATIENCE);
    double grown = resident() - before;
    return count * planned < ENOUGH / 2 ? Double.NaN : grown / count;
  }

  /** The bytes of memory that this process has got from the system. */
  private static double resident() throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(l -> l.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow();
    return 1024 * Double.parseDouble(line.replaceAll("\\D", ""));
  }
}
