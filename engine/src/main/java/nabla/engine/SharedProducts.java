package nabla.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import nabla.tensor.Einsum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/**
 * Finds products of several factors in another product that are computed once for all: because they
 * exist anyway, as {@code A*B} does in {@code B'*A'*f(A*B)}, or because they come twice, as in
 * {@code B'*A'*S*A*B}.
 */
final class SharedProducts {
  /**
   * A product with a part of it as a factor.
   *
   * @param exists whether the part is there anyway
   */
  record Form(Tensor product, Einsum part, boolean exists) {}

  /** The contractions that a tensor is a factor of. */
  private final Map<Tensor, List<Einsum>> users = new HashMap<>();

  SharedProducts(List<Tensor> roots) {
    Set<Tensor> seen = new HashSet<>();
    for (Tensor root : roots) {
      for (Tensor node : Tensors.topological(root)) {
        if (!seen.add(node) || !(node instanceof Einsum e) || !e.contracts()) continue;
        for (Tensor operand : new LinkedHashSet<>(e.operands())) {
          users.computeIfAbsent(operand, o -> new ArrayList<>()).add(e);
        }
      }
    }
  }

  /**
   * All such forms of a product.
   *
   * @param exists which contractions are there anyway
   */
  List<Form> forms(Einsum product, Predicate<Tensor> exists) {
    if (product.factors().size() < 3) return List.of();
    List<Form> forms = new ArrayList<>(existing(product, exists));
    forms.addAll(repeated(product));
    return forms;
  }

  private List<Form> existing(Einsum product, Predicate<Tensor> exists) {
    Set<Tensor> factors = new LinkedHashSet<>(product.operands());
    Set<Tensor> made = made(factors);
    List<Form> forms = new ArrayList<>();
    for (Tensor part : made) {
      if (!exists.test(part)) continue;
      Einsum pattern = Unfolding.of((Einsum) part, t -> made.contains(t) && !factors.contains(t));
      Occurrence occurrence = Occurrence.of(pattern, product);
      if (occurrence == null) continue;
      Tensor form = occurrence.replacedBy(part, pattern.coefficient());
      forms.add(new Form(form, (Einsum) part, true));
    }
    return forms;
  }

  /** The contractions whose factors are some of these, or such contractions again. */
  private Set<Tensor> made(Set<Tensor> factors) {
    Set<Tensor> made = new LinkedHashSet<>();
    Deque<Tensor> open = new ArrayDeque<>(factors);
    while (!open.isEmpty()) {
      for (Einsum user : users.getOrDefault(open.remove(), List.of())) {
        if (made.contains(user)) continue;
        boolean all =
            user.factors().stream()
                .allMatch(
                    f -> factors.contains(f.tensor()) || (f.isPlain() && made.contains(f.tensor())));
        if (!all) continue;
        made.add(user);
        open.add(user);
      }
    }
    return made;
  }

  private static List<Form> repeated(Einsum product) {
    Map<Tensor, Form> forms = new LinkedHashMap<>();
    for (Twins pair : Twins.pairs(product)) {
      for (Twins now = pair.grown(); now != null; now = now.grown()) {
        Form form = now.form();
        if (form != null) forms.putIfAbsent(form.part(), form);
      }
    }
    return List.copyOf(forms.values());
  }
}
