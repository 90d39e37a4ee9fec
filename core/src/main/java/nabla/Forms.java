package nabla;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import nabla.lang.Program;
import nabla.notation.Notation;
import nabla.tensor.Product;
import nabla.tensor.Property;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.TermByTerm;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/** The forms of one derivative that exist, each from the same tensor. */
final class Forms {
  private final Chain chain;
  private final Layout layout;

  Forms(Chain chain, Layout layout) {
    this.chain = chain;
    this.layout = layout;
  }

  /**
   * @param text of the derivative, which is not shown twice
   */
  List<Form> all(String text) {
    List<Form> forms = new ArrayList<>();
    Form expanded = expanded(text);
    if (expanded != null) forms.add(expanded);
    forms.add(index());
    if (chain.operator.isTrace()) return List.copyOf(forms);
    Form kronecker = kronecker();
    if (kronecker != null) forms.add(kronecker);
    boolean whole = chain.targets.stream().allMatch(Target::isWhole);
    if (whole) forms.add(differential());
    if (whole && chain.own() > 0 && chain.by.getLast().rank() > 0) forms.add(slices());
    if (chain.by.size() > 1) forms.add(direction());
    if (chain.by.size() == 1 && chain.own() > 0) forms.add(cotangent());
    return List.copyOf(forms);
  }

  private Form form(
      Form.Kind kind,
      String label,
      Tensor tensor,
      List<Variable> with,
      boolean row,
      String meaning) {
    Notation notation = chain.work.notation(with);
    Tensor shown = chain.work.shortest(tensor, notation);
    Program program = notation.of(shown, List.of(), row);
    return new Form(kind, label, formula(program, with), shown.shape(), with, meaning);
  }

  private Formula formula(Program program, List<Variable> with) {
    Map<String, Integer> ranks = new HashMap<>(chain.expression.ranks());
    for (Variable v : with) ranks.put(v.name(), v.rank());
    return new Formula(program, ranks);
  }

  /** Null if the derivative is shown like that, or if no matrix can show it. */
  private @Nullable Form expanded(String text) {
    Tensor sum = chain.work.expanded(chain.arranged(layout));
    boolean row = Derivative.isRow(chain, layout, sum.rank());
    Program program = chain.work.notation(List.of()).of(sum, AxisNames.of(chain, layout), row);
    Formula formula = formula(program, List.of());
    if (formula.isIndexed() || formula.text().equals(text)) return null;
    return new Form(
        Form.Kind.EXPANDED,
        EntryText.label(chain),
        formula,
        sum.shape(),
        List.of(),
        "multiplied out, a sum of products");
  }

  private Form index() {
    Notation notation = chain.work.notation(List.of());
    Tensor arranged = chain.arranged(layout);
    Program program =
        notation.inIndices(chain.work.shortest(arranged, notation), AxisNames.of(chain, layout));
    return new Form(
        Form.Kind.INDEX,
        EntryText.label(chain),
        formula(program, List.of()),
        arranged.shape(),
        List.of(),
        "entry by entry; an index that is not on the left is summed");
  }

  private @Nullable Form kronecker() {
    Vectorization vectorization = Vectorization.of(chain, layout);
    if (vectorization == null) return null;
    Form form =
        form(
            Form.Kind.KRONECKER,
            vectorization.label(),
            vectorization.tensor(),
            List.of(),
            false,
            "vec stacks columns, so that vec(A*X*B) = kron(B',A)*vec(X)");
    return form.formula().isIndexed() ? null : form;
  }

  /** Contracts groups of axes with variables; what is left is in the order of the layout. */
  private Tensor contracted(Map<Integer, List<Variable>> by) {
    List<List<Integer>> groups = chain.groups();
    return TermByTerm.each(
        chain.last,
        (product, labels) -> {
          List<Integer> output = new ArrayList<>(labels);
          by.forEach(
              (group, variables) -> {
                List<Integer> own = groups.get(group).stream().map(labels::get).toList();
                output.removeAll(own);
                contract(product, own, variables);
              });
          if (layout != Layout.DENOMINATOR) {
            List<Integer> own = groups.getLast().stream().map(labels::get).toList();
            if (output.containsAll(own)) Collections.rotate(output, own.size());
          }
          return product.to(output);
        });
  }

