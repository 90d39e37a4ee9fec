package nabla.simplify;

import nabla.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One rewrite of one node.
 *
 * @param name what it is called in failures and derivations
 * @param rewrite the rewrite in words of the language, left side, arrow, right side, condition
 * @param step the node's replacement, or null if the rule does not apply
 */
record Rule(String name, String rewrite, Step step) {

  /** Looks at one node whose operands are in normal form. */
  @FunctionalInterface
  interface Step {
    @Nullable Tensor apply(Tensor node);
  }

  @Nullable Tensor apply(Tensor node) {
    return step.apply(node);
  }
}
