package nabla.engine;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import nabla.Compilation;
import nabla.Evaluator;
import nabla.Output;
import nabla.StructuredArray;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import nabla.tensor.Variable;

/** An execution that a caller has for itself. */
final class EngineEvaluator implements Evaluator {
  private final Plan plan;
  private final Execution execution;
  private final List<Output> outputs;
  private final Map<String, Free> free;
  private final int value;

  /**
   * A variable that can be set.
   *
   * @param first what it was first
   */
  record Free(Compilation asked, Variable variable, NumericArray first) {
    /**
     * @throws NablaException if entries are too many or too few, or contradict what is declared
     */
    void check(double[] entries) {
      if (count() != entries.length) {
        throw new NablaException(
            Code.VALUE, variable.name() + " has " + count() + " entries, not " + entries.length);
      }
      if (isChecked()) asked.checkAtSight(variable, NumericArray.of(first.shape(), entries));
    }

    int count() {
      return first.count();
    }

    boolean isChecked() {
      return !variable.properties().isEmpty();
    }
  }

  /**
   * @param free the variables that can be set
   */
  EngineEvaluator(Plan plan, Execution execution, List<Output> outputs, Map<String, Free> free) {
    this.plan = plan;
    this.execution = execution;
    this.outputs = outputs;
    this.free = free;
    this.value = outputs.indexOf(Output.value());
  }

  @Override
  public void set(String variable, double[] entries) {
    free(variable).check(entries);
    execution.set(variable, entries);
  }

  @Override
  public MemorySegment view(String variable) {
    if (free(variable).isChecked()) {
      throw new NablaException(
          Code.VALUE, variable + " has properties that are checked: it can only be set");
    }
    return execution.view(variable, free(variable).count());
  }

  private Free free(String variable) {
    Free known = free.get(variable);
    if (known != null) return known;
    throw new NablaException(Code.VALUE, variable + " is no variable that can be set");
  }

  @Override
  public void run() {
    execution.run();
  }

  @Override
  public double value() {
    if (value < 0) throw new NablaException(Code.REQUEST, "the value was not asked for");
    return execution.number(value);
  }

  @Override
  public void copy(Output output, double[] into) {
    int position = position(output);
    if (!(plan.outputs.get(position).form() instanceof Compressed.Dense)) {
      double[] dense = get(output).dense().data();
      require(output, dense.length, into);
      System.arraycopy(dense, 0, into, 0, dense.length);
      return;
    }
    require(output, plan.roots.get(position).getFirst().count(), into);
    execution.copy(position, into);
  }

  @Override
  public List<MemorySegment> views(Output output) {
    return execution.views(position(output));
  }

  private static void require(Output output, long count, double[] into) {
    if (count == into.length) return;
    throw new NablaException(
        Code.VALUE, "the " + output.label() + " has " + count + " entries, not " + into.length);
  }

  private int position(Output output) {
    int position = outputs.indexOf(output);
    if (position >= 0) return position;
    throw new NablaException(Code.REQUEST, "the " + output.label() + " was not asked for");
  }

  @Override
  public StructuredArray get(Output output) {
    return execution.read(position(output));
  }
}