  /** With one variable that has these axes, or with a vector for each axis. */
  private static void contract(Product product, List<Integer> axes, List<Variable> variables) {
    if (variables.size() == 1) {
      product.factor(variables.getFirst(), axes);
      return;
    }
    for (int k = 0; k < axes.size(); k++) product.factor(variables.get(k), axes.get(k));
  }

  private Variable further(String name, List<Size> shape, Set<Property> properties) {
    List<String> taken = new ArrayList<>();
    for (Variable v : chain.expression.symbols()) {
      taken.add(v.name());
      String change = "d" + v.name();
      if (!change.equals(name)) taken.add(change);
    }
    String free = name;
    for (int k = 1; taken.contains(free); k++) free = name + "_" + k;
    return new Variable(free, shape, properties);
  }

  /** The change of a variable, with the structure that it keeps. */
  private Variable change(Variable x) {
    Set<Property> kept = new TreeSet<>();
    if (chain.structure == Structure.PROJECTED) {
      boolean symmetric = x.is(Property.SYMMETRIC) || x.is(Property.PD) || x.is(Property.PSD);
      if (symmetric) kept.add(Property.SYMMETRIC);
      for (Property p : List.of(Property.SKEW, Property.DIAGONAL, Property.LOWER, Property.UPPER)) {
        if (x.is(p)) kept.add(p);
      }
      if (x.is(Property.TOEPLITZ)) kept.add(Property.TOEPLITZ);
    }
    return further("d" + x.name(), x.shape(), kept);
  }

  private Form differential() {
    Map<Integer, List<Variable>> by = new TreeMap<>();
    List<Variable> changes = new ArrayList<>();
    if (chain.structure == Structure.INDEPENDENT) {
      // Entries that change together would be counted as often as there are.
      return new Forms(chain.in(Structure.PROJECTED), layout).differential();
    }
    for (int k = 0; k < chain.by.size(); k++) {
      Variable change = change(chain.by.get(k));
      by.put(k, List.of(change));
      if (!changes.contains(change)) changes.add(change);
    }
    String order = chain.by.size() == 1 ? "" : EntryText.power(chain.by);
    return form(
        Form.Kind.DIFFERENTIAL,
        "d" + order + EntryText.function(chain.own()),
        contracted(by),
        changes,
        chain.expression.problem().row(),
        "the change of the function for a small change of the variable, in any layout");
  }

  private Form slices() {
    Variable x = chain.by.getLast();
    List<String> indices = List.of("r", "s", "t", "u", "v", "w").subList(0, x.rank());
    List<Variable> units = new ArrayList<>();
    for (int axis = 0; axis < x.rank(); axis++) {
      units.add(further("e_" + indices.get(axis), List.of(x.shape().get(axis)), Set.of()));
    }
    String label = EntryText.label(chain.by, chain.own()) + "[" + String.join(",", indices) + "]";
    StringBuilder where = new StringBuilder("with ");
    for (int axis = 0; axis < units.size(); axis++) {
      where.append(axis > 0 ? ", " : "").append(units.get(axis).name()).append(" = unit(");
      where.append(indices.get(axis)).append(",").append(x.shape().get(axis)).append(")");
    }
    boolean row = chain.by.size() == 1 && chain.expression.problem().row();
    return form(
        Form.Kind.SLICES,
        label,
        contracted(Map.of(chain.by.size() - 1, List.copyOf(units))),
        units,
        row,
        where.toString());
  }

  private Form direction() {
    Variable x = chain.by.getLast();
    Variable v = further(x.rank() == 2 ? "V" : "v", x.shape(), Set.of());
    return form(
        Form.Kind.DIRECTION,
        EntryText.label(chain.by, chain.own()) + "·" + v.name(),
        contracted(Map.of(chain.by.size() - 1, List.of(v))),
        List.of(v),
        false,
        "the derivative times a direction, without forming it");
  }

  private Form cotangent() {
    Variable g = further(chain.own() == 1 ? "g" : "G", chain.expression.shape(), Set.of());
    return form(
        Form.Kind.COTANGENT,
        g.name() + "·" + EntryText.label(chain.by, chain.own()),
        contracted(Map.of(chain.by.size(), List.of(g))),
        List.of(g),
        false,
        "the gradient of sum(" + g.name() + ".*" + EntryText.function(chain.own()) + ")");
  }
}
