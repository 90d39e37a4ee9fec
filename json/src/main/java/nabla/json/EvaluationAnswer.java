package nabla.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import nabla.CompiledFunction;
import nabla.Expression;
import nabla.Output;
import nabla.Results;
import nabla.Structure;
import nabla.StructuredArray;
import nabla.Symbol;
import nabla.WorkPlan;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import nabla.tensor.Size;
import nabla.tensor.Variable;
import nabla.verify.SamplePoints;
import org.jspecify.annotations.Nullable;

/**
 * The value of an expression and of derivatives, for data that are given and, of a size, for random
 * numbers; or, with {@code "cost": true}, how much work that would be.
 */
final class EvaluationAnswer {
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "expr",
          "where",
          "at",
          "size",
          "seed",
          "value",
          "gradient",
          "hessian",
          "jacobian",
          "derivative",
          "cost",
          "layout",
          "structure");

  private EvaluationAnswer() {}

  static Map<String, @Nullable Object> to(Fields fields) {
    fields.requireAmong(FIELDS);
    Map<String, NumericArray> given = fields.arrays("at");
    Expression expression = Expression.parse(fields.text("expr"), fields.text("where", ""), given);
    Map<String, NumericArray> data = data(expression, given, fields);
    List<Output> outputs = outputs(fields);
    CompiledFunction compiled = expression.compile(outputs.toArray(Output[]::new));
    WorkPlan plan = compiled.plan(data);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("ok", true);
    if (fields.flag("cost", false)) {
      Map<String, Object> cost = new LinkedHashMap<>();
      cost.put("flops", plan.flops());
      cost.put("bytes", plan.memory());
      answer.put("cost", cost);
      return answer;
    }
    Entries.requireFew(plan.memory() / Double.BYTES);
    Results results = compiled.evaluate(data);
    List<Object> all = new ArrayList<>();
    results.all().forEach((output, array) -> all.add(result(output, array)));
    answer.put("results", all);
    Map<String, @Nullable Object> drawn = new TreeMap<>();
    data.forEach(
        (name, array) -> {
          if (!given.containsKey(name)) drawn.put(name, NestedLists.write(array));
        });
    if (!drawn.isEmpty()) answer.put("drawn", drawn);
    return answer;
  }

  private static List<Output> outputs(Fields fields) {
    List<Output> outputs = new ArrayList<>();
    for (String v : fields.names("gradient")) outputs.add(Output.gradient(v));
    for (String v : fields.names("jacobian")) outputs.add(Output.jacobian(v));
    for (String v : fields.names("hessian")) outputs.add(Output.hessian(v));
    List<String> by = fields.names("derivative");
    if (!by.isEmpty()) outputs.add(Output.derivative(by.toArray(String[]::new)));
    var layout = DerivativeRequest.layout(fields.text("layout", "denominator"));
    Structure structure = DerivativeRequest.structure(fields.text("structure", "ambient"));
    outputs.replaceAll(o -> o.in(layout).with(structure));
    if (fields.flag("value", outputs.isEmpty())) outputs.addFirst(Output.value());
    return outputs;
  }

  /** What is given, and random numbers for the rest. */
  private static Map<String, NumericArray> data(
      Expression expression, Map<String, NumericArray> given, Fields fields) {
    List<Variable> missing = new ArrayList<>();
    for (Symbol s : expression.variables()) {
      if (!given.containsKey(s.name())) missing.add(s.variable());
    }
    if (missing.isEmpty()) return given;
    Map<String, Integer> sizes = Entries.sizes(expression, given);
    sizes.putAll(fields.sizes("size"));
    for (Variable v : missing) {
      for (Size size : v.shape()) {
        for (String name : size.names()) {
          if (sizes.containsKey(name)) continue;
          throw new NablaException(
              Code.VALUE,
              v.name() + " has no data; give some in \"at\", or the size " + name + " in \"size\"");
        }
      }
      Entries.requireFew(v.shape(), sizes);
    }
    Map<String, NumericArray> data = new LinkedHashMap<>(given);
    data.putAll(SamplePoints.draw(missing, sizes, fields.whole("seed", 1), 0).variables());
    return data;
  }

  private static Map<String, Object> result(Output output, StructuredArray array) {
    Map<String, Object> fields = OutputFields.of(output, array);
    double count = 1;
    for (int size : array.shape()) count *= size;
    Entries.requireFew(count);
    fields.put("numeric", NestedLists.write(array.dense()));
    return fields;
  }
}
