package nabla.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.engine.kernel.Precision;
import nabla.tensor.Tensor;

/**
 * How outputs are computed at given sizes: the steps, and where their numbers lie. A plan never
 * changes; each {@link Execution} of it has memory of its own.
 */
final class Plan {
  final Precision precision;
  final Schedule schedule;
  final MemoryPlan memory;

  /** The value of each output. */
  final List<Value> roots;

  /** The values of the variables that are read, by name. */
  final Map<String, Value> given = new LinkedHashMap<>();

  /**
   * @param outputs over the same variables
   * @param sizes a number for every name of a size
   */
  Plan(List<Tensor> outputs, Map<String, Integer> sizes, Precision precision) {
    this.precision = precision;
    Dissolution dissolution = new Dissolution();
    ContractionOrder order = new ContractionOrder(sizes);
    List<Tensor> tensors = outputs.stream().map(t -> order.of(dissolution.of(t))).toList();
    Lowering lowering = new Lowering(tensors, sizes);
    List<Value> values = new ArrayList<>();
    for (Tensor t : tensors) values.add(lowering.value(t));
    this.roots = List.copyOf(values);
    this.schedule = new Schedule(lowering.nodes.all(), roots);
    this.memory = new MemoryPlan(schedule, new HashSet<>(roots), precision.bytes());
    for (Schedule.Step step : schedule.steps) {
      for (Node n : step.nodes()) for (Value v : n.operands()) note(v);
    }
    for (Value v : roots) note(v);
  }

  private void note(Value value) {
    if (value.origin() == Value.Origin.GIVEN) given.put(value.name(), value);
  }
}
