package nabla.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.engine.kernel.Precision;
import nabla.tensor.Tensor;

/**
 * How outputs are computed at given sizes: the steps, and where their numbers lie. A plan never
 * changes; each {@link Execution} of it has memory of its own.
 */
final class Plan {
  final Map<String, Integer> sizes;
  final Precision precision;
  final Grain grain;
  final MemoryPlan memory;

  /** What is done once, for bound data. */
  final Phase preparation;

  /** What every evaluation does. */
  final Phase evaluation;

  /** What each output is made of. */
  final List<Compressed> outputs;

  /** Plans over the cores of each output. */
  final List<CorePlans> ofCores;

  /** The values of the cores of each output. */
  final List<List<Value>> roots;

  /** The values of the variables that are read, by name. */
  final Map<String, Value> given = new LinkedHashMap<>();

  private Plan(
      List<Compressed> outputs,
      Map<String, Integer> sizes,
      Set<String> bound,
      Precision precision,
      Grain grain) {
    this.outputs = outputs;
    this.ofCores = outputs.stream().map(form -> new CorePlans(form, sizes)).toList();
    this.sizes = sizes;
    this.precision = precision;
    this.grain = grain;
    List<Tensor> cores = outputs.stream().flatMap(c -> c.cores().stream()).toList();
    Lowering lowering = new Lowering(cores, sizes, bound, precision);
    this.roots =
        outputs.stream().map(c -> c.cores().stream().map(lowering::root).toList()).toList();
    List<Value> values = roots.stream().flatMap(List::stream).toList();
    Set<Value> all = new HashSet<>(values);
    Preparation parts = new Preparation(lowering.nodes, all);
    this.preparation = Phase.of(parts.once, parts.kept, precision.bytes(), grain);
    this.evaluation = Phase.of(parts.repeated, all, precision.bytes(), grain);
    this.memory = new MemoryPlan(preparation, parts.kept, evaluation, all, precision.bytes());
    for (Node n : parts.once) n.operands().forEach(this::note);
    for (Node n : parts.repeated) n.operands().forEach(this::note);
    for (Value v : values) note(v);
  }

  /** Whether a phase reads so many data that none of them is in the cache when it is read again. */
  boolean isUncached(Phase phase) {
    Set<Value> read = new HashSet<>();
    for (Schedule.Step step : phase.schedule().steps) {
      for (Node n : step.nodes()) read.addAll(n.operands());
    }
    double bytes = 0;
    for (Value v : read) {
      if (!phase.schedule().makes(v)) bytes += (double) v.count() * precision.bytes();
    }
    return bytes >= grain.uncachedBytes();
  }

  private void note(Value value) {
    if (value.origin() == Value.Origin.GIVEN) given.put(value.name(), value);
  }

  /**
   * A plan for outputs over the same variables.
   *
   * @param rows how many of the axes of each are those of its rows
   * @param full whether outputs are written out; otherwise they keep the structure that they have
   * @param sizes a number for every name of a size
   * @param bound the variables that are the same in every evaluation
   */
  static Plan of(
      List<Tensor> outputs,
      List<Integer> rows,
      boolean full,
      Map<String, Integer> sizes,
      Set<String> bound,
      Precision precision,
      Grain grain) {
    List<Compressed> forms = new ArrayList<>();
    List<Tensor> tensors = evaluable(outputs, sizes);
    for (int k = 0; k < tensors.size(); k++) {
      forms.add(
          full
              ? Compressed.dense(tensors.get(k), rows.get(k))
              : Compression.of(tensors.get(k), rows.get(k), sizes));
    }
    return new Plan(forms, sizes, bound, precision, grain);
  }

  private static List<Tensor> evaluable(List<Tensor> outputs, Map<String, Integer> sizes) {
    Dissolution dissolution = new Dissolution();
    List<Tensor> dissolved = outputs.stream().map(dissolution::of).toList();
    MatrixMaps maps = new MatrixMaps(sizes);
    List<Tensor> mapped = dissolved.stream().map(maps::of).toList();
    JoinedProducts joining = new JoinedProducts(mapped, sizes);
    List<Tensor> joined = mapped.stream().map(joining::of).toList();
    SoftmaxProducts softmax = new SoftmaxProducts(sizes);
    List<Tensor> divided = joined.stream().map(softmax::of).toList();
    ContractionOrder order = new ContractionOrder(divided, sizes);
    Marginals marginals = new Marginals();
    return divided.stream().map(order::of).map(marginals::of).toList();
  }

  /** A plan for one tensor, written out. */
  static Plan of(Tensor tensor, Map<String, Integer> sizes) {
    return of(
        List.of(tensor),
        List.of(tensor.rank()),
        true,
        sizes,
        Set.of(),
        Precision.DOUBLE,
        Grain.USUAL);
  }
}
