package nabla.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.explain.EntryExpansion.Entries;
import nabla.tensor.Property;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;
import nabla.verify.PartialsCheck;
import nabla.verify.SampleSizes;

/** Small sizes, and a name for every entry of every variable: {@code x_1}, {@code A_12}. */
final class EntryNames {
  private static final int SMALL = 2;

  private final Scope scope;
  private final Map<String, Integer> sizes = new TreeMap<>();
  private final Map<String, PartialsCheck.Place> places = new LinkedHashMap<>();
  private final Map<String, Entries> variables = new LinkedHashMap<>();
  private final List<Variable> entryVariables = new ArrayList<>();
  private final Map<String, String> chosenNames = new LinkedHashMap<>();

  /**
   * @param chosen numbers for names of sizes; the others are 2
   * @throws NablaException with {@link Code#REQUEST} if one of the names is no size
   */
  EntryNames(Scope scope, Tensor function, Map<String, Integer> chosen) {
    this.scope = scope;
    choose(function, chosen);
    for (Variable v : scope.context.variables()) write(v);
  }

  /** A number for every name of a size. */
  Map<String, Integer> sizes() {
    return sizes;
  }

  /** Which entry each name is. */
  Map<String, PartialsCheck.Place> places() {
    return places;
  }

  /** The entries of every variable: names, or 0 where its structure has it. */
  Map<String, Entries> variables() {
    return variables;
  }

  Entries of(String variable) {
    return Objects.requireNonNull(variables.get(variable));
  }

  /** All names. */
  List<Variable> all() {
    return entryVariables;
  }

  private void choose(Tensor function, Map<String, Integer> chosen) {
    List<Tensor> roots = new ArrayList<>(scope.context.variables());
    roots.add(function);
    Set<String> names = new TreeSet<>(SampleSizes.of(roots).getFirst().keySet());
    for (String name : chosen.keySet()) {
      if (names.contains(name)) continue;
      throw new NablaException(
          Code.REQUEST,
          name
              + " is no size of the expression"
              + (names.isEmpty() ? "" : "; the sizes are " + String.join(", ", names)));
    }
    for (String name : names) sizes.put(name, chosen.getOrDefault(name, SMALL));
  }

  /** Gives every entry of a variable a name; equal entries of a structured one get the same. */
  private void write(Variable v) {
    int[] shape = v.shape().stream().mapToInt(size -> size.value(sizes)).toArray();
    int count = 1;
    for (int n : shape) count *= n;
    Tensor[] values = new Tensor[count];
    int[] index = new int[shape.length];
    for (int k = 0; k < count; k++) {
      values[k] = entry(v, index, k);
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        if (++index[axis] < shape[axis]) break;
        index[axis] = 0;
      }
    }
    variables.put(v.name(), Entries.of(shape, values));
  }

  private Tensor entry(Variable v, int[] index, int k) {
    if (v.rank() == 0) {
      if (!entryVariables.contains(v)) entryVariables.add(v);
      places.put(v.name(), new PartialsCheck.Place(v.name(), 0));
      return v;
    }
    int[] own = index.clone();
    if (v.rank() == 2) {
      boolean below = index[0] > index[1];
      boolean zero =
          (v.is(Property.DIAGONAL) && index[0] != index[1])
              || (v.is(Property.LOWER) && index[0] < index[1])
              || (v.is(Property.UPPER) && below);
      if (zero) return Sum.zero(List.of());
      boolean symmetric = v.is(Property.SYMMETRIC) || v.is(Property.PD) || v.is(Property.PSD);
      if (symmetric && below) own = new int[] {index[1], index[0]};
    }
    boolean digits = true;
    for (int i : own) digits &= i < 9;
    StringBuilder name = new StringBuilder(v.name()).append('_');
    for (int axis = 0; axis < own.length; axis++) {
      if (axis > 0 && !digits) name.append('_');
      name.append(own[axis] + 1);
    }
    String chosen = chosenNames.computeIfAbsent(name.toString(), scope::fresh);
    Variable entry = new Variable(chosen, List.of(), Set.of());
    if (places.putIfAbsent(entry.name(), new PartialsCheck.Place(v.name(), k)) == null) {
      entryVariables.add(entry);
    }
    return entry;
  }
}
