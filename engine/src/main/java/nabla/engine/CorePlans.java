package nabla.engine;

import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.tensor.Product;
import nabla.tensor.Size;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Plans over the cores of an output with a structure: for all of its entries, and for its product
 * with an array. Each is made when it is first needed, once for all points of these sizes.
 */
final class CorePlans {
  /** What the product is with, by a name that no variable of a user can have. */
  static final String RIGHT = "[right]";

  private final Compressed form;
  private final Map<String, Integer> sizes;
  private volatile @Nullable Plan whole;
  private volatile @Nullable Plan product;

  CorePlans(Compressed form, Map<String, Integer> sizes) {
    this.form = form;
    this.sizes = sizes;
  }

  Compressed form() {
    return form;
  }

  int[] shape() {
    return form.whole().shape().stream().mapToInt(s -> s.value(sizes)).toArray();
  }

  Plan whole() {
    Plan known = whole;
    if (known != null) return known;
    Plan made = Plan.of(form.whole(), sizes);
    whole = made;
    return made;
  }

  /** The sum over the axes of the columns. */
  Plan product() {
    Plan known = product;
    if (known != null) return known;
    int rank = form.whole().rank();
    List<Size> columns = form.whole().shape().subList(form.rows(), rank);
    Product sum = new Product();
    List<Integer> labels = sum.labels(form.whole().shape());
    sum.factor(form.whole(), labels);
    sum.factor(new Variable(RIGHT, columns, Set.of()), labels.subList(form.rows(), rank));
    Plan made = Plan.of(sum.to(labels.subList(0, form.rows())), sizes);
    product = made;
    return made;
  }
}
