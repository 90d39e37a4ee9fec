package nabla.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import nabla.tensor.Einsum;
import nabla.tensor.Tensor;
import org.jspecify.annotations.Nullable;

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

  SharedProducts(List<Einsum> contractions) {
    for (Einsum e : contractions) {
      for (Tensor operand : new LinkedHashSet<>(e.operands())) {
        users.computeIfAbsent(operand, o -> new ArrayList<>()).add(e);
      }
    }
  }

  /**
   * Such forms of a product, those with large parts first.
   *
   * @param exists which contractions are there anyway
   */
  Stream<Form> forms(Einsum product, Predicate<Tensor> exists) {
    if (product.factors().size() < 3) return Stream.empty();
    return Stream.<Supplier<Stream<Form>>>of(
            () -> existing(product, exists), () -> repeated(product))
        .flatMap(Supplier::get);
  }

  private Stream<Form> existing(Einsum product, Predicate<Tensor> exists) {
    Set<Tensor> factors = new LinkedHashSet<>(product.operands());
    List<Tensor> made = new ArrayList<>(made(factors));
    Predicate<Tensor> open = t -> made.contains(t) && !factors.contains(t);
    return made.reversed().stream()
        .filter(exists)
        .flatMap(part -> Stream.ofNullable(with(product, (Einsum) part, open)));
  }

  private static @Nullable Form with(Einsum product, Einsum part, Predicate<Tensor> open) {
    Einsum pattern = Unfolding.of(part, open);
    Occurrence occurrence = Occurrence.of(pattern, product);
    if (occurrence == null) return null;
    return new Form(occurrence.replacedBy(part, pattern.coefficient()), part, true);
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
                    f ->
                        factors.contains(f.tensor()) || (f.isPlain() && made.contains(f.tensor())));
        if (!all) continue;
        made.add(user);
        open.add(user);
      }
    }
    return made;
  }

  private static Stream<Form> repeated(Einsum product) {
    return Twins.of(product).stream().flatMap(t -> Stream.ofNullable(t.form()));
  }
}
